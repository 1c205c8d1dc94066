// The columns of numbers beside the forest plot, and the orders the rows can have.

import RunFolder
import TerminalCore

/// A column of the table of estimates.
enum EstimateColumn: CaseIterable {
  case point, spread, interval, z, p, rHat, bulk, contraction

  /// The columns that a run has numbers for, the most needed first.
  static func columns(isSampled: Bool, hasPriors: Bool) -> [EstimateColumn] {
    if !isSampled { return [.point, .interval, .spread, .p, .z] }
    return [.point, .interval, .spread, .rHat] + (hasPriors ? [.contraction] : []) + [.bulk]
  }

  /// The title over the column.
  func title(isSampled: Bool) -> String {
    switch self {
    case .point: isSampled ? "mean" : "estimate"
    case .spread: isSampled ? "sd" : "std. error"
    case .interval: "95% interval"
    case .z: "z"
    case .p: "p"
    case .rHat: "R-hat"
    case .bulk: "ESS"
    case .contraction: "contraction"
    }
  }

  /// A number to the second digit of its uncertainty; with four digits where that is not known.
  static func text(_ value: Double, spread: Double) -> String {
    Format.measured(value, spread: spread)
  }

  /// The text of a cell.
  func cell(_ row: Estimate, _ charset: Charset) -> StyledText {
    func number(_ value: Double?, _ digits: Int) -> StyledText {
      StyledText(Format.significant(value ?? .nan, digits: digits))
    }
    switch self {
    case .point: return StyledText(Self.text(row.point, spread: row.spread))
    case .spread: return row.isFixed ? StyledText("fixed", Style(.muted)) : number(row.spread, 3)
    case .interval:
      if row.isFixed { return StyledText("") }
      return StyledText(intervalText(row.outer?.lowerBound, row.outer?.upperBound))
    case .z: return StyledText(row.z.map { Format.fixed($0, decimals: 2) } ?? "")
    case .p: return StyledText(row.p.map(Format.pValue) ?? "")
    case .rHat:
      guard let known = row.convergence else { return StyledText("…", Style(.muted)) }
      return .judged(
        Format.fixed(known.rHat ?? .nan, decimals: 3), known.judgements.rHat, charset)
    case .bulk:
      let count = row.convergence?.bulkESS.map { Format.grouped(Int($0.rounded())) }
      return .judged(
        count ?? Format.notAvailable, row.convergence?.judgements.bulkESS ?? .none, charset)
    case .contraction:
      if row.prior?.isFlat == true { return StyledText("flat", Style(.muted)) }
      return StyledText(
        row.contraction.map { Format.fixed($0, decimals: 2) } ?? Format.notAvailable)
    }
  }
}

/// The order of the rows within their sections.
enum EstimateOrder: Int, CaseIterable {
  case model, name, point, spread

  /// What it is called.
  func title(isSampled: Bool) -> String {
    switch self {
    case .model: "in the model's order"
    case .name: "by name"
    case .point: isSampled ? "by mean" : "by estimate"
    case .spread: isSampled ? "by sd" : "by standard error"
    }
  }

  /// The rows in this order; what is not known comes last.
  func sorted(_ rows: [Estimate], reversed: Bool) -> [Estimate] {
    func number(_ key: KeyPath<Estimate, Double>) -> [Estimate] {
      let known = rows.filter { $0[keyPath: key].isFinite }
        .sorted { $0[keyPath: key] > $1[keyPath: key] }
      return (reversed ? known.reversed() : known) + rows.filter { !$0[keyPath: key].isFinite }
    }
    switch self {
    case .model: return reversed ? rows.reversed() : rows
    case .name:
      let known = rows.sorted { $0.label < $1.label }
      return reversed ? known.reversed() : known
    case .point: return number(\.point)
    case .spread: return number(\.spread)
    }
  }
}
