// Chains of draws for sample runs: some mix well, one mixes badly.

import RunFolder

/// Makes chains.
enum SampleChains {
  /// Names, centres and spreads of the parameters.
  static let parameters: [(name: String, mean: Double, sd: Double)] = [
    ("b_math_score_Intercept", 49.7, 0.6), ("b_math_score_gendermale", 1.61, 0.37),
    ("b_math_score_SES", 3.04, 0.19), ("b_passed_Intercept", 0.42, 0.13),
    ("b_passed_gendermale", -0.185, 0.1), ("b_passed_SES", 0.64, 0.057),
    ("sd_school_id__math_score_Intercept", 4.12, 0.42),
    ("sd_school_id__passed_Intercept", 0.77, 0.1),
    ("cor_school_id__math_score_Intercept__passed_Intercept", 0.58, 0.12),
    ("sigma_math_score", 8.04, 0.13),
  ]

  /// A chain with its warm-up, which begins far off; the fourth parameter mixes badly.
  static func chain(
    _ id: Int, warmup: Int, kept: Int, divergences: Int = 0,
    of parameters: [(name: String, mean: Double, sd: Double)] = parameters,
    settings: [String: String] = [:]
  ) -> ChainDraws {
    var numbers = SampleNumbers(seed: UInt64(id))
    let count = warmup + kept
    var columns: [[Double]] = [
      [], [], Array(repeating: 0.41, count: count), [], [], [], [],
    ]
    for index in 0..<count {
      columns[0].append(-8040 + 3 * numbers.normal())
      columns[1].append(0.8 + 0.15 * numbers.uniform())
      columns[3].append(3 + (numbers.uniform() < 0.3 ? 1 : 0))
      columns[4].append(7 + (numbers.uniform() < 0.3 ? 8 : 0))
      columns[5].append(index >= count - divergences ? 1 : 0)
      columns[6].append(8060 + 6 * numbers.normal())
    }
    for (place, parameter) in parameters.enumerated() {
      columns.append(
        series(
          count, warmup: warmup, mean: parameter.mean, sd: parameter.sd,
          memory: place == 3 ? 0.97 : 0.2, shift: place == 3 ? Double(id % 2) * 0.15 : 0, &numbers))
    }
    var chain = ChainDraws(
      id: id, names: DrawStatistics.names + parameters.map(\.name), columns: columns,
      warmupCount: warmup, phase: kept >= 1000 ? .finished : .sampling, stepSize: 0.41)
    chain.settings = settings
    return chain
  }

  private static func series(
    _ count: Int, warmup: Int, mean: Double, sd: Double, memory: Double, shift: Double,
    _ numbers: inout SampleNumbers
  ) -> [Double] {
    var place = 0.0
    let noise = (1 - memory * memory).squareRoot()
    return (0..<count).map { index in
      place = memory * place + noise * numbers.normal()
      let start = index < warmup ? 20 * sd * Double(max(0, 30 - index)) / 30 : 0
      return mean + shift + sd * place + start
    }
  }
}
