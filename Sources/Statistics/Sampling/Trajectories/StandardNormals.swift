// Standard normal numbers for momenta and starting points.

import Probability

/// Fills a span with independent standard normal numbers.
func fillWithNormals(_ values: inout MutableSpan<Double>, from stream: inout RandomStream) {
  for i in values.indices { values[i] = stream.nextNormal() }
}
