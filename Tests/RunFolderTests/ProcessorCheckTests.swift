// The check of the processor, on made-up and on real facts.

import Testing

@testable import RunFolder

@Suite("An old processor is named, a new one passes")
struct ProcessorCheckTests {
  @Test("by the features that its flags lack")
  func namesMissingFeatures() {
    #expect(
      ProcessorCheck.missingFeatures(in: "model\t: x\nflags\t\t: fpu avx fma\n") == [
        "avx2", "bmi2",
      ])
    #expect(ProcessorCheck.missingFeatures(in: "flags\t\t: fpu avx2 bmi1 bmi2 fma\n").isEmpty)
    #expect(ProcessorCheck.missingFeatures(in: "no such line\n").isEmpty)
  }

  @Test("and the tests' own processor runs the tests")
  func passesHere() { #expect(ProcessorCheck.complaint() == nil) }
}
