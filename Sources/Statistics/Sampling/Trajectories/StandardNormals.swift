// Standard normal numbers for momenta and starting points.

import Glibc
import Probability

/// Fills a span with independent standard normal numbers, in pairs, by Marsaglia's polar method (1964).
///
/// Nothing is kept between calls, so that the stream's own words are the whole state.
func fillWithNormals(_ values: inout MutableSpan<Double>, from stream: inout RandomStream) {
  var i = 0
  while i < values.count {
    let u = 2 * stream.nextUniform() - 1
    let v = 2 * stream.nextUniform() - 1
    let s = u * u + v * v
    guard s > 0, s < 1 else { continue }
    let radius = (-2 * log(s) / s).squareRoot()
    values[i] = u * radius
    if i + 1 < values.count { values[i + 1] = v * radius }
    i += 2
  }
}
