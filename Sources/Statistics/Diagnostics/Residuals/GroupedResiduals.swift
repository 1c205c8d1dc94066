// Responses, fitted values and simulations added up or averaged within groups, to be judged by group.

import LinearAlgebra

/// How the rows of a group become one number.
package enum Aggregation: String, Sendable, CaseIterable {
  case sum, mean
}

extension ResidualInput {
  /// One row for each group: DHARMa's `recalculateResiduals`.
  ///
  /// Small departures that many rows of a group share show in its sum and not in any row; group sums of
  /// Bernoulli responses have a distribution to judge where single ones have none.
  ///
  /// - Parameters:
  ///   - codes: for each row the number of its group, from 0; rows with a negative one are left out.
  ///   - aggregate: how a group's rows become one.
  /// - Returns: the input with a row for each group that has rows, in the order of their numbers.
  /// - Throws: `noRows` when no row is in a group.
  package func grouped(
    by codes: [Int], aggregate: Aggregation
  ) throws(ResidualInputError) -> ResidualInput {
    precondition(codes.count == count, "one group for each row")
    let most = (codes.max() ?? -1) + 1
    var sizes = [Double](repeating: 0, count: max(most, 0))
    for code in codes where code >= 0 { sizes[code] += 1 }
    var place = 0
    let places = sizes.map { size in
      defer { if size > 0 { place += 1 } }
      return size > 0 ? place : -1
    }
    guard place > 0 else { throw .noRows }
    let groupOfRow = codes.map { $0 < 0 ? -1 : places[$0] }
    let divisors = sizes.filter { $0 > 0 }.map { aggregate == .sum ? 1 : $0 }
    var simulated = [Double](repeating: 0, count: place * simulationCount)
    for simulation in 0..<simulationCount {
      Self.add(
        simulations.span.extracting(simulation * count..<(simulation + 1) * count),
        groupOfRow.span, divisors.span, to: &simulated, from: simulation * place)
    }
    func total(_ column: [Double]) -> [Double] {
      var result = [Double](repeating: 0, count: place)
      Self.add(column.span, groupOfRow.span, divisors.span, to: &result, from: 0)
      return result
    }
    return try ResidualInput(
      observed: total(observed), fitted: total(fitted), simulations: simulated,
      isDiscrete: isDiscrete)
  }

  private static func add(
    _ column: Span<Double>, _ groups: Span<Int>, _ divisors: Span<Double>,
    to result: inout [Double], from offset: Int
  ) {
    var target = result.mutableSpan
    for row in column.indices where groups[row] >= 0 { target[offset + groups[row]] += column[row] }
    for group in divisors.indices { target[offset + group] /= divisors[group] }
  }
}
