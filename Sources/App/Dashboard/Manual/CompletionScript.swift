// Completion scripts in which the command that need not be named is completed without its name.

/// Finishes the completion scripts that the argument parser writes.
///
/// The parser's scripts know commands only; `mglmm-tui data.csv --fam` is the start of a run all the
/// same, so the name of the default command is put in before they look at the line.
package enum CompletionScript {
  /// The shells that there are scripts for.
  package static let shells = ["bash", "zsh", "fish"]

  /// The script of a program for a shell; nil if the script is not of the form that is known.
  package static func finished(
    _ script: String, for shell: String, of help: ProgramHelp
  ) -> String? {
    guard let command = help.defaultCommand else { return script }
    let names = help.commands.map(\.name) + ["help"]
    switch shell {
    case "bash": return bash(script, help.name, command, names)
    case "zsh": return zsh(script, help.name, command, names)
    case "fish": return fish(script, help.name, command, names)
    default: return nil
    }
  }

  private static func bash(
    _ script: String, _ program: String, _ command: String, _ names: [String]
  ) -> String? {
    let line = "complete -o filenames -F _\(program) \(program)"
    guard let place = script.firstRange(of: line) else { return nil }
    let wrapper = """
      # The command \(command) need not be named.
      _\(program)_unnamed() {
          case "${COMP_WORDS[1]}" in
          \(names.joined(separator: "|"))|-h|--help|--version)
              if ((COMP_CWORD > 1)); then
                  _\(program) "$@"
                  return
              fi
              ;;
          esac
          # The first word may be a command, or what the unnamed command begins with.
          if ((COMP_CWORD == 1)); then
              _\(program) "$@"
          fi
          COMP_WORDS=("${COMP_WORDS[0]}" \(command) "${COMP_WORDS[@]:1}")
          ((COMP_CWORD += 1))
          _\(program) "$@"
      }

      complete -o filenames -F _\(program)_unnamed \(program)
      """
    return script[..<place.lowerBound] + wrapper + script[place.upperBound...]
  }

  private static func zsh(
    _ script: String, _ program: String, _ command: String, _ names: [String]
  ) -> String? {
    let line = "if [[ \"${funcstack[1]}\" = _\(program) ]]; then"
    guard let place = script.firstRange(of: line) else { return nil }
    let wrapper = """
      # The command \(command) need not be named.
      functions[_\(program)_named]="${functions[_\(program)]}"
      _\(program)() {
          local -i result=1
          case "${words[2]}" in
          \(names.joined(separator: "|"))|-h|--help|--version)
              if (( CURRENT > 2 )); then
                  _\(program)_named
                  return
              fi
              ;;
          esac
          # The first word may be a command, or what the unnamed command begins with.
          if (( CURRENT == 2 )); then
              _\(program)_named && result=0
          fi
          words=("${words[1]}" \(command) "${(@)words[2,-1]}")
          (( CURRENT += 1 ))
          _\(program)_named && result=0
          return result
      }


      """
    return script[..<place.lowerBound] + wrapper + script[place.lowerBound...]
  }

  private static func fish(
    _ script: String, _ program: String, _ command: String, _ names: [String]
  ) -> String? {
    let function = "function __\(program)_tokens\n"
    guard let place = script.firstRange(of: function) else { return nil }
    let renamed =
      script[..<place.lowerBound] + "function __\(program)_typed_tokens\n"
      + script[place.upperBound...]
    let wrapper = """

      # The command \(command) need not be named.
      function __\(program)_tokens
          set -l tokens (__\(program)_typed_tokens $argv)
          if test (count $tokens) -ge 2
              and not contains -- $tokens[2] \(names.joined(separator: " ")) -h --help --version
              set tokens $tokens[1] \(command) $tokens[2..]
          end
          printf '%s\\n' $tokens
      end

      # The first word may be a command, or a file that the unnamed command begins with.
      complete -c '\(program)' -n '__\(program)_should_offer_completions_for_positional "\(program)" -eq 1' -F

      """
    return renamed + wrapper
  }
}
