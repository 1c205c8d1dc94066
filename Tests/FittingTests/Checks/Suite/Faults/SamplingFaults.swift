// Faults that only draws show: a funnel, and a chain that has settled elsewhere.

import Foundation
import Probability
import RunFolder

extension SuiteModel {
  static let samplingFaults = [funnel, disagreeingChains]

  /// Yes or no, once for each group: nothing tells the standard deviation of the groups.
  static let funnel = SuiteModel(
    "funnel", "y ~ x + (1 | g)", family: "bernoulli",
    right: [RightLine("funnel"), RightLine("divergences"), RightLine("E-BFMI")],
    change: fewDraws
  ) { stream in
    var data = DataSketch()
    for group in 0..<300 {
      let x = stream.nextNormal()
      data.append(
        ["y": stream.nextBernoulli(logistic(0.3 + 0.4 * x)), "x": x], in: ["g": "g\(group)"])
    }
    return data
  }

  /// A sound model and a sound run, whose second chain is written over: its slope lies elsewhere.
  ///
  /// No ordinary small model of ours has two modes that chains find; so the fault is made by hand, in the file.
  static let disagreeingChains = SuiteModel(
    "disagreeing chains", "y ~ x + (1 | g)", family: "gaussian",
    right: [RightLine("chains apart", on: "b_x"), RightLine("R-hat", on: "b_x")],
    change: fewDraws,
    alter: { folder in
      try shift("b_x", by: 0.5, inDrawsAt: folder.chainPath(2))
    }
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let effect = 0.8 * stream.nextNormal()
      for _ in 0..<10 {
        let x = stream.nextNormal()
        data.append(
          ["y": 1 + 0.5 * x + effect + stream.nextNormal(), "x": x], in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// Adds a constant to one column of a file of draws.
  private static func shift(
    _ name: String, by distance: Double, inDrawsAt path: String
  ) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var place: Int?
    let lines = try text.split(separator: "\n", omittingEmptySubsequences: false).map {
      line -> String in
      guard !line.isEmpty, !line.hasPrefix("#") else { return String(line) }
      var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard let column = place else {
        place = fields.firstIndex(of: name)
        return String(line)
      }
      guard let value = Double(fields[column]) else { throw SuiteError.noColumn(name) }
      fields[column] = "\(value + distance)"
      return fields.joined(separator: ",")
    }
    guard place != nil else { throw SuiteError.noColumn(name) }
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }
}
