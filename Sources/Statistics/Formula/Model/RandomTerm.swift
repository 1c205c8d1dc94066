// A random-effect term as written: (1 + x | g), (x || g), (1 |p| g), diag(1 + x | g).

/// How the elements of a random-effect vector vary together.
package enum CovarianceStructure: String, Sendable {
  /// Any covariance matrix.
  case unstructured = "us"
  /// Independent elements, each with its own variance.
  case diagonal = "diag"
}

/// A random-effect term of one predictor for one grouping factor.
struct RandomTerm: Sendable {
  /// The columns whose coefficients vary between groups.
  let terms: FixedTerms
  /// The factors whose combinations are the groups; more than one for `a:b`.
  let group: [Expression]
  /// The identifier `p` of `(1 |p| g)`.
  let identifier: String?
  /// Whether it was written with `||`: every term of it varies independently.
  let isSplit: Bool
  /// How the coefficients vary together, or the error that says that this cannot be fitted yet.
  let structure: Result<CovarianceStructure, FormulaError>
  /// The whole term.
  let place: Place
  /// The grouping factor.
  let groupPlace: Place

  /// `school_id` or `a:b`.
  var groupName: String { group.map { $0.name ?? $0.text }.joined(separator: ":") }
}
