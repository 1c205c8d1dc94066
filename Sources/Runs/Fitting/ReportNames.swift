// Names for result types that Diagnostics has under the same name: a file that imports both rooms uses these.

import RunFolder

/// The result of Markov chain Monte Carlo, as reports hold it.
package typealias PosteriorReport = SamplerReport
/// A test of residuals, as reports hold it.
package typealias ReportedTest = TestResult
/// The tests of one outcome's residuals, as reports hold them.
package typealias ReportedTests = ResidualTests
