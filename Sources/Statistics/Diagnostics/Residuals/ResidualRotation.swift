// Responses rotated so that those of one group are uncorrelated under the model.

import LinearAlgebra

/// The inverse Cholesky factors of the covariance of the responses, one for each block of rows.
///
/// Unconditional simulations of one group go up and down together, and so do its residuals, so that tests that
/// take them for independent are wrong. L⁻¹ y with L L' the covariance is uncorrelated under the model
/// (DHARMa's `rotation`).
package struct ResidualRotation: Sendable {
  /// The most rows of a block, since the work grows with their third power.
  package static let largestBlock = 2_000
  /// The rows of each block.
  let blocks: [[Int]]
  /// The lower triangle of each block, column by column.
  private let factors: [[Double]]

  /// Why responses cannot be rotated.
  package enum Failure: Error, Equatable {
    /// A block has more rows than `largestBlock`.
    case blockTooLarge(rows: Int)
    /// A block has as many rows as there are simulations, or more.
    case tooFewSimulations(rows: Int, simulations: Int)
    /// A covariance holds a number that is not finite, or is zero.
    case noCovariance
  }

  /// From a covariance of all rows that is known, n × n.
  package init(covariance: [Double], rows n: Int) throws(Failure) {
    precondition(covariance.count == n * n, "a covariance of all rows")
    blocks = [Array(0..<n)]
    factors = [try Self.factor(covariance, n)]
  }

  /// From the covariance of simulations within blocks of rows; rows of different blocks are taken to be independent.
  ///
  /// Simulations that are not those to be rotated keep the rotated ones independent of the factor.
  ///
  /// - Parameter codes: for each row the number of its block, from 0.
  package init(covarianceOf input: ResidualInput, within codes: [Int]) throws(Failure) {
    var blocks = [[Int]](repeating: [], count: (codes.max() ?? -1) + 1)
    for (row, code) in codes.enumerated() { blocks[code].append(row) }
    blocks.removeAll(where: \.isEmpty)
    var factors: [[Double]] = []
    for block in blocks {
      guard block.count <= Self.largestBlock else { throw .blockTooLarge(rows: block.count) }
      guard block.count < input.simulationCount else {
        throw .tooFewSimulations(rows: block.count, simulations: input.simulationCount)
      }
      factors.append(try Self.factor(Self.covariance(input, block), block.count))
    }
    self.blocks = blocks
    self.factors = factors
  }

  /// The input with observed, fitted and simulated responses all multiplied by L⁻¹.
  package func rotated(_ input: ResidualInput) throws(ResidualInputError) -> ResidualInput {
    var (observed, fitted, simulations) = (input.observed, input.fitted, input.simulations)
    for (block, factor) in zip(blocks, factors) {
      Self.solve(factor, block, &observed, 0)
      Self.solve(factor, block, &fitted, 0)
      for simulation in 0..<input.simulationCount {
        Self.solve(factor, block, &simulations, simulation * input.count)
      }
    }
    return try ResidualInput(
      observed: observed, fitted: fitted, simulations: simulations, isDiscrete: false)
  }

  private static func covariance(_ input: ResidualInput, _ block: [Int]) -> [Double] {
    let (m, count) = (block.count, input.simulationCount)
    let centred = block.map { row in
      let column = (0..<count).map { input.simulations[$0 * input.count + row] }
      let mean = column.reduce(0, +) / Double(count)
      return column.map { $0 - mean }
    }
    var covariance = [Double](repeating: 0, count: m * m)
    for c in 0..<m {
      for r in c..<m {
        let (a, b) = (centred[c], centred[r])
        var sum = 0.0
        for i in a.indices { sum += a[i] * b[i] }
        covariance[r + c * m] = sum / Double(count - 1)
        covariance[c + r * m] = covariance[r + c * m]
      }
    }
    return covariance
  }

  /// The Cholesky factor; a matrix that is not positive definite has its small eigenvalues raised first to 1e-6 of the largest.
  private static func factor(_ matrix: [Double], _ n: Int) throws(Failure) -> [Double] {
    var factor = matrix
    do {
      try Dense.choleskyFactor(&factor, order: n)
      return factor
    } catch {
      guard let (values, vectors) = Dense.eigenSystem(matrix, order: n),
        let largest = values.last, largest > 0
      else { throw .noCovariance }
      let raised = values.map { max($0, 1e-6 * largest) }
      var sum = [Double](repeating: 0, count: n * n)
      for k in 0..<n {
        for c in 0..<n {
          let scale = raised[k] * vectors[c + k * n]
          for r in c..<n { sum[r + c * n] += scale * vectors[r + k * n] }
        }
      }
      do { try Dense.choleskyFactor(&sum, order: n) } catch { throw .noCovariance }
      return sum
    }
  }

  /// Forward substitution in the rows of one block.
  private static func solve(
    _ factor: [Double], _ block: [Int], _ values: inout [Double], _ offset: Int
  ) {
    let (l, rows) = (factor.span, block.span)
    var target = values.mutableSpan
    let m = rows.count
    for c in 0..<m {
      let x = target[offset + rows[c]] / l[c + c * m]
      target[offset + rows[c]] = x
      for r in (c + 1)..<max(m, c + 1) { target[offset + rows[r]] -= l[r + c * m] * x }
    }
  }
}
