// Names for stored tests, which Diagnostics has under the same names: files that import both rooms use these.

import RunFolder

/// A test of residuals, as the run folder holds it.
typealias StoredTest = TestResult
/// The tests of one outcome's residuals, as the run folder holds them.
typealias StoredTests = ResidualTests
