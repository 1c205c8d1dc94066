// Residuals of a finished run computed anew, with the tests that were asked for.

import Diagnostics
import Families
import Laplace
import MixedModel
import Predictive
import RunFolder
import Tables

extension ResidualReport {
  /// The residuals of `run` by one kind of simulation, rotated or grouped, with tests along columns, time and space.
  ///
  /// - Throws: one line for what cannot be done, such as a column that is not there.
  package init(_ run: FinishedRun, _ options: ResidualOptions) throws(FittingError) {
    guard !run.request.isPriorOnly else {
      throw FittingError(
        "\(run.folder.path): draws from the prior alone are compared with no data, so there are no residuals",
        exitCode: 65)
    }
    let simulations = options.simulations ?? run.request.simulations
    guard simulations >= 2 else { throw ResidualStudy.tooFewSimulations(simulations) }
    var points = run.drawnPoints(limit: simulations)
    if points.isEmpty {
      let fit = try run.likelihood().fit
      points = [PredictivePoint(psi: fit.optimum.psi, effects: fit.modes)]
    }
    let study = try ResidualStudy(
      model: run.model, table: run.prepared.table, points: points, simulations: simulations,
      seed: options.seed ?? run.request.seed)
    var analysis = ResidualAnalysis(study: study, options: options, columns: RunColumns(run))
    var outcomes: [OutcomeResiduals] = []
    for index in run.model.outcomes.indices { outcomes.append(try analysis.outcome(index)) }
    if options.hasPearson { analysis.further += try run.pearsonTests() }
    if options.refits > 0 { analysis.further += try run.refitTests(options, seed: study.seed) }
    // The residuals of groups and of rotated rows are no residuals of rows.
    let areRows = options.group == nil && !options.isRotated
    self.init(
      simulations: simulations, isConditional: analysis.kind == .conditional, seed: study.seed,
      points: points.count, outcomes: outcomes,
      correlations: areRows ? study.correlations(outcomes) : [], further: analysis.further)
  }
}

/// One analysis under way.
private struct ResidualAnalysis {
  let study: ResidualStudy
  let options: ResidualOptions
  var columns: RunColumns
  var further: [FurtherTest] = []

  /// Rotation is of what varies together, which only new random effects make it do.
  var kind: SimulationKind {
    options.isUnconditional || options.isRotated ? .unconditional : .conditional
  }

  /// The tests that are calibrated: sums by group are independent again.
  ///
  /// Rotation leaves counts dependent that are not correlated: those of a group with few stay alike.
  private func calibrated(_ input: ResidualInput, isDiscrete: Bool) -> [String] {
    if options.isRotated && isDiscrete { return [ResidualTestName.dispersion.rawValue] }
    return options.isRotated || (options.group != nil && kind == .unconditional)
      ? ResidualTestName.allCases.map(\.rawValue) : study.calibrated(kind, input)
  }

  mutating func outcome(_ index: Int) throws(FittingError) -> OutcomeResiduals {
    let name = study.model.outcomes[index].name
    let isDiscrete = study.model.outcomes[index].family.isDiscrete
    var input = try study.input(outcome: index, kind)
    let predictor = input.fitted
    if options.isRotated { input = try rotated(input, outcome: index) }
    var groups: (codes: [Int], levels: [String])?
    if let group = options.group {
      let column = try columns.column(group, for: "--group")
      let rows = study.model.rowsInDataOrder(outcome: index)
      let levels = DataColumns.levels(of: [DataColumns.select(column, rows)])
      groups = levels
      input = try study.grouped(input, by: levels.codes, options.aggregate)
    }
    let residuals = study.residuals(input, outcome: index, kind)
    let along = groups == nil ? predictor : input.fitted
    var outcome = OutcomeResiduals(
      residuals, Diagnostics.ResidualTests(residuals, input: input, predictor: along), name: name,
      isDiscrete: isDiscrete && !options.isRotated)
    outcome.fitted = along
    outcome.calibrated = calibrated(input, isDiscrete: isDiscrete)
    func column(_ name: String, _ option: String) throws(FittingError) -> Column {
      let rows = study.model.rowsInDataOrder(outcome: index)
      let column = DataColumns.select(try columns.column(name, for: option), rows)
      guard let groups else { return column }
      guard
        let aggregated = DataColumns.aggregate(
          column, by: groups.codes, groups: groups.levels.count)
      else {
        throw FittingError(
          "\(option) \(name): its category differs within a level of '\(options.group ?? "")'; leave one of the two out",
          exitCode: 65)
      }
      return aggregated
    }
    for name in options.against {
      guard
        let test = DataColumns.residuals(
          residuals.scaled, along: try column(name, "--against"), name: name,
          mostLevels: residuals.scaled.count / 2)
      else {
        throw FittingError(
          "--against \(name): the column has one value, or nearly as many categories as there are residuals",
          exitCode: 65)
      }
      outcome.predictors.append(test)
    }
    if let time = options.time {
      let times = try numbers(column(time, "--time"), time, "--time")
      do {
        further.append(
          FurtherTest(
            try TemporalTest.run(residuals.scaled, times: times), outcome: name, along: time))
      } catch { throw failure(error, "--time \(time)") }
    }
    if options.space.count == 2 {
      let x = try numbers(column(options.space[0], "--space"), options.space[0], "--space")
      let y = try numbers(column(options.space[1], "--space"), options.space[1], "--space")
      let label = options.space.joined(separator: ",")
      do {
        further.append(
          FurtherTest(
            try SpatialTest.run(residuals.scaled, x: x, y: y), outcome: name, along: label))
      } catch { throw failure(error, "--space \(label)") }
    }
    return outcome
  }

  /// By the covariance of other simulations, within the levels of the leading factor where it is the only one.
  private func rotated(
    _ input: ResidualInput, outcome index: Int
  ) throws(FittingError) -> ResidualInput {
    let other = try study.input(outcome: index, .unconditional, variant: 1)
    let names = Set(study.model.effects.blocks.map(\.group))
    let blocks =
      names.count == 1
      ? names.first.flatMap { study.levels(of: $0, outcome: index) }?.codes : nil
    do {
      return try ResidualRotation(
        covarianceOf: other, within: blocks ?? [Int](repeating: 0, count: input.count)
      ).rotated(input)
    } catch let failure as ResidualRotation.Failure {
      throw FittingError("--rotate: \(Self.text(failure))", exitCode: 65)
    } catch {
      throw FittingError("--rotate: \(error)", exitCode: 65)
    }
  }

  private static func text(_ failure: ResidualRotation.Failure) -> String {
    switch failure {
    case .blockTooLarge(let rows):
      "\(rows) rows depend on each other, and rotation can take \(ResidualRotation.largestBlock); use --group instead"
    case .tooFewSimulations(let rows, let simulations):
      "\(rows) rows depend on each other, and their covariance needs more than \(simulations) simulations; give --simulations \(4 * rows)"
    case .noCovariance: "the simulations do not vary"
    }
  }

  private func numbers(
    _ column: Column, _ name: String, _ option: String
  ) throws(FittingError) -> [Double] {
    guard case .numeric(let values) = column else {
      throw FittingError("\(option) \(name): the column is not numeric", exitCode: 65)
    }
    return values
  }

  private func failure(_ error: AutocorrelationError, _ option: String) -> FittingError {
    let text =
      switch error {
      case .tooFewRows(let count, let needed): "\(count) residuals are too few; it needs \(needed)"
      case .notFinite(let row): "residual \(row + 1) has no value there"
      case .repeated(let first, let second):
        "residuals \(first + 1) and \(second + 1) have the same value, so that there is no order or distance; "
          + "aggregate them first with --group"
      case .constant: "all residuals are equal"
      }
    return FittingError("\(option): \(text)", exitCode: 65)
  }
}

extension FurtherTest {
  fileprivate init(_ test: TemporalTest, outcome: String, along: String) {
    self.init(
      test: "temporal", outcome: outcome, along: along, statistic: test.statistic, p: test.p,
      meaning: test.p >= 0.05
        ? "no autocorrelation from one time to the next"
        : test.statistic < 2
          ? "residuals resemble those just before them: add a trend or an effect of time"
          : "residuals alternate from one time to the next")
  }

  fileprivate init(_ test: SpatialTest, outcome: String, along: String) {
    self.init(
      test: "spatial", outcome: outcome, along: along, statistic: test.observed, p: test.p,
      meaning: test.p >= 0.05
        ? "near places are no more alike than far ones"
        : test.observed > test.expected
          ? "residuals of near places are alike: add a surface or an effect of the place"
          : "residuals of near places differ more than those of far ones")
  }
}
