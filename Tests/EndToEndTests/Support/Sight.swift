// What a person reads off the dashboard: numbers and regions of the panes.

import Foundation

/// The parts of a screen that a person looks at.
struct Sight {
  let lines: [String]
  init(_ lines: [String]) { self.lines = lines }

  /// The name of the pane in front: the one in brackets, or after its number in brackets on a narrow screen.
  var pane: String? {
    lines.prefix(2).compactMap { $0.firstMatch(of: /\[\d ?([A-Za-z ]+)\]/) }.first
      .map { String($0.1) }
  }

  /// The iterations of a chain, from the table of chains.
  func iteration(ofChain chain: Int) -> Int? {
    for line in lines {
      guard let match = line.firstMatch(of: /│ +(\d+) +(?:warm-up|sampling|done) +([\d\h]+)\//),
        Int(match.1) == chain
      else { continue }
      return Int(match.2.filter(\.isNumber))
    }
    return nil
  }

  /// The draws of a chain that the pane is made of: the number in `4 × 1000 draws`.
  var draws: Int? {
    for line in lines {
      if let match = line.firstMatch(of: /\d+ [×x] ([\d\h]+) draws/) {
        return Int(match.1.filter(\.isNumber))
      }
    }
    return nil
  }

  /// The dots of all plots.
  var dots: [String] {
    lines.map { String($0.filter { ("\u{2801}"..."\u{28FF}").contains($0) }) }
  }

  /// The line that holds R-hat and effective draws of the parameter in front of the trace.
  var traceNumbers: String? {
    lines.first { $0.contains("R-hat") && $0.contains("ESS") }
      .flatMap { $0.firstMatch(of: /R-hat.*?ESS [^│]*/) }.map { String($0.0) }
  }

  /// The numbers of each parameter in the convergence table, by the parameter's name.
  var convergence: [String: String] {
    var rows: [String: String] = [:]
    for line in lines {
      if let match = line.firstMatch(of: /│ +(?:▶ )?([A-Za-z]\S*) +(-?\d[^│]*)│/) {
        rows[String(match.1)] = String(match.2)
      }
    }
    return rows
  }

  /// All intervals `[low, high]` in the order of the screen.
  var intervals: [String] {
    lines.flatMap { line in
      line.matches(of: /\[-?[\d.]+, -?[\d.]+\]/).map { String($0.0) }
    }
  }

  /// The lines of the table of residual tests.
  var residualTests: [String] {
    lines.filter {
      $0.contains("uniformity") || $0.contains("dispersion") || $0.contains("outliers")
    }
  }
}
