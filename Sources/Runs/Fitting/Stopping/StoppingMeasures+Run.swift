// The figures of a run's draws that stopping rules compare: those of the worst of the model's own parameters.

import Diagnostics
import MixedModel
import RunFolder

extension StoppingMeasures {
  /// The figures of all chains' draws so far, cut to the shortest; Monte Carlo errors only where they are asked for.
  init(_ run: SamplerRun, withMeanError: Bool) {
    let stores = run.stores
    let own = run.names.count - run.reported.randomEffectCount
    self.init(
      columns: (0..<own).map { index in stores.map { $0.columns[index] } },
      draws: run.drawCount, seconds: run.workSeconds, withMeanError: withMeanError)
  }

  /// The figures of parameters given by their draws, an array of chains each.
  ///
  /// A parameter that never moves is fixed by the model and left out. One whose figures are not available makes them so for
  /// the run: a chain that has not moved yet is no reason to stop.
  init(columns: [[[Double]]], draws: Int, seconds: Double, withMeanError: Bool = true) {
    self.init(draws: draws, seconds: seconds)
    var calculator = ConvergenceCalculator()
    var isFirst = true
    for chains in columns {
      let first = chains.first?.first
      if chains.allSatisfy({ $0.allSatisfy { $0 == first } }) { continue }
      calculator.load(chains)
      let ranks = calculator.rankStatistics()
      let found = StoppingMeasures(
        bulkESS: ranks.essBulk ?? .nan, tailESS: calculator.essTail() ?? .nan,
        rHat: ranks.rHat ?? .nan,
        meanError: withMeanError
          ? calculator.essMean().map { 1 / $0.squareRoot() } ?? .nan : .nan,
        draws: draws, seconds: seconds)
      self = isFirst ? found : worst(of: found)
      isFirst = false
    }
  }

  private func worst(of other: StoppingMeasures) -> StoppingMeasures {
    // Swift's min and max pass NaN over where it stands second.
    func least(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : min(a, b) }
    return StoppingMeasures(
      bulkESS: least(bulkESS, other.bulkESS), tailESS: least(tailESS, other.tailESS),
      rHat: -least(-rHat, -other.rHat), meanError: -least(-meanError, -other.meanError),
      draws: draws, seconds: seconds)
  }
}

extension SamplerRun {
  /// Seconds of warm-up and sampling that the threads have spent, over all workers of the run.
  var workSeconds: Double {
    tasks.reduce(0) { $0 + $1.read { $0.effort.warmupSeconds + $0.effort.samplingSeconds } }
      / Double(threadCount)
  }
}
