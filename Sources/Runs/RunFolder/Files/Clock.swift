// The time of day, for stamps in files.

import Glibc

/// Seconds since 1970, with fractions.
package func wallClock() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}
