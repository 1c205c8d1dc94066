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
#   make install     copy programs, themes and demo data below PREFIX (default /usr/local)

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.NOTPARALLEL:
.DEFAULT_GOAL := build
.PHONY: setup build demo test test-slow bench lint format install

PREFIX ?= /usr/local
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

install: build
	@share="$(DESTDIR)$(PREFIX)/share/mglmm-tui"
	install -D -t "$(DESTDIR)$(PREFIX)/bin" .build/release/mglmm-tui .build/release/mglmm-fit
	for folder in themes demo-data; do
	  mkdir -p "$$share/$$folder"
	  cp -R "$$folder/." "$$share/$$folder/"
	done
	echo "install: programs in $(DESTDIR)$(PREFIX)/bin, themes and demo data in $$share"
