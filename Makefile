# mglmm-tui: the commands of the project.
#
#   make setup       install the Debian packages that are missing, and look for Swift
#   make build       build the two programs into .build/release
#   make demo        build, then fit real data and watch it live
#   make test        set up, build, and run every test but the slow ones
#   make test-slow   the same with the slow tests
#   make bench       build and run the benchmarks
#   make lint        complain about formatting
#   make format      mend the formatting
#   make completions write completions for bash, zsh and fish into .build/shell
#   make man         write the manual pages into .build/shell
#   make install     install all of it below PREFIX (default /usr/local), or DESTDIR/PREFIX
#   make uninstall   take it away again

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.NOTPARALLEL:
.DEFAULT_GOAL := build
.PHONY: setup build demo test test-slow bench lint format completions man install uninstall

PREFIX ?= /usr/local
ROOT = $(DESTDIR)$(PREFIX)
SHARE = $(ROOT)/share
PROGRAMS := mglmm-tui mglmm-fit
DEBIAN_PACKAGES := libncurses-dev libopenblas-dev libsuitesparse-dev r-mathlib tmux g++ make git
TEST_FLAGS := -c release -Xswiftc -enable-testing
RUN_TESTS := swift test $(TEST_FLAGS) --skip-build --disable-xctest --quiet

setup:
	@if ! command -v swift > /dev/null; then
	  echo "setup: there is no swift on PATH; install Swift 6.3 from https://www.swift.org/install/linux/" >&2
	  exit 1
	fi
	if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
	  echo "setup: this is not Debian or one of its children, so nothing is installed;" >&2
	  echo "setup: these are needed under your system's names: $(DEBIAN_PACKAGES)" >&2
	  exit 0
	fi
	missing=()
	for package in $(DEBIAN_PACKAGES); do
	  status=$$(dpkg-query -W -f='$${db:Status-Status}' "$$package" 2> /dev/null || true)
	  [ "$$status" = installed ] || missing+=("$$package")
	done
	[ $${#missing[@]} -gt 0 ] || exit 0
	as_root=(env DEBIAN_FRONTEND=noninteractive)
	if [ "$$(id -u)" != 0 ]; then
	  if ! command -v sudo > /dev/null; then
	    echo "setup: as root, run: apt-get install $${missing[*]}" >&2
	    exit 1
	  fi
	  as_root=(sudo "$${as_root[@]}")
	fi
	echo "setup: installing $${missing[*]}"
	"$${as_root[@]}" apt-get update -qq
	"$${as_root[@]}" apt-get install -y -qq --no-install-recommends "$${missing[@]}" > /dev/null
	echo "setup: done"

build:
	@swift build -c release

demo: setup build
	@.build/release/mglmm-tui demo

test: setup
	@swift build $(TEST_FLAGS) --build-tests
	env -u MGLMM_SLOW_TESTS $(RUN_TESTS)

test-slow: setup
	@swift build $(TEST_FLAGS) --build-tests
	env MGLMM_SLOW_TESTS=1 $(RUN_TESTS)

bench: setup build
	@.build/release/mglmm-bench

lint:
	@swift format lint --strict -r Sources Tests Package.swift

format:
	@swift format -i -r Sources Tests Package.swift

completions: build
	@mkdir -p .build/shell
	for program in $(PROGRAMS); do
	  for shell in bash zsh fish; do
	    script=".build/shell/$$program.$$shell"
	    .build/release/$$program --generate-completion-script $$shell > "$$script.new"
	    .build/release/$$program --experimental-dump-help \
	      | .build/release/mglmm-tui man-page --script "$$script.new" --shell $$shell > "$$script"
	    rm "$$script.new"
	  done
	done
	echo "completions: written into .build/shell"

man: build
	@mkdir -p .build/shell
	for program in $(PROGRAMS); do
	  .build/release/$$program --experimental-dump-help \
	    | .build/release/mglmm-tui man-page > ".build/shell/$$program.1"
	done
	echo "man: written into .build/shell"

install: completions man
	@install -D -t "$(ROOT)/bin" $(addprefix .build/release/,$(PROGRAMS))
	for folder in themes demo-data; do
	  mkdir -p "$(SHARE)/mglmm-tui/$$folder"
	  cp -R "$$folder/." "$(SHARE)/mglmm-tui/$$folder/"
	done
	# What the package manager cannot tell the program: the commit, for --version.
	if commit="$$(git describe --always --abbrev=12 --dirty --exclude '*' 2> /dev/null)"; then
	  echo "$$commit" > "$(SHARE)/mglmm-tui/commit"
	fi
	for program in $(PROGRAMS); do
	  install -D -m 644 ".build/shell/$$program.1" "$(SHARE)/man/man1/$$program.1"
	  install -D -m 644 ".build/shell/$$program.bash" \
	    "$(SHARE)/bash-completion/completions/$$program"
	  install -D -m 644 ".build/shell/$$program.zsh" "$(SHARE)/zsh/site-functions/_$$program"
	  install -D -m 644 ".build/shell/$$program.fish" \
	    "$(SHARE)/fish/vendor_completions.d/$$program.fish"
	done
	echo "install: programs in $(ROOT)/bin; themes, demo data, manuals and completions in $(SHARE)"

uninstall:
	@for program in $(PROGRAMS); do
	  rm -f "$(ROOT)/bin/$$program" "$(SHARE)/man/man1/$$program.1" \
	    "$(SHARE)/bash-completion/completions/$$program" \
	    "$(SHARE)/zsh/site-functions/_$$program" \
	    "$(SHARE)/fish/vendor_completions.d/$$program.fish"
	done
	rm -rf "$(SHARE)/mglmm-tui"
	echo "uninstall: removed from $(ROOT); runs and settings of users are left as they are"
