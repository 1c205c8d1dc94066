// The programs as citizens of a shell: version, settings, lines instead of a screen, manuals, completions.

import Foundation
import Testing

@Suite("The programs are at home in a shell")
struct ShellTests {
  private func run(
    _ program: String, _ arguments: String..., in scratch: Scratch,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    try Programs.run(program, arguments, in: scratch, environment: environment)
  }

  /// A shell command; its exit code is 127 where a program in it is not installed.
  private func shell(_ script: String, in scratch: Scratch) throws -> Outcome {
    let child = try Child(
      "bash", ["-c", script], folder: scratch.path,
      environment: scratch.environment.merging(
        ["PATH": "/usr/local/bin:/usr/bin:/bin"]) { own, _ in own },
      output: scratch.path + "/shell-output", errors: scratch.path + "/shell-errors")
    return try RunningProgram(
      child: child, output: scratch.path + "/shell-output", errors: scratch.path + "/shell-errors"
    ).end()
  }

  @Test("--version says the version first, and then how the program was built")
  func version() throws {
    let scratch = try Scratch()
    for (program, fact) in [("mglmm-tui", "screen: ncurses "), ("mglmm-fit", "CHOLMOD ")] {
      let said = try run(program, "--version", in: scratch)
      let lines = said.output.split(separator: "\n").map(String.init)
      #expect(
        said.code == 0 && lines.first?.wholeMatch(of: /mglmm-(tui|fit) \d+\.\d+\.\d+/) != nil,
        "\(said.report)")
      #expect(lines.contains { $0.hasPrefix("compiler: Swift ") })
      #expect(lines.contains { $0.contains(fact) })
    }
  }

  @Test("settings are written, checked and obeyed; what is wrong ends every command with its line")
  func settings() throws {
    let scratch = try Scratch()
    let folder = ["XDG_CONFIG_HOME": scratch.path + "/settings"]
    let path = scratch.path + "/settings/mglmm-tui/config.toml"
    let defaults = try run("mglmm-tui", "config", in: scratch, environment: folder)
    #expect(defaults.code == 0 && defaults.output.contains(path), "\(defaults.report)")
    #expect(try run("mglmm-tui", "config", "--write", in: scratch, environment: folder).code == 0)
    #expect(try run("mglmm-tui", "config", "--write", in: scratch, environment: folder).code == 64)
    #expect(try run("mglmm-tui", "config", "--check", in: scratch, environment: folder).code == 0)
    let written = try run("mglmm-tui", "config", in: scratch, environment: folder)
    #expect(
      written.output.split(separator: "\n").dropFirst()
        == defaults.output.split(separator: "\n").dropFirst())
    try "\n[keys]\nsortt = 'i'\nsort = 'ctrl-c'\n".write(
      toFile: path, atomically: true, encoding: .utf8)
    let checked = try run("mglmm-tui", "config", "--check", in: scratch, environment: folder)
    #expect(checked.code == 65 && checked.errorLines.count == 2, "\(checked.report)")
    #expect(checked.errors.contains("config.toml:3:1: ") && checked.errors.contains(":4:1: "))
    let shown = try run("mglmm-tui", "attach", "--plain", in: scratch, environment: folder)
    #expect(shown.code == 65 && shown.errorLines.count == 1, "\(shown.report)")
    let missing = try run("mglmm-tui", "config", "--config", "no-such.toml", in: scratch)
    #expect(missing.code == 74)
  }

  @Test("--plain tells a fit in lines from its start to what to do next")
  func plain() throws {
    let scratch = try Scratch()
    let told = try run(
      "mglmm-tui", "demo", "salamanders", "--plain", "--method", "ml", in: scratch)
    #expect(told.code == 0, "\(told.report)")
    let lines = told.output.split(separator: "\n")
    #expect(lines.allSatisfy { $0.wholeMatch(of: /\d+:\d\d:\d\d .+/) != nil })
    for text in [" model: count ~ spp * mined", " finished after ", " verdicts: ", " next: "] {
      #expect(lines.contains { $0.contains(text) }, "\(text) in\n\(told.output)")
    }
    #expect(!told.output.contains("\u{1B}"))
    let again = try run("mglmm-tui", "attach", "1", "--plain", in: scratch)
    #expect(again.code == 0 && again.output.contains(" finished after "), "\(again.report)")
  }

  @Test("manuals have every command and option, and groff finds nothing wrong in them")
  func manuals() throws {
    let scratch = try Scratch()
    let dashboard = try Programs.path("mglmm-tui")
    for program in ["mglmm-tui", "mglmm-fit"] {
      let path = try Programs.path(program)
      let made = try shell(
        "'\(path)' --experimental-dump-help | '\(dashboard)' man-page > page.1; cat page.1",
        in: scratch)
      #expect(made.code == 0 && made.errors.isEmpty, "\(made.report)")
      let flat = made.output.replacingOccurrences(of: "\\-", with: "-")
      let help = try run(program, "help", in: scratch).output
      for option in help.matches(of: /--[a-z-]+/) {
        #expect(flat.contains("\\fB\(option.output)\\fR"), "\(option.output)")
      }
      #expect(!flat.contains("\n.SS work") && !flat.contains("\n.SS man-page"))
      let linted = try shell(
        "command -v groff > /dev/null || exit 127; groff -man -ww -Tutf8 page.1 > /dev/null",
        in: scratch)
      if linted.code != 127 { #expect(linted.errors.isEmpty, "\(linted.errors)") }
    }
  }

  @Test("completions for bash parse, and know commands, options, files and names of runs")
  func completions() throws {
    let scratch = try Scratch()
    let dashboard = try Programs.path("mglmm-tui")
    for program in ["mglmm-tui", "mglmm-fit"] {
      let path = try Programs.path(program)
      for name in ["bash", "zsh", "fish"] {
        let made = try shell(
          """
          '\(path)' --generate-completion-script \(name) > raw
          '\(path)' --experimental-dump-help \
            | '\(dashboard)' man-page --script raw --shell \(name) > \(program).\(name)
          cat \(program).\(name)
          """, in: scratch)
        #expect(made.code == 0 && made.errors.isEmpty, "\(made.report)")
        let commands =
          program == "mglmm-tui"
          ? [
            "start", "attach", "ls", "stop", "resume", "extend", "rm", "watch", "show", "demo",
            "config",
          ]
          : ["fit", "summary", "check", "residuals", "predictive", "loo", "compare", "export"]
        for command in commands { #expect(made.output.contains(command), "\(command)") }
      }
    }
    let offered = try shell(
      """
      set -e
      bash -n mglmm-tui.bash; bash -n mglmm-fit.bash
      . ./mglmm-tui.bash
      complete -p mglmm-tui
      touch school.csv
      offer() {
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
        COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        _mglmm-tui_unnamed mglmm-tui "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" || true
        echo "<$*> ${COMPREPLY[*]}"
      }
      offer mglmm-tui att
      offer mglmm-tui sch
      offer mglmm-tui school.csv --fam
      offer mglmm-tui show --pane tra
      offer mglmm-tui school.csv --method m
      """, in: scratch)
    #expect(offered.code == 0, "\(offered.report)")
    for line in [
      "complete -o filenames -F _mglmm-tui_unnamed mglmm-tui", "<mglmm-tui att> attach",
      "<mglmm-tui sch> school.csv", "<mglmm-tui school.csv --fam> --family",
      "<mglmm-tui show --pane tra> trace", "<mglmm-tui school.csv --method m> ml map mcmc",
    ] {
      #expect(offered.output.contains(line), "\(line) in\n\(offered.report)")
    }
  }
}
