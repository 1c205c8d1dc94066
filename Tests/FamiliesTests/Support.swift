// Reference tables, random blocks of rows, and one-row calls of the kernels.

import Foundation
import Probability
import Testing

@testable import Families

/// A table of reference numbers by column.
struct GoldenTable {
  let rows: [[String: Double]]

  init(_ name: String) throws {
    let url = Bundle.module.url(forResource: "Golden/\(name)", withExtension: "csv")
    guard let url else { throw CocoaError(.fileNoSuchFile) }
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    let header = lines[0].split(separator: ",").map(String.init)
    rows = lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return Dictionary(
        uniqueKeysWithValues: zip(header, fields).map { ($0, Double($1) ?? .nan) })
    }
  }
}

/// Whether a value is within 1e-10 of the larger of |reference| and 1e-3.
func agrees(_ value: Double, _ reference: Double, _ tolerance: Double = 1e-10) -> Bool {
  abs(value - reference) <= tolerance * max(abs(reference), 1e-3)
}

/// What a kernel returned for a block: the sum and the channels.
struct BlockResult {
  let sum: Double
  let derivatives: DerivativeBlock
  func channel(_ c: Int, row: Int) -> Double { derivatives.values[c * rowsPerBlock + row] }
}

/// Runs the kernel on rows of one block; `eta` holds one list for each predictor, of length 1
/// where it is constant.
func evaluate(
  _ family: any ResponseFamily, _ response: ResponseData, eta: [[Double]],
  order: DerivativeOrder = .third, start: Int = 0, count: Int? = nil, rest: Double = 0
) -> BlockResult {
  var predictors = PredictorBlock(count: eta.count)
  let count = count ?? min(response.count - start, rowsPerBlock)
  for (a, list) in eta.enumerated() {
    predictors.isConstant[a] = list.count == 1
    for i in 0..<rowsPerBlock {
      predictors.values[a * rowsPerBlock + i] =
        list.count == 1 ? list[0] : i < list.count ? list[i] : rest
    }
  }
  var derivatives = DerivativeBlock(predictorCount: eta.count)
  let sum = family.evaluate(
    response, start: start, count: count, predictors: predictors, order: order, into: &derivatives)
  return BlockResult(sum: sum, derivatives: derivatives)
}

/// log f of one row and its derivatives through the kernel, the constants and the shared term.
///
/// With `constant` the predictors after μ are the same for all rows, which is another kernel.
func oneRow(
  _ family: any ResponseFamily, y: Double, trials: Double? = nil, predictors: [Double],
  constant: Bool
) -> (value: Double, channels: [Double]) {
  let response = family.prepare(y: [y], trials: trials.map { [$0] })
  let eta = predictors.enumerated().map { index, value in
    constant && index > 0 ? [value] : [value, value]
  }
  let result = evaluate(family, response, eta: eta, count: 1)
  var value = result.sum + response.constantSum
  var channels = (0..<result.derivatives.channels.count).map { result.channel($0, row: 0) }
  if constant, predictors.count > 1 {
    let shared = family.sharedTerm(response, constantPredictor: predictors[1])
    value += shared.value
    channels[1] += shared.first
    channels[result.derivatives.channels.second(1, 1)] += shared.second
  }
  return (value, channels)
}

/// A family with the responses and predictors that suit it.
struct FamilyCase: Sendable, CustomStringConvertible {
  let label: String
  let family: any ResponseFamily
  let trials: Bool
  /// Linear predictors to draw from, uniformly.
  let eta: [ClosedRange<Double>]
  var description: String { label }

  init(
    _ label: String, _ family: any ResponseFamily, trials: Bool = false,
    _ eta: ClosedRange<Double>...
  ) {
    self.label = label
    self.family = family
    self.trials = trials
    self.eta = eta
  }

  static let all = [
    FamilyCase("gaussian", GaussianFamily(), -3...3, -1...1),
    FamilyCase("gaussian log", GaussianFamily(link: .log), -2...2, -1...1),
    FamilyCase("gaussian inverse", GaussianFamily(link: .inverse), 0.9...3, -1...1),
    FamilyCase("bernoulli logit", BernoulliFamily(), -6...6),
    FamilyCase("bernoulli probit", BernoulliFamily(link: .probit), -4...4),
    FamilyCase("bernoulli cloglog", BernoulliFamily(link: .cloglog), -6...1.5),
    FamilyCase("binomial logit", BinomialFamily(), trials: true, -6...6),
    FamilyCase("binomial probit", BinomialFamily(link: .probit), trials: true, -3...3),
    FamilyCase("binomial cloglog", BinomialFamily(link: .cloglog), trials: true, -6...1.5),
    FamilyCase("poisson log", PoissonFamily(), -3...6),
    FamilyCase("poisson sqrt", PoissonFamily(link: .sqrt), 0.3...9),
    FamilyCase("poisson identity", PoissonFamily(link: .identity), 0.2...40),
    FamilyCase("negbinomial", NegativeBinomialFamily(), -3...6, -2...4),
    FamilyCase("negbinomial, large counts", NegativeBinomialFamily(), 6...9, -2...4),
  ]

  /// `count` rows of predictors and of responses drawn from them.
  func draw(_ count: Int, seed: UInt64) -> (y: [Double], trials: [Double]?, eta: [[Double]]) {
    var stream = RandomStream(seed: seed)
    let eta = eta.map { range in
      (0..<count).map { _ in
        range.lowerBound + stream.nextUniform() * (range.upperBound - range.lowerBound)
      }
    }
    let trials = trials ? (0..<count).map { _ in Double(stream.nextInt(below: 12)) } : nil
    let y = (0..<count).map { i in
      family.simulate(trials: trials?[i] ?? 1, predictors: eta.map { $0[i] }, using: &stream)
    }
    return (y, trials, eta)
  }
}
