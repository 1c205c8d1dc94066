// Why a family or link that was asked for cannot be had.

/// An error in the choice of a family or its link; the message names the mend.
package enum FamilyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No package has a family of this name; `suggestion` is the nearest that exists.
  case unknownFamily(name: String, suggestion: String?)
  /// A family of other packages that is not built here.
  case familyNotAvailable(name: String)
  /// No link has this name; `available` are the family's.
  case unknownLink(name: String, family: String, suggestion: String?, available: [String])
  /// A link that exists but that the family has not.
  case linkNotAvailable(name: String, family: String, available: [String])

  /// One sentence with the mend, without a full stop.
  package var description: String {
    switch self {
    case .unknownFamily(let name, let suggestion):
      "there is no family '\(name)'" + Self.hint(suggestion)
        + "; the families are \(Self.list(ResponseFamilies.names))"
    case .familyNotAvailable(let name):
      "the family '\(name)' is not available yet; the families are "
        + Self.list(ResponseFamilies.names)
    case .unknownLink(let name, let family, let suggestion, let available):
      "there is no link '\(name)'" + Self.hint(suggestion)
        + "; \(family) has the \(Self.links(available))"
    case .linkNotAvailable(let name, let family, let available):
      "the link '\(name)' is not available for \(family), which has the \(Self.links(available))"
    }
  }

  private static func hint(_ suggestion: String?) -> String {
    suggestion.map { " (did you mean '\($0)'?)" } ?? ""
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }

  private static func links(_ names: [String]) -> String {
    (names.count == 1 ? "link " : "links ") + list(names)
  }
}
