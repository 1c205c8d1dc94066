// The one way in which a Cholesky factorisation can fail.

/// A matrix had no Cholesky factor: the pivot at `index` was not positive (or not a number).
package struct NotPositiveDefinite: Error, Sendable, Equatable {
  /// The row of the failing pivot, in the order of the whole matrix.
  package let index: Int
  /// A failure at a row.
  package init(index: Int) { self.index = index }
}
