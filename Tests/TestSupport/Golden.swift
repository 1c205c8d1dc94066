// Where reference data lie, and how they are read.

import Foundation

/// The reference files beside the tests.
package enum Golden {
  /// The path of a file under `Tests/Golden`.
  package static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Golden").appendingPathComponent(name).path
  }

  /// The top-level object of a JSON file under `Tests/Golden`.
  package static func json(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path(name)))
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }
}
