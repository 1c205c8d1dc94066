// Themes: the next one, one by name, and the list to choose from.

import Panes
import TerminalCore

extension DashboardState {
  /// The theme in use.
  package var theme: Theme { themes.theme }

  /// The place of the theme in use.
  var themeIndex: Int { themes.index }

  /// Puts a theme in use by its place, and says why not if its file cannot be read.
  mutating func useTheme(_ place: Int) {
    do throws(LooksError) { try themes.use(place) } catch { say(error.description, .bad) }
  }

  mutating func useNextTheme() {
    do throws(LooksError) { try themes.useNext() } catch { say(error.description, .bad) }
  }

  /// What `:theme` does.
  mutating func chooseTheme(named name: String) {
    guard !name.isEmpty else { return openThemeChooser() }
    do throws(LooksError) {
      guard try themes.use(named: name) else {
        return say(
          "There is no theme \(name); \(label(of: .themeList)) lists the \(themes.names.count) "
            + "there are.", .doubtful)
      }
      say("Theme \(theme.name).")
    } catch {
      say(error.description, .bad)
    }
  }

  mutating func openThemeChooser() {
    themes.readAll()
    mode = .themes(ThemeChooser(themes))
  }

  /// Obeys a key while the list of themes is open.
  mutating func chooseTheme(_ key: KeyEvent, _ chooser: ThemeChooser) {
    var chooser = chooser
    switch chooser.handle(key, &themes) {
    case .goesOn: mode = .themes(chooser)
    case .restored: mode = .browsing
    case .kept:
      mode = .browsing
      guard chooser.original != themes.index else { return }
      if let problem = themes.entries[themes.index].problem { return say(problem, .bad) }
      var moment = moment(before: "theme \(themes.entries[chooser.original].name)")
      moment.themeIndex = chooser.original
      keep(moment)
      say("Theme \(theme.name).\(undoHint)")
    }
  }
}
