// The versions of the C libraries in use, as they say themselves.

import CCholmod
import COpenBLAS

/// The versions of the libraries behind this room.
package enum LibraryVersions {
  /// OpenBLAS with the processor it was chosen for: `OpenBLAS 0.3.21 ... Haswell`.
  package static var openBLAS: String {
    guard let text = openblas_get_config() else { return "not available" }
    return String(cString: text)
  }

  /// CHOLMOD: `3.0.14`.
  package static var cholmod: String {
    var parts: [Int32] = [0, 0, 0]
    _ = cholmod_version(&parts)
    return parts.map(String.init).joined(separator: ".")
  }
}
