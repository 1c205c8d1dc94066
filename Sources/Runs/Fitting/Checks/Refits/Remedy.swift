// A change of one outcome's model that mends one fault, and what fitting it gave.

import Diagnostics
import Formula
import Laplace
import MixedModel
import Tables

/// A change of the model of one outcome.
struct Remedy: Sendable {
  /// How the changed model is held against the model.
  enum Judgement: Sendable, Equatable {
    /// By the likelihood ratio; at a boundary if a variance is added.
    case ratio(isBoundary: Bool)
    /// By AIC, for models that are not nested.
    case information
  }

  /// What is checked.
  var check: String
  /// On what.
  var subject: String
  /// Where the test comes from.
  var source: String
  /// How it is judged.
  var judgement: Judgement
  /// The columns that the change adds to the data.
  var columns: [(name: String, column: Column)] = []
  /// What makes the log likelihood of the changed model comparable with that of the model.
  var constant = 0.0
  /// What it means if the change is not needed, and if it is.
  var meaning: (passed: String, otherwise: String)
  /// What to try.
  var advice: String
  /// The change.
  var change: @Sendable (SingleOutcomeFormula) throws(FormulaError) -> SingleOutcomeFormula
}

/// What a change gained.
struct RemedyGain: Sendable, Equatable {
  /// The gain of the log likelihood.
  var logLikelihood: Double
  /// The parameters added.
  var degrees: Int
  /// The p value; nil where models are compared by AIC.
  var p: Double?

  /// The gain for each parameter, the scale on which causes are compared; for AIC half its difference.
  var gain: Double {
    p == nil ? difference / 2 : max(logLikelihood, 0) / Double(max(degrees, 1))
  }

  /// How much smaller AIC becomes.
  var difference: Double { 2 * logLikelihood - 2 * Double(degrees) }

  /// The level of a difference of AIC: above 10 the model has essentially no support, above 4 considerably less (Burnham &
  /// Anderson 2002).
  var informationLevel: Verdict.Level {
    difference > 10 ? .failed : difference > 4 ? .warning : .ok
  }
}

/// Why a change was not fitted.
enum RemedyFailure: Error, Sendable, Equatable {
  /// The change is no question for the model: its columns are there already.
  case meaningless
  /// It could not be fitted.
  case unavailable(String)
}

extension OutcomeStudy {
  /// Fits a change on top of others.
  ///
  /// - Parameter base: changes that are made to both models first.
  func gain(of remedy: Remedy, over base: [Remedy] = []) throws(RemedyFailure) -> RemedyGain {
    var table = table
    for column in (base + [remedy]).flatMap(\.columns) { table[column.name] = column.column }
    var (small, large) = (formula, formula)
    do {
      for change in base { small = try change.change(small) }
      large = try remedy.change(small)
    } catch {
      throw .meaningless
    }
    let added = (base + [remedy]).flatMap(\.columns).map(\.column)
    let complete = (0..<table.rowCount).filter { row in
      added.allSatisfy { !$0.isMissing(row) }
    }
    if complete.count < table.rowCount {
      guard complete.count * 2 > table.rowCount else {
        throw .unavailable("More than half of the rows lack the column.")
      }
      table = table.selecting(complete)
    }
    let isOwn = base.isEmpty && complete.count == self.table.rowCount
    let before: MaximumLikelihoodFit
    let after: MaximumLikelihoodFit
    do throws(FittingError) {
      before = try isOwn ? fit : Self.fit(small, table)
      after = try Self.fit(large, table)
    } catch {
      // A formula that the data cannot tell from the one before is refused when its columns are made.
      throw error.message.contains("cannot be told")
        || error.message.contains("is zero in every row")
        ? .meaningless : .unavailable("The changed model could not be fitted: \(error.message).")
    }
    let degrees = after.model.layout.count - before.model.layout.count
    let difference = after.logLikelihood + remedy.constant - before.logLikelihood
    guard difference.isFinite else { throw .unavailable("The changed model has no likelihood.") }
    guard case .ratio(let isBoundary) = remedy.judgement else {
      guard after.optimum.hasConverged else { throw Self.notConverged }
      return RemedyGain(logLikelihood: difference, degrees: degrees, p: nil)
    }
    guard degrees > 0 else { throw .meaningless }
    // At the boundary the added variance is zero, towards which an optimizer may creep for ever.
    let isAtBoundary = isBoundary && difference < 0.05
    guard (after.optimum.hasConverged && difference > -0.5) || isAtBoundary else {
      throw Self.notConverged
    }
    return RemedyGain(
      logLikelihood: max(difference, 0), degrees: degrees,
      p: LikelihoodRatio.p(gain: difference, degrees: degrees, isBoundary: isBoundary))
  }

  private static let notConverged = RemedyFailure.unavailable(
    "The fit of the changed model did not converge.")
}

extension Column {
  /// Whether the value of a row is missing.
  func isMissing(_ row: Int) -> Bool {
    switch self {
    case .numeric(let values): values[row].isNaN
    case .factor(let factor): factor.codes[row] < 0
    }
  }
}

/// A check that fits changes of the model of one outcome.
protocol RefitCheck: ModelCheck {
  /// The changes that are worth fitting; none where the question has no meaning.
  func remedies(_ study: OutcomeStudy) -> [Remedy]
}

extension RefitCheck {
  /// The findings from the changes fitted one by one, with no second round.
  package func findings(_ context: CheckContext) throws(FittingError) -> [Finding] {
    var result: [Finding] = []
    for index in context.run.model.outcomes.indices {
      let study = try OutcomeStudy(context, outcome: index)
      for remedy in remedies(study) {
        do throws(RemedyFailure) {
          result.append(Finding(remedy, try study.gain(of: remedy)))
        } catch {
          if case .unavailable(let reason) = error { result.append(Finding(remedy, reason)) }
        }
      }
    }
    return result
  }
}

extension Finding {
  /// What fitting a change found.
  init(_ remedy: Remedy, _ gain: RemedyGain) {
    let isRatio = gain.p != nil
    self.init(
      check: remedy.check, subject: remedy.subject,
      basis: gain.p.map { .probability($0) } ?? .judged(gain.informationLevel),
      number: gain.p ?? gain.difference, threshold: isRatio ? 0.05 : 4, source: remedy.source,
      namesCause: true, gain: gain.gain, meaning: remedy.meaning, advice: remedy.advice)
  }

  /// That a change could not be fitted.
  init(_ remedy: Remedy, _ reason: String) {
    self.init(
      check: remedy.check, subject: remedy.subject, basis: .unavailable, number: nil,
      source: remedy.source, namesCause: true, meaning: (remedy.meaning.passed, reason), advice: "")
  }
}
