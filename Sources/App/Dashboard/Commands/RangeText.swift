// Ranges as they are typed: `100:500`, `y -1:1`, `100:500 y -1:1`.

import Panes

/// What is wrong with a range that was typed, in words.
struct RangeTextError: Error, Equatable {
  let description: String
}

extension PlotRange {
  /// The range that a text means.
  init(typed text: String) throws(RangeTextError) {
    self.init()
    var isValues = false
    for word in text.split(separator: " ") {
      if word == "y" || word == "x" {
        isValues = word == "y"
        continue
      }
      let ends = word.split(separator: ":", omittingEmptySubsequences: false)
      guard ends.count == 2 else {
        throw RangeTextError(description: "\(word) is not a range; a range is written 100:500")
      }
      if isValues {
        guard let low = Double(ends[0]), let high = Double(ends[1]), low.isFinite, high.isFinite,
          low < high
        else { throw RangeTextError(description: "\(word) is not a range of values such as -1:1") }
        values = low...high
      } else {
        guard let first = Int(ends[0]), let last = Int(ends[1]), first >= 1, first < last else {
          throw RangeTextError(description: "\(word) is not a range of iterations such as 100:500")
        }
        draws = first...last
      }
    }
    guard draws != nil || values != nil else {
      throw RangeTextError(description: "a range is written 100:500, or y -1:1 for values")
    }
  }
}
