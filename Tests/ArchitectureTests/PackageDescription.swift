// The package as the package manager understands it.

import Foundation
import Testing

/// One target of the package.
struct PackageTarget: Sendable {
  let name: String
  let path: String
  /// The names of the targets and products it depends on.
  let dependencies: Set<String>

  /// Whether it is a target of tests, or of what tests share.
  var isForTests: Bool { path.hasPrefix("Tests/") }
}

enum PackageDescription {
  /// All targets of the package, asked for once.
  static func targets() throws -> [PackageTarget] { try described.get() }

  private static let described = Result { try describe() }

  /// Asks the package manager.
  ///
  /// The package manager gets a scratch folder of its own: the tests run while another one holds the usual folder.
  private static func describe() throws -> [PackageTarget] {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("architecture-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let dump = try #require(
      try Repository.output(of: [
        "swift", "package", "--package-path", Repository.root.path, "--scratch-path", scratch.path,
        "--manifest-cache", "none", "dump-package",
      ]), "swift package dump-package failed")
    let package = try JSONSerialization.jsonObject(with: Data(dump.utf8)) as? [String: Any]
    let targets = try #require(package?["targets"] as? [[String: Any]])
    return try targets.map { target in
      let dependencies = try #require(target["dependencies"] as? [[String: Any]])
      return PackageTarget(
        name: try #require(target["name"] as? String),
        path: try #require(target["path"] as? String),
        dependencies: Set(try dependencies.map(dependencyName)))
    }
  }

  /// The name in `{"byName": ["X", null]}`, `{"target": ["X", null]}` or `{"product": ["X", "package", ...]}`.
  private static func dependencyName(_ dependency: [String: Any]) throws -> String {
    let kind = try #require(dependency.first)
    try #require(["byName", "target", "product"].contains(kind.key))
    return try #require((kind.value as? [Any])?.first as? String)
  }
}
