// The preconditioner of a model's chains: the joint precision at the mode, or plain scales where that is not usable.

import Sampling

/// One of the preconditioners that a model's chains may have; all chains of a run have the same.
package enum ModelMetric: Preconditioner, Sendable {
  case arrow(ArrowPreconditioner)
  case diagonal(DiagonalPreconditioner)

  package var dimension: Int {
    switch self {
    case .arrow(let metric): metric.dimension
    case .diagonal(let metric): metric.dimension
    }
  }

  package func transform(_ y: Span<Double>, into x: inout MutableSpan<Double>) {
    switch self {
    case .arrow(let metric): metric.transform(y, into: &x)
    case .diagonal(let metric): metric.transform(y, into: &x)
    }
  }

  package func pullBack(_ gradient: Span<Double>, into w: inout MutableSpan<Double>) {
    switch self {
    case .arrow(let metric): metric.pullBack(gradient, into: &w)
    case .diagonal(let metric): metric.pullBack(gradient, into: &w)
    }
  }

  package func whiten(_ x: Span<Double>, into y: inout MutableSpan<Double>) {
    switch self {
    case .arrow(let metric): metric.whiten(x, into: &y)
    case .diagonal(let metric): metric.whiten(x, into: &y)
    }
  }
}
