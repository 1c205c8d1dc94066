// The derivatives of y log μ - μ for the links of a count's mean, eight rows at a time.

import LinearAlgebra
import Probability

/// Log link.
struct PoissonLogKernel: RowKernel {
  static var readsTrials: Bool { false }
  static var readsCentering: Bool { true }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> DerivativeLanes {
    let mean = VectorMath.boundedExp(rows.eta)
    var r = DerivativeLanes()
    r.value = multiplyAdd(rows.y, rows.eta, -mean) - rows.centering
    r.first = rows.y - mean
    r.second = -mean
    r.third = -mean
    return r
  }
}

/// Square root link: μ = η².
struct PoissonRootKernel: RowKernel {
  static var readsTrials: Bool { false }
  static var readsCentering: Bool { true }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> DerivativeLanes {
    let powers = CountOverPowers(rows)
    var r = DerivativeLanes()
    r.value = powers.logarithm + powers.logarithm - rows.eta * rows.eta - rows.centering
    r.first = (powers.first - rows.eta) * 2
    r.second = (powers.second + 1) * -2
    r.third = powers.third * 4
    return r
  }
}

/// Identity link; a mean that is not positive has density 0.
struct PoissonIdentityKernel: RowKernel {
  static var readsTrials: Bool { false }
  static var readsCentering: Bool { true }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> DerivativeLanes {
    let powers = CountOverPowers(rows)
    var r = DerivativeLanes()
    r.value = VectorMath.choose(
      rows.eta .> Lanes(), powers.logarithm - rows.eta - rows.centering,
      VectorMath.splat(-.infinity))
    r.first = powers.first - 1
    r.second = -powers.second
    r.third = powers.third * 2
    return r
  }
}

/// y log |η|, y / η, y / η² and y / η³, all 0 where y is 0, whatever η is.
private struct CountOverPowers {
  let logarithm: Lanes
  let first: Lanes
  let second: Lanes
  let third: Lanes

  @inline(always) init(_ rows: RowLanes) {
    let isZero = rows.y .== Lanes()
    let inverse = VectorMath.splat(1) / VectorMath.choose(isZero, VectorMath.splat(1), rows.eta)
    let logOfEta = VectorMath.log(VectorMath.magnitude(rows.eta))
    logarithm = VectorMath.choose(isZero, Lanes(), rows.y * logOfEta)
    first = rows.y * inverse
    second = first * inverse
    third = second * inverse
  }
}
