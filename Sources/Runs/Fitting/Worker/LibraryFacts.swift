// The libraries that the fitting core computes with, for --version.

import LinearAlgebra

/// The libraries in use.
package enum LibraryFacts {
  /// A line for each library with its version.
  package static var lines: [String] {
    [
      "linear algebra: \(LibraryVersions.openBLAS)",
      "sparse factors: CHOLMOD \(LibraryVersions.cholmod)",
    ]
  }
}
