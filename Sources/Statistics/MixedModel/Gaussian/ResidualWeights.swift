// The precisions of a Gaussian model's residuals at one ψ, and the derivative of a density in them.

import Glibc
import LinearAlgebra

/// The weights w of all lists of cross products: the elements of W = (D C C' D)⁻¹ for each class of units, D = diag(σ).
struct ResidualWeights: Sendable {
  /// One weight for each list of `CrossProducts`.
  private(set) var weights: [Double]
  /// Σ log |W| over all units.
  private(set) var logDeterminant = 0.0

  /// An outcome of a class: log σ = offset + Σ design · ψ.
  private struct Slot: Sendable {
    let outcome: Int
    let coefficients: Int
    let design: Range<Int>
    let offset: Double
  }

  private struct Class: Sendable {
    let slots: Range<Int>
    let firstList: Int
    let pattern: Int
    let unitCount: Double
  }

  private struct Pattern: Sendable {
    let outcomes: [Int]
    let start: Int  // of its s × s matrices in the flat arrays
  }

  private let correlation: ResidualCorrelation?
  private let slots: [Slot]
  private let design: [Double]
  private let classes: [Class]
  private let patterns: [Pattern]
  private var sigmas: [Double]  // of every slot
  private var inverses: [Double]  // P = R⁻¹ of every pattern
  private var patternDeterminants: [Double]  // log |R|
  private var patternSums: [Double]  // Σ D⁻¹SD⁻¹ of every pattern
  private var patternCounts: [Double]
  private var theta: [Double]
  private var factor: [Double]  // C
  private var factorGradient: [Double]
  private var thetaGradient: [Double]
  private var work: [Double]

  init(_ model: MixedModel, _ products: CrossProducts) {
    let units = products.classes
    var slots: [Slot] = []
    var design: [Double] = []
    var classes: [Class] = []
    var lists = 0
    for (index, members) in units.members.enumerated() {
      let first = slots.count
      for row in units.units[members[0]].rows {
        let predictor = model.outcomes[row.outcome].predictors[1]
        let start = design.count
        for column in predictor.columnNames.indices {
          design.append(predictor.design[column * predictor.stride + row.row])
        }
        slots.append(
          Slot(
            outcome: row.outcome, coefficients: predictor.coefficientOffset,
            design: start..<design.count,
            offset: predictor.fixedValue ?? predictor.offset?[row.row] ?? 0))
      }
      let count = slots.count - first
      classes.append(
        Class(
          slots: first..<slots.count, firstList: lists, pattern: units.patterns[index],
          unitCount: Double(members.count)))
      lists += count * (count + 1) / 2
    }
    var patterns: [Pattern] = []
    var size = 0
    for outcomes in units.patternOutcomes {
      patterns.append(Pattern(outcomes: outcomes, start: size))
      size += outcomes.count * outcomes.count
    }
    correlation = model.residualCorrelation
    self.slots = slots
    self.design = design
    self.classes = classes
    self.patterns = patterns
    weights = Array(repeating: 0, count: lists)
    sigmas = Array(repeating: 1, count: slots.count)
    inverses = Array(repeating: 1, count: size)
    patternDeterminants = Array(repeating: 0, count: patterns.count)
    patternSums = Array(repeating: 0, count: size)
    patternCounts = Array(repeating: 0, count: patterns.count)
    let k = model.residualCorrelation?.outcomeCount ?? 1
    theta = Array(repeating: 0, count: k * (k + 1) / 2)
    factor = Array(repeating: 0, count: k * k)
    factorGradient = factor
    thetaGradient = theta
    work = factor
  }

  /// Recomputes the weights at ψ; false where a correlation matrix has no inverse.
  mutating func update(_ psi: [Double]) -> Bool {
    if correlation != nil, !updateCorrelations(psi) { return false }
    logDeterminant = 0
    for index in classes.indices {
      let (range, list, pattern) = (
        classes[index].slots, classes[index].firstList, classes[index].pattern
      )
      var logSum = 0.0
      for slot in range {
        var value = slots[slot].offset
        for (column, place) in slots[slot].design.enumerated() {
          value += design[place] * psi[slots[slot].coefficients + column]
        }
        logSum += value
        sigmas[slot] = exp(value)
      }
      logDeterminant -=
        classes[index].unitCount * (2 * logSum + patternDeterminants[pattern])
      let (s, start) = (range.count, patterns[pattern].start)
      var next = list
      for b in 0..<s {
        for a in 0...b {
          weights[next] =
            inverses[start + b + a * s]
            / (sigmas[range.lowerBound + a] * sigmas[range.lowerBound + b])
          next += 1
        }
      }
    }
    return logDeterminant.isFinite && weights.allSatisfy(\.isFinite)
  }

  /// P and log |R| of every pattern.
  private mutating func updateCorrelations(_ psi: [Double]) -> Bool {
    guard let correlation else { return true }
    let k = correlation.outcomeCount
    for i in 0..<correlation.parameterCount { theta[k + i] = psi[correlation.offset + i] }
    Self.writeFactor(correlation.covariance, theta, into: &factor)
    for index in patterns.indices {
      let (s, start) = (patterns[index].outcomes.count, patterns[index].start)
      for b in 0..<s {
        for a in b..<s {
          let (i, j) = (patterns[index].outcomes[a], patterns[index].outcomes[b])
          var sum = 0.0
          for l in 0...min(i, j) { sum += factor[i + l * k] * factor[j + l * k] }
          work[a + b * s] = sum
        }
      }
      guard Self.invert(&work, order: s, into: &inverses, at: start) else { return false }
      var logPivots = 0.0
      for a in 0..<s { logPivots += log(work[a * (s + 1)]) }
      patternDeterminants[index] = 2 * logPivots
    }
    return true
  }

  private static func writeFactor(
    _ covariance: UnstructuredCovariance, _ theta: [Double], into factor: inout [Double]
  ) {
    var span = factor.mutableSpan
    covariance.factor(theta.span, into: &span)
  }

  /// Replaces the s × s `matrix` by its Cholesky factor and writes its inverse; false where it has none.
  private static func invert(
    _ matrix: inout [Double], order s: Int, into inverses: inout [Double], at start: Int
  ) -> Bool {
    var factor = matrix.mutableSpan
    guard SmallCholesky.failingRow(factoring: &factor, at: 0, order: s) == nil else { return false }
    var inverse = inverses.mutableSpan
    for b in 0..<s {
      for a in 0..<s { inverse[start + a + b * s] = a == b ? 1 : 0 }
      SmallCholesky.solveLower(factor.span, at: 0, order: s, &inverse, from: start + b * s)
      SmallCholesky.solveLowerTransposed(
        factor.span, at: 0, order: s, &inverse, from: start + b * s)
    }
    return true
  }

  /// Adds to `gradient` the derivative in ψ of ½ Σ log |W| − ½ Σ w ⟨G, N⟩ at a fixed G, from the sums ⟨G, N⟩ of all lists.
  ///
  /// With S the matrix of a'Ga over the outcomes of a class of n units,
  /// ```
  /// ∂/∂log σ_a = (W S)_aa − n          ∂/∂R = ½ (P S̃ P − n P),   S̃ = D⁻¹ S D⁻¹
  /// ```
  mutating func addGradient(_ sums: [Double], to gradient: inout [Double]) {
    for i in patternSums.indices { patternSums[i] = 0 }
    for i in patternCounts.indices { patternCounts[i] = 0 }
    for index in classes.indices {
      let (range, list, pattern) = (
        classes[index].slots, classes[index].firstList, classes[index].pattern
      )
      let (s, start) = (range.count, patterns[pattern].start)
      patternCounts[pattern] += classes[index].unitCount
      for a in 0..<s {
        var slope = -classes[index].unitCount
        for b in 0..<s {
          let place = list + (max(a, b) * (max(a, b) + 1)) / 2 + min(a, b)
          // A list of two outcomes holds a b' + b a', which counts a'Gb twice.
          let sum = a == b ? sums[place] : 0.5 * sums[place]
          slope += weights[place] * sum
          patternSums[start + a + b * s] +=
            sum / (sigmas[range.lowerBound + a] * sigmas[range.lowerBound + b])
        }
        let slot = range.lowerBound + a
        for (column, place) in slots[slot].design.enumerated() {
          gradient[slots[slot].coefficients + column] += slope * design[place]
        }
      }
    }
    if correlation != nil { addCorrelationGradient(&gradient) }
  }

  private static func pullBack(
    _ covariance: UnstructuredCovariance, _ factorGradient: [Double], _ theta: [Double],
    _ factor: [Double], into gradient: inout [Double]
  ) {
    var target = gradient.mutableSpan
    covariance.pullBack(factorGradient.span, theta.span, factor.span, into: &target, at: 0)
  }

  private mutating func addCorrelationGradient(_ gradient: inout [Double]) {
    guard let correlation else { return }
    let k = correlation.outcomeCount
    for i in work.indices { work[i] = 0 }  // ∂/∂R over all outcomes
    for index in patterns.indices {
      let (s, start) = (patterns[index].outcomes.count, patterns[index].start)
      for a in 0..<s {
        for b in 0..<s {
          var sum = -patternCounts[index] * inverses[start + a + b * s]
          for c in 0..<s {
            for d in 0..<s {
              sum +=
                inverses[start + a + c * s] * patternSums[start + c + d * s]
                * inverses[start + d + b * s]
            }
          }
          work[patterns[index].outcomes[a] + patterns[index].outcomes[b] * k] += 0.5 * sum
        }
      }
    }
    // R = C C', so the derivative in C is twice that in R times C.
    for c in 0..<k {
      for r in c..<k {
        var sum = 0.0
        for l in c..<k { sum += work[r + l * k] * factor[l + c * k] }
        factorGradient[r + c * k] = 2 * sum
      }
    }
    for i in thetaGradient.indices { thetaGradient[i] = 0 }
    Self.pullBack(correlation.covariance, factorGradient, theta, factor, into: &thetaGradient)
    for i in 0..<correlation.parameterCount {
      gradient[correlation.offset + i] += thetaGradient[k + i]
    }
  }
}
