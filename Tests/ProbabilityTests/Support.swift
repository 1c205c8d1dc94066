// Reading reference tables, and calling vector functions on lists of numbers.

import Foundation
import LinearAlgebra
import Probability

/// A table of reference numbers: rows of fields.
func goldenRows(_ name: String) throws -> [[String]] {
  let url = Bundle.module.url(forResource: "Golden/\(name)", withExtension: "csv")
  guard let url else { throw CocoaError(.fileNoSuchFile) }
  let text = try String(contentsOf: url, encoding: .utf8)
  return text.split(separator: "\n").dropFirst().map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}

/// A number of a table.
func number(_ field: String) -> Double {
  field == "inf" ? .infinity : field == "-inf" ? -.infinity : Double(field) ?? .nan
}

/// A vector function applied to one number in every lane, or in lane 3 beside other numbers.
func inLanes(_ x: Double, _ function: (Lanes) -> Lanes) -> Double {
  var lanes = Lanes(0.5, 1.25, 2, 3, 40, 0.001, 17, 1)
  lanes[3] = x
  return function(lanes)[3]
}
