// The priors in force, parameter by parameter, or why there are none to show.

import Plots
import RunFolder
import TerminalCore

/// The priors of a run.
struct PriorTable {
  private let run: RunSnapshot

  init(_ run: RunSnapshot) { self.run = run }

  /// Why there is no table; nil where there is one.
  var absence: String? {
    if run.priorReport?.parameters.isEmpty == false || run.fitReport?.priors?.isEmpty == false {
      return nil
    }
    switch run.start?.method ?? run.request?.method {
    case _ where run.state == .foreign:
      return "The priors stand in the program that made these draws; the files do not say them."
    case .ml, .reml: return "\(sentence(methodWords(run))) uses no priors."
    case .map, .mcmc, nil:
      let stated = run.request?.priors ?? []
      let words =
        stated.isEmpty
        ? "No prior is stated; defaults are in force." : stated.joined(separator: "; ")
      return run.state.isLive
        ? words + " They are listed by parameter once the model is built."
        : words + " This run has no priors.json."
    }
  }

  private func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst()
  }

  /// What the user stated, for the note of the frame.
  var note: String {
    let count = run.request?.priors.count ?? 0
    return count == 0 ? "defaults" : "\(count) stated"
  }

  /// The number of rows.
  var rowCount: Int { run.priorReport?.parameters.count ?? run.fitReport?.priors?.count ?? 0 }

  /// The table, from a row on.
  func table(firstRow: Int, columns width: Int, _ charset: Charset) -> Table {
    var table: Table
    if let report = run.priorReport {
      let room = max(12, width / 2)
      table = Table(
        columns: [
          TableColumn("parameter", alignment: .left, rank: 0, isFlexible: true),
          TableColumn("prior", alignment: .left, rank: 0),
          TableColumn("95% of it", rank: 1), TableColumn("sd", rank: 2),
        ], rowCount: report.parameters.count
      ) { row in
        let parameter = report.parameters[row]
        return [
          StyledText(shortened(parameter.name, columns: room, charset: charset)),
          StyledText(
            parameter.prior.isEmpty ? "follows from others" : parameter.prior,
            Style(parameter.prior.isEmpty || parameter.isFlat ? .muted : .text)),
          StyledText(
            parameter.quantiles.map { intervalText($0[0], $0[4]) } ?? "flat", Style(.muted)),
          StyledText(Format.significant(parameter.standardDeviation, digits: 3), Style(.muted)),
        ]
      }
    } else {
      let priors = run.fitReport?.priors ?? []
      table = Table(
        columns: [
          TableColumn("class", alignment: .left, rank: 0),
          TableColumn("of", alignment: .left, rank: 1, isFlexible: true),
          TableColumn("prior", alignment: .left, rank: 0),
          TableColumn("", alignment: .left, rank: 2),
        ],
        rows: priors.map {
          [
            StyledText($0.parameterClass), StyledText($0.target), StyledText($0.prior),
            StyledText($0.isDefault ? "default" : "stated", Style(.muted)),
          ]
        })
    }
    table.firstRow = firstRow
    return table
  }
}
