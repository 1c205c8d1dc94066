// Plots of predictive checks as drawings.

import TerminalCore
import Testing

@testable import Plots

@Suite("Predictive plots show")
struct PredictiveDrawingTests {
  @Test("counts as bars with what is expected")
  func bars() {
    #expect(
      drawing(Examples.countBars, 40, 12, .braille) == """
        """)
    #expect(
      drawing(Examples.countBars, 30, 8, .ascii) == """
        """)
  }

  @Test("bars that hang from what is expected, with the misfit about zero")
  func hanging() {
    #expect(
      drawing(Examples.hangingBars, 40, 12, .block) == """
        """)
  }

  @Test("values over predicted intervals, a cross outside, and from the prediction on where that is clearer")
  func bands() {
    #expect(
      drawing(Examples.bands, 40, 12, .braille) == """
        """)
    #expect(
      drawing(Examples.relativeBands, 40, 10, .ascii) == """
        """)
    #expect(!Examples.bands.needsRelative(rows: 20))
    #expect(Examples.bands.needsRelative(rows: 8))
  }
}
