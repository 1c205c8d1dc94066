// Whether the data can carry the model: levels of grouping factors, cells without variation, repeated rows.

import Diagnostics
import Families
import Formula
import MixedModel
import Tables

/// Levels of grouping factors, categories in which a yes-no outcome never varies, and rows that stand twice.
struct StructureCheck: ModelCheck {
  let name = "structure of the data"

  func findings(_ context: CheckContext) throws(FittingError) -> [Finding] {
    let model = context.run.model
    var result: [Finding] = []
    var seen: Set<String> = []
    for block in model.effects.blocks where seen.insert(block.group).inserted {
      result.append(levels(block))
    }
    for index in model.outcomes.indices {
      result += cells(model, index, context.run.prepared.table)
    }
    if let finding = repeatedRows(context) { result.append(finding) }
    return result
  }

  private func levels(_ block: RandomEffectLayout.Block) -> Finding {
    let count = block.levels.count
    return Finding(
      check: "few levels", subject: block.group,
      basis: .judged(count < 5 ? .failed : count < 10 ? .warning : .ok),
      number: Double(count), threshold: count < 5 ? 5 : 10,
      source: "5: Gelman & Hill (2007, 12.9); 10: ours", namesCause: true,
      gain: count < 5 ? 8 : nil,
      meaning: (
        "There are enough levels of \(block.group) to estimate how they vary.",
        "\(block.group) has \(count) level\(count == 1 ? "" : "s"): a standard deviation among so few is hardly known, and its uncertainty is not in the standard errors."
      ),
      advice: count < 5
        ? "Use \(block.group) as a fixed effect, or --method mcmc with an informative prior for its sd."
        : "Prefer --method mcmc or reml, and report the interval of the sd.")
  }

  /// Categories of a factor in the fixed part in which a 0/1 outcome is always the same.
  private func cells(_ model: MixedModel, _ index: Int, _ table: Table) -> [Finding] {
    let outcome = model.outcomes[index]
    guard outcome.hasProbabilityMean else { return [] }
    let (y, trials) = outcome.valuesInDataOrder
    let rows = model.rowsInDataOrder(outcome: index)
    let mean = y.reduce(0, +) / max(trials.reduce(0, +), 1)
    // A category can be without variation by chance; what its size makes improbable is separation.
    var found: [Finding] = []
    var isAsked = false
    for name in table.names {
      guard case .factor(let factor) = table[name], factor.levels.count <= 20,
        outcome.predictors[0].columnNames.contains(where: { Self.isMade($0, of: name, factor) })
      else { continue }
      isAsked = true
      for (code, level) in factor.levels.enumerated() {
        let places = rows.indices.filter { factor.codes[rows[$0]] == Int32(code) }
        let total = places.reduce(0) { $0 + trials[$1] }
        let successes = places.reduce(0) { $0 + y[$1] }
        guard total >= 5, successes == 0 || successes == total, mean > 0, mean < 1 else { continue }
        found.append(
          Finding(
            check: "separation", subject: "\(outcome.label): \(name) = \(level)",
            basis: .judged(.failed), number: total, threshold: 5,
            source: "Albert & Anderson (1984)", namesCause: true, gain: 1e3,
            meaning: (
              "",
              "All \(Int(total)) values of \(outcome.label) where \(name) is \(level) are \(successes == 0 ? "0" : "1"): its coefficient has no finite estimate."
            ),
            advice:
              "Join the level with another, or use a prior: --method map or mcmc with --prior 'b ~ normal(0, 2.5)'."
          ))
      }
    }
    guard found.isEmpty, isAsked else { return found }
    return [
      Finding(
        check: "separation", subject: outcome.label, basis: .judged(.ok), number: 0, threshold: 0,
        source: "Albert & Anderson (1984)", namesCause: true,
        meaning: ("The outcome varies in every category of the predictors.", ""), advice: "")
    ]
  }

  /// Whether a column of the design is made of a level of a factor: `kindb`, or `x:kindb`.
  private static func isMade(_ column: String, of name: String, _ factor: Factor) -> Bool {
    column.split(separator: ":").contains { part in
      part.hasPrefix(name) && factor.levels.contains(String(part.dropFirst(name.count)))
    }
  }

  private func repeatedRows(_ context: CheckContext) -> Finding? {
    let table = context.run.prepared.table
    let model = context.run.model
    // Only a continuous response makes it improbable that rows agree in everything.
    guard model.outcomes.contains(where: { !$0.family.isDiscrete }), table.rowCount > 20 else {
      return nil
    }
    var seen: Set<[UInt64]> = []
    var repeats = 0
    for row in 0..<table.rowCount {
      let key = table.names.compactMap { name -> UInt64? in
        switch table[name] {
        case .numeric(let values): values[row].bitPattern
        case .factor(let factor): UInt64(bitPattern: Int64(factor.codes[row]))
        case nil: nil
        }
      }
      if !seen.insert(key).inserted { repeats += 1 }
    }
    let share = Double(repeats) / Double(table.rowCount)
    return Finding(
      check: "repeated rows", subject: nil, basis: .judged(share > 0.05 ? .warning : .ok),
      number: Double(repeats), threshold: 0.05 * Double(table.rowCount), source: "5 %, ours",
      namesCause: true,
      meaning: (
        "Rows that agree in every column are no more than rounding gives.",
        "\(repeats) rows are equal to an earlier one in every column that the model uses."
      ),
      advice: "Look whether the data were read or joined twice.")
  }
}
