// Nanoseconds of an observation in the kernels, by family, link and order of derivatives.

import Families
import Probability

/// The kernels on 100,000 rows, the dispersion being one number for all rows as in most models.
enum DensitySection {
  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    let rows = settings.choose(100_000, quick: 20_000)
    var table = BenchTable(
      "Log density: nanoseconds per observation, \(rows) rows, constant dispersion",
      columns: ["family", "link", "value", "+ first", "+ second", "+ third derivatives"])
    for (family, links) in choices {
      for link in links {
        let kernel = KernelRun(
          try ResponseFamilies.named(family, link: link.rawValue), rows: rows)
        let times = [DerivativeOrder.value, .first, .second, .third].map { order in
          Cell.number(
            Stopwatch.secondsPerCall(batches: settings.choose(25, quick: 5)) {
              kernel.sweep(order)
            } * 1e9 / Double(rows))
        }
        table.rows.append([.text(family), .text(link.rawValue)] + times)
      }
    }
    table.remarks = ["median of 25 batches, processor time of the thread; linear predictors given"]
    return [table]
  }

  private static let choices: [(String, [Link])] = [
    ("gaussian", GaussianFamily.links), ("bernoulli", BernoulliFamily.links),
    ("binomial", BinomialFamily.links), ("poisson", PoissonFamily.links),
    ("negbinomial", NegativeBinomialFamily.links),
  ]
}

/// Simulated responses of a family with the predictors they were drawn from, in blocks of rows.
private final class KernelRun {
  private let family: any ResponseFamily
  private let response: ResponseData
  private let blocks: [PredictorBlock]
  private let dispersion: Double?
  private let rows: Int
  private var derivatives: DerivativeBlock
  private(set) var total = 0.0

  init(_ family: any ResponseFamily, rows: Int) {
    self.family = family
    self.rows = rows
    let count = family.parameters.count
    dispersion = count > 1 ? 0.3 : nil
    derivatives = DerivativeBlock(predictorCount: count)
    var stream = RandomStream(seed: 1)
    let trials = family.name == "binomial" ? 10.0 : 1
    var y: [Double] = []
    var blocks: [PredictorBlock] = []
    for start in stride(from: 0, to: rows, by: rowsPerBlock) {
      var block = PredictorBlock(count: count)
      for i in 0..<min(rowsPerBlock, rows - start) {
        let eta = Self.predictor(family.parameters[0].link, stream.nextNormal())
        block.values[i] = eta
        y.append(
          family.simulate(
            trials: trials, predictors: [eta] + (dispersion.map { [$0] } ?? []), using: &stream))
      }
      if let dispersion {
        block.isConstant[1] = true
        for i in rowsPerBlock..<(rowsPerBlock + 8) { block.values[i] = dispersion }
      }
      blocks.append(block)
    }
    self.blocks = blocks
    response = family.prepare(
      y: y, trials: family.name == "binomial" ? y.map { _ in trials } : nil)
  }

  /// Linear predictors with a usable mean: positive where the link asks for it.
  private static func predictor(_ link: Link, _ normal: Double) -> Double {
    switch link {
    case .sqrt, .inverse: 2 + abs(normal)
    case .identity: 6 + max(normal, -5)
    default: 0.5 + normal
    }
  }

  /// Sums the log density over all rows with derivatives up to `order`.
  func sweep(_ order: DerivativeOrder) {
    for (index, block) in blocks.enumerated() {
      let start = index * rowsPerBlock
      total += family.evaluate(
        response, start: start, count: min(rowsPerBlock, rows - start), predictors: block,
        order: order, into: &derivatives)
    }
    if let dispersion {
      total += family.sharedTerm(response, constantPredictor: dispersion).value
    }
  }
}
