// What looking costs: chains of known autocorrelation are stopped by a rule, many times over, and compared with the truth.

import Glibc
import Probability
import RunFolder
import Testing

@testable import Diagnostics
@testable import Fitting

@Suite("A stopping rule does not mislead")
struct StoppingBiasTests {
  /// What was found of one rule over many runs.
  struct Record {
    var runs = 0
    /// Runs in which the true mean lay within 1.96 of the estimated errors.
    var covered = 0
    /// The sum of the mean in true Monte Carlo errors, and of its square.
    var (sum, squares) = (0.0, 0.0)
    /// The sums of the effective draws as estimated and as they truly were.
    var (estimated, actual) = (0.0, 0.0)
    var looks = 0
  }

  /// Runs of four chains x_t = φ x_{t-1} + √(1 - φ²) e_t with mean 0 and variance 1, whose effective draws for the mean are
  /// N (1 - φ) / (1 + φ) of N.
  static func record(correlation phi: Double, rule text: String, runs: Int) throws -> Record {
    let rule = try StoppingRule(text)
    var record = Record()
    var calculator = ConvergenceCalculator()
    for run in 0..<runs {
      var stream = RandomStream(seed: 400, stream: UInt64(run))
      var chains = (0..<4).map { _ in [stream.nextNormal()] }
      var looks = 0
      while true {
        let look = CheckSchedule.look(atOrAfter: chains[0].count + 1)
        for chain in chains.indices {
          while chains[chain].count < look {
            let last = chains[chain][chains[chain].count - 1]
            chains[chain].append(phi * last + (1 - phi * phi).squareRoot() * stream.nextNormal())
          }
        }
        looks += 1
        let figures = StoppingMeasures(columns: [chains], draws: look, seconds: 0)
        if !rule.holds(for: figures) { continue }
        calculator.load(chains)
        let truth = Double(4 * look) * (1 - phi) / (1 + phi)
        let mean = calculator.mean() ?? .nan
        let z = mean * truth.squareRoot()
        record.runs += 1
        record.covered += abs(mean) <= 1.96 * (calculator.mcseMean() ?? .nan) ? 1 : 0
        record.sum += z
        record.squares += z * z
        record.estimated += figures.bulkESS
        record.actual += truth
        record.looks += looks
        break
      }
    }
    return record
  }

  /// The bounds are three standard errors of 2000 runs wide: 0.015 for a share of 0.95, 0.07 for a mean, 0.1 for a variance.
  @Test(
    "means stay unbiased, their errors honest, and effective draws are as many as was asked for",
    .enabled(if: isSlowRun),
    arguments: [(0.3, 400.0), (0.6, 400), (0.9, 400), (0.6, 100), (0.9, 1000)])
  func honest(_ phi: Double, _ wanted: Double) throws {
    let found = try Self.record(
      correlation: phi, rule: "ess >= \(wanted) and rhat < 1.01", runs: 2000)
    let runs = Double(found.runs)
    let coverage = Double(found.covered) / runs
    let (mean, variance) = (found.sum / runs, found.squares / runs)
    print(
      "AR(1) \(phi), ess >= \(wanted): coverage \(coverage), mean z \(mean), variance of z \(variance), "
        + "ESS estimated \(found.estimated / runs), true \(found.actual / runs), looks \(Double(found.looks) / runs)"
    )
    #expect(abs(coverage - 0.95) < 0.02)
    #expect(abs(mean) < 0.07)
    #expect(abs(variance - 1) < 0.1)
    #expect(found.actual / runs > wanted)
  }

  /// One look after 4 times 1000 draws, against 4 times 1000 iterations of the cheapest model, 40 microseconds each: 160 ms.
  @Test("and a look costs little beside the draws", .enabled(if: isSlowRun))
  func cost() {
    var stream = RandomStream(seed: 1, stream: 1)
    // What the machine does beside would count otherwise.
    for (parameters, draws) in [(15, 100), (15, 1000), (15, 10_000), (1000, 400)] {
      let columns = (0..<parameters).map { _ in
        (0..<4).map { _ in (0..<draws).map { _ in stream.nextNormal() } }
      }
      let begin = cpuSeconds()
      let figures = StoppingMeasures(
        columns: columns, draws: draws, seconds: 0, withMeanError: false)
      let time = cpuSeconds() - begin
      print("a look at \(parameters) parameters after 4 times \(draws) draws: \(time) s")
      // 5 microseconds a value: a draw costs 40 in the cheapest of models, for 20 parameters and more.
      #expect(time < 5e-6 * Double(parameters * 4 * draws) + 0.01)
      #expect(figures.bulkESS > Double(draws))
    }
  }

  @Test("and looks a figure up in the worst parameter that moves")
  func worst() {
    var stream = RandomStream(seed: 4, stream: 1)
    func chains(_ phi: Double) -> [[Double]] {
      (0..<2).map { _ in
        var x = 0.0
        return (0..<400).map { _ in
          x = phi * x + stream.nextNormal()
          return x
        }
      }
    }
    let (quick, slow) = (chains(0), chains(0.9))
    let fixed = [[Double]](repeating: Array(repeating: 1, count: 400), count: 2)
    let stuck = [Array(repeating: 1.0, count: 400), Array(repeating: 2.0, count: 400)]
    func figures(_ columns: [[[Double]]]) -> StoppingMeasures {
      StoppingMeasures(columns: columns, draws: 400, seconds: 0)
    }
    let alone = figures([slow])
    #expect(alone.bulkESS < 150 && alone.bulkESS > 10)
    for columns in [[quick, slow], [slow, quick], [fixed, slow, quick], [slow, fixed]] {
      #expect(figures(columns) == alone)
    }
    let lame = figures([quick, stuck, slow])
    #expect(lame.tailESS.isNaN)
    #expect(figures([fixed]).bulkESS.isNaN)
  }
}
