// The names of all themes that can be chosen, for the completion of command lines.

extension Looks {
  /// The built-in themes, and the files that are found by their name.
  package static var themeNames: [String] { ThemeShelf(files: ThemeFile.all()).names }
}
