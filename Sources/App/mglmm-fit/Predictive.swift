// The command mglmm-fit predictive RUN holds the data against data simulated from the model.

import ArgumentParser
import Diagnostics
import Fitting
import RunFolder

/// Prints predictive checks.
struct Predictive: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Data beside data simulated from a run: statistics with p values, counts, intervals.",
    discussion: """
      Simulates from the posterior draws; of a fit by maximum likelihood from a parametric bootstrap.
      NAME is mean, sd, min, max, median, skewness, zeros, quantile:0.9, share:>5 (also < >= <= =) or
      autocorrelation:1; those that suit an outcome are printed unasked.
      """)

  @Argument(help: ArgumentHelp("A run folder.", valueName: "run"))
  var folder: String

  @Flag(help: "Print JSON, with what the plots show.")
  var json = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Another statistic; repeatable.", valueName: "name"))
  var statistic: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Look along this column or by its levels, instead of the model's own; repeatable.",
      valueName: "column"))
  var by: [String] = []

  @Option(help: ArgumentHelp("Simulated data sets.", valueName: "n"))
  var simulations = 1000

  @Option(help: "The seed of the simulations; the run's own if left out.")
  var seed: UInt64?

  func run() throws {
    try Console.ending { () throws(FittingError) in
      guard (2...100_000).contains(simulations) else {
        throw FittingError(
          "--simulations \(simulations): give a number from 2 to 100000", exitCode: 64)
      }
      var chosen: [PredictiveStatistic] = []
      for name in statistic {
        do { chosen.append(try PredictiveStatistic(parsing: name)) } catch {
          throw FittingError("--statistic: \(error)", exitCode: 64)
        }
      }
      let run = try FinishedRun(path: folder)
      var options = PredictiveOptions(
        simulations: simulations, seed: seed ?? run.request.seed)
      options.statistics = chosen
      options.columns = by
      let report = try run.predictiveReport(options)
      Console.write(json ? report.json.prettyText : PredictiveText.text(report))
      return 0
    }
  }
}

/// Predictive checks as text.
enum PredictiveText {
  static func text(_ report: PredictiveReport) -> String {
    let basis =
      switch report.basis {
      case .posterior: "from \(report.draws) posterior draws"
      case .normalApproximation:
        "with parameters and random effects drawn from the normal approximation at the estimate"
      case .estimate: "at the estimate"
      }
    let sections = report.outcomes.map { outcome in
      let groups = outcome.isConditional ? "the groups of the data" : "new groups"
      return
        ([
          "\(outcome.name), \(outcome.observations) observations, simulated for \(groups)"
        ] + statistics(outcome) + bars(outcome) + series(outcome)).joined(separator: "\n")
    }
    let head = "\(report.simulations) simulations \(basis), seed \(report.seed)"
    return head + "\n\n" + sections.joined(separator: "\n\n") + "\n"
  }

  private static func statistics(_ outcome: OutcomePredictive) -> [String] {
    let rows =
      [["statistic", "data", "simulated", "90% interval", "p(sim >= data)", "p two-sided", ""]]
      + outcome.statistics.map { result -> [String] in
        let sorted = result.values.filter { !$0.isNaN }.sorted()
        let mean = sorted.reduce(0, +) / Double(sorted.count)
        func end(_ share: Double) -> String {
          sorted.isEmpty ? "-" : number(sorted[Int(share * Double(sorted.count - 1))])
        }
        let verdict = result.check?.verdict(outcome: outcome.name)
        let words = (verdict?.level ?? .ok) >= .warning ? verdict?.meaning ?? "" : ""
        return [
          result.name, number(result.observed), number(mean), "[\(end(0.05)), \(end(0.95))]",
          ReportText.fixed(result.pAtLeast, 3), ReportText.fixed(result.pTwoSided, 3), words,
        ]
      }
    return table(rows)
  }

  private static func bars(_ outcome: OutcomePredictive) -> [String] {
    guard let bars = outcome.bars, let most = (bars.observed + bars.mean).max(), most > 0 else {
      return []
    }
    let rows =
      [["value", "data", "simulated", "90% interval", "data as bar, simulated mean as |"]]
      // A bar that is empty in the data and in all simulations says nothing.
      + bars.observed.indices.filter { bars.observed[$0] > 0 || bars.mean[$0] > 0 }.map {
        bar -> [String] in
        let first = bars.first + bar * bars.width
        var label = bars.width == 1 ? "\(first)" : "\(first)-\(first + bars.width - 1)"
        if bar == 0 && bars.opensBelow { label = "<=\(first + bars.width - 1)" }
        if bar == bars.observed.count - 1 && bars.opensAbove { label = ">=\(first)" }
        var line = Array(
          repeating: Character("#"), count: Int((bars.observed[bar] / most * 40).rounded()))
        let mark = Int((bars.mean[bar] / most * 40).rounded())
        while line.count <= mark { line.append(" ") }
        line[mark] = "|"
        let isOutside =
          bars.observed[bar] < bars.lower[bar] || bars.observed[bar] > bars.upper[bar]
        return [
          label, number(bars.observed[bar]) + (isOutside ? " !" : ""), number(bars.mean[bar]),
          "[\(number(bars.lower[bar])), \(number(bars.upper[bar]))]", String(line),
        ]
      }
    return [""] + table(rows)
  }

  private static func series(_ outcome: OutcomePredictive) -> [String] {
    outcome.series.map { series in
      let what = series.levels == nil ? "bins along" : "levels of"
      return "  of \(series.total) \(what) \(series.column), \(series.outsideCount) have a mean "
        + "outside the 90% interval (\(number(0.1 * Double(series.total))) expected)"
    }
  }

  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    if value == value.rounded(), abs(value) < 1e6 { return ReportText.fixed(value, 0) }
    let size = abs(value)
    return ReportText.fixed(value, size >= 1000 ? 0 : size >= 10 ? 2 : size >= 0.1 ? 3 : 5)
  }

  /// Rows with the first column left, numbers right, and the last left.
  private static func table(_ rows: [[String]]) -> [String] {
    let columns = rows[0].indices
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for column in columns {
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        let isLeft = column == 0 || column == columns.upperBound - 1
        line += "  " + (isLeft ? row[column] + gap : gap + row[column])
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
