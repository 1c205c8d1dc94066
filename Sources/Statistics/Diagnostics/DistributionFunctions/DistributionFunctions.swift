// The few distribution functions that the diagnostics need, gathered under one name.

import Glibc

/// Distribution functions and quantiles of the tests in this room; accurate to about 1e-13
/// relative, 1e-11 where parameters are in the thousands.
enum DistributionFunctions {
  /// The natural logarithm of the gamma function for `x > 0`, without touching the C library's
  /// global sign.
  static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }
}
