// Priors of a whole covariance matrix: inverse Wishart, and MCMCglmm's parameter-expanded one with α integrated out.

import Glibc

/// A prior of Σ = Λ Λ' of an unstructured block, as a density of its θ.
///
/// With P = Σ⁻¹, standard deviations s and the correlation matrix R, the density of (s, R) is
/// ```
/// inverse Wishart, scale M = ν V:   −(ν+1) Σ log s − (ν+k+1)/2 log |R| − tr(M P)/2
/// parameter-expanded, V diagonal:   −(ν+1) Σ log s − (ν+k+1)/2 log |R| − (ν+1)/2 Σ_i log(P_ii + 1/(ν a_i²))
/// ```
/// The first is the usual density (Barnard, McCulloch & Meng 2000, equation 6). In the second Σ = diag(α) W diag(α)
/// with W inverse Wishart and α_i ~ N(0, A_i): given the correlations, W_ii is inverse gamma with scale
/// ν V_ii R⁻¹_ii, so s_i is half-t_ν with scale a_i √(R⁻¹_ii), a_i² = A_i V_ii (Gelman 2006 has the case k = 1), and the signs
/// of α leave |R| and R⁻¹_ii as they are. A fixed standard deviation has no element in θ: the density is then the
/// conditional one of the rest, as MCMCglmm's `fix` has it.
struct CovariancePrior: Sendable {
  /// Which of the two.
  enum Kind: Sendable {
    /// ν V, k × k.
    case inverseWishart([Double])
    /// The squares a_i² of the scales.
    case parameterExpanded([Double])
  }

  /// The structure that θ belongs to.
  let covariance: UnstructuredCovariance
  /// The place in ψ of the first element of θ.
  let start: Int
  /// ν.
  let df: Double
  let kind: Kind

  /// The largest block whose matrices fit on the stack.
  private static let smallSize = 8

  /// Returns the log density at θ, up to a constant, and adds its gradient.
  func addLogDensity(
    at psi: Span<Double>, gradient: inout MutableSpan<Double>, offset: Int, includesJacobian: Bool
  ) -> Double {
    let count = covariance.size * covariance.size
    if covariance.size <= Self.smallSize {
      var scratch = InlineArray<256, Double>(repeating: 0)
      var span = scratch.mutableSpan
      return evaluate(psi, &gradient, offset, includesJacobian, &span, count)
    }
    var scratch = [Double](repeating: 0, count: 4 * count)
    var span = scratch.mutableSpan
    return evaluate(psi, &gradient, offset, includesJacobian, &span, count)
  }

  /// `scratch` holds Λ, its inverse A, P and the derivative in Λ, k × k each.
  private func evaluate(
    _ psi: Span<Double>, _ gradient: inout MutableSpan<Double>, _ offset: Int,
    _ includesJacobian: Bool, _ scratch: inout MutableSpan<Double>, _ count: Int
  ) -> Double {
    let k = covariance.size
    let theta = psi.extracting(start..<(start + covariance.parameterCount))
    do {
      var lambda = scratch._mutatingExtracting(0..<count)
      covariance.factor(theta, into: &lambda)
    }
    // A = Λ⁻¹, column by column.
    for c in 0..<k {
      for r in c..<k {
        var sum = r == c ? 1.0 : 0
        for l in c..<r { sum -= scratch[r + l * k] * scratch[count + l + c * k] }
        scratch[count + r + c * k] = sum / scratch[r + r * k]
      }
    }
    for c in 0..<k {
      for r in 0..<k {
        var sum = 0.0
        for l in max(r, c)..<k { sum += scratch[count + l + r * k] * scratch[count + l + c * k] }
        scratch[2 * count + r + c * k] = sum
      }
    }
    let value = differentiate(&scratch, count)
    covariance.pullBack(
      scratch.span.extracting((3 * count)..<(4 * count)), theta,
      scratch.span.extracting(0..<count), into: &gradient, at: offset + start)
    return value + addScaleTerms(theta, &gradient, offset + start, includesJacobian)
  }

  /// Returns the part that depends on P and writes its derivative in Λ, P W A' with W = M or diag((ν+1)/(P_ii + c_i)).
  private func differentiate(_ scratch: inout MutableSpan<Double>, _ count: Int) -> Double {
    let k = covariance.size
    let (inverse, precision, result) = (count, 2 * count, 3 * count)
    var value = 0.0
    switch kind {
    case .inverseWishart(let matrix):
      for i in 0..<count { value -= 0.5 * matrix[i] * scratch[precision + i] }
    case .parameterExpanded(let squares):
      for i in 0..<k {
        value -=
          0.5 * (df + 1) * log(scratch[precision + i * (k + 1)] + 1 / (df * squares[i]))
      }
    }
    for c in 0..<k {
      for r in c..<k {
        var sum = 0.0
        // (W A')_lc = Σ_m W_lm A_cm
        for l in 0..<k {
          var inner = 0.0
          switch kind {
          case .inverseWishart(let matrix):
            for m in 0...c { inner += matrix[l + m * k] * scratch[inverse + c + m * k] }
          case .parameterExpanded(let squares):
            guard l <= c else { continue }
            inner =
              (df + 1) / (scratch[precision + l * (k + 1)] + 1 / (df * squares[l]))
              * scratch[inverse + c + l * k]
          }
          sum += scratch[precision + r + l * k] * inner
        }
        scratch[result + r + c * k] = sum
      }
    }
    return value
  }

  /// The powers of the standard deviations and of 1 + |t_i|², whose product over rows is 1/|R|.
  ///
  /// The Jacobian of θ ↦ (s, R) is Π s_i Π (1 + |t_i|²)^(−(k+1)/2).
  private func addScaleTerms(
    _ theta: Span<Double>, _ gradient: inout MutableSpan<Double>, _ place: Int,
    _ includesJacobian: Bool
  ) -> Double {
    let k = covariance.size
    let free = covariance.parameterCount - k * (k - 1) / 2
    var value = 0.0
    let power = includesJacobian ? df : df + 1
    for i in 0..<free {
      value -= power * theta[i]
      gradient[place + i] -= power
    }
    let rowPower = includesJacobian ? 0.5 * df : 0.5 * (df + Double(k) + 1)
    var next = free
    for row in 1..<k {
      var norm = 1.0
      for l in 0..<row { norm += theta[next + l] * theta[next + l] }
      value += rowPower * log(norm)
      for l in 0..<row { gradient[place + next + l] += 2 * rowPower * theta[next + l] / norm }
      next += row
    }
    return value
  }
}
