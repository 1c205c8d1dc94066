// The keys of the start screen, for its bottom line and its help.

/// The keys of the start screen.
enum StartKeys {
  /// What the bottom line shows, by list.
  static func footer(_ section: StartSection) -> [SetupKey] {
    let own =
      switch section {
      case .runs:
        [SetupKey("Enter", "open", ""), SetupKey("s", "stop", ""), SetupKey("d", "remove", "")]
      case .files: [SetupKey("Enter", "build a model", "")]
      case .demos: [SetupKey("Enter", "start the demo", "")]
      }
    return own + [
      SetupKey("Tab", "next list", ""), SetupKey("/", "filter", ""), SetupKey("t", "theme", ""),
      SetupKey("?", "help", ""), SetupKey("q", "leave", ""),
    ]
  }

  /// All lines of the help.
  static let help: [SetupHelpLine] =
    [
      .heading("Lists"),
      .key(SetupKey("Tab h l", nil, "next and previous list: runs, files here, demonstrations")),
      .key(SetupKey("j k PgDn PgUp", nil, "next and previous row, a page")),
      .key(SetupKey("g G", nil, "first and last row")),
      .key(SetupKey("/", nil, "filter all lists by regular expression; Esc clears")),
      .heading("Doing"),
      .key(
        SetupKey(
          "Enter", nil,
          "open the run; build a model of the file, or watch its draws; start the demo")),
      .key(SetupKey("s Ctrl-X", nil, "stop the fit of a run; asks first")),
      .key(SetupKey("d x Del", nil, "remove a run with its draws; asks first")),
      .key(SetupKey("r F5", nil, "read the lists anew")),
      .heading("The program"),
      .key(SetupKey("t", nil, "next theme")),
      .key(SetupKey("Ctrl-L Ctrl-Z", nil, "draw anew; suspend")),
      .key(SetupKey("q Esc", nil, "leave; what is being fitted goes on")),
    ]
}
