// What every test of residuals reports.

/// The outcome of one test.
package struct TestResult: Sendable, Equatable {
  /// The statistic; nil where it does not exist, such as the ratio of zeros when no simulation has
  /// any.
  package let statistic: Double?
  /// The p value.
  package let p: Double

  /// A result.
  package init(statistic: Double?, p: Double) {
    self.statistic = statistic
    self.p = p
  }
}
