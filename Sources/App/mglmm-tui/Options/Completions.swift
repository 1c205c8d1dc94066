// What shells offer where a word of a command line is being typed.

import ArgumentParser
import Dashboard
import RunFolder

/// The words that can stand in some place.
enum Complete {
  /// Names of runs, of the usual place or that of `--runs`.
  static let runs = CompletionKind.custom { words, _, _ in
    let root = value(of: "--runs", in: words)
    let catalog = root.map { RunCatalog(root: RunFolder(path: $0).path) } ?? RunCatalog()
    // A list that cannot be read offers nothing; the command itself will say why.
    return (try? catalog.list().map(\.name)) ?? []
  }

  /// Names of themes and theme files.
  static let themes = CompletionKind.custom { _, _, _ in Looks.themeNames }

  /// Names of panes.
  static let panes = CompletionKind.list(PaneDrawing.paneNames)

  /// Names of families, for one outcome.
  static let families = CompletionKind.list([
    "gaussian", "bernoulli", "binomial", "poisson", "negbinomial", "nbinom2",
  ])

  /// Ways to fit.
  static let methods = CompletionKind.list(FitMethod.allCases.map(\.rawValue))

  /// Files of data.
  static let data = CompletionKind.file(extensions: ["csv", "tsv", "txt"])

  private static func value(of option: String, in words: [String]) -> String? {
    guard let place = words.lastIndex(of: option), place + 1 < words.count else {
      return words.last { $0.hasPrefix(option + "=") }.map {
        String($0.dropFirst(option.count + 1))
      }
    }
    return words[place + 1]
  }
}
