// Which terminal description gives true colour, from what the environment tells of the terminal.

/// Descriptions of terminals with colours of 24 bits, as the package ncurses-term has them.
package enum DirectColor {
  /// The descriptions to try, the most fitting first; none where true colour is not certain.
  ///
  /// A terminal says that it has true colour by `COLORTERM`. That variable is inherited by what runs
  /// inside, so it is not believed where the inner terminal is known not to pass such colours on: GNU
  /// screen, the Linux console, and terminals of old. Inside tmux it is harmless: tmux reduces the
  /// colours to what the outer terminal has.
  ///
  /// - Parameters:
  ///   - isWanted: whether the user asked for true colour, so that `COLORTERM` need not be set.
  ///   - variable: the environment.
  package static func descriptions(
    isWanted: Bool, variable: (String) -> String?
  ) -> [String] {
    let terminal = variable("TERM") ?? ""
    let isClaimed = ["truecolor", "24bit"].contains(variable("COLORTERM")?.lowercased())
    guard isWanted || isClaimed else { return [] }
    if variable("TMUX") != nil || terminal.hasPrefix("tmux") {
      return ["tmux-direct"] + (isWanted ? ["xterm-direct"] : [])
    }
    let isXtermLike = known.contains { terminal == $0 || terminal.hasPrefix($0 + "-") }
    guard isXtermLike || isWanted else { return [] }
    var names: [String] = []
    for (mark, name) in [
      ("KITTY_WINDOW_ID", "kitty-direct"), ("KONSOLE_VERSION", "konsole-direct"),
      ("VTE_VERSION", "vte-direct"), ("ITERM_SESSION_ID", "iterm2-direct"),
    ] where variable(mark) != nil { names.append(name) }
    let base = terminal.hasPrefix("xterm-kitty") ? "kitty" : terminal.prefix { $0 != "-" }
    if !base.isEmpty, !names.contains("\(base)-direct") { names.append("\(base)-direct") }
    if !names.contains("xterm-direct") { names.append("xterm-direct") }
    return names
  }

  /// The first parts of the names of terminals that understand what xterm understands.
  private static let known = [
    "xterm", "alacritty", "foot", "ghostty", "iterm2", "kitty", "konsole", "mintty", "mlterm", "st",
    "vte", "wezterm", "contour",
  ]
}
