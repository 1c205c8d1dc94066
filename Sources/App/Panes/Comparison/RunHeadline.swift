// A run's convergence in a handful of numbers, for a list or a comparison.

import Diagnostics
import RunFolder

/// A run's convergence in a handful of numbers; nil where there is none.
package struct RunHeadline: Sendable, Equatable {
  /// A number with the parameter that has it, and what is thought of it.
  package struct Worst: Sendable, Equatable {
    package var value: Double
    package var parameter: String
    package var judgement: Judgement
  }

  /// The chains and draws of each that the numbers rest on, in words.
  package var basis: String
  package var rHat: Worst?
  package var bulkESS: Worst?
  package var tailESS: Worst?
  /// Parameters that have been computed, of all that count.
  package var computed: Int
  package var counted: Int
  /// Divergent transitions after warm-up; nil if the sampler does not report them.
  package var divergences: Int?
  /// The least E-BFMI of a chain.
  package var energyFraction: Double?
  /// Wall-clock seconds from the first start to the end or now.
  package var seconds: Double?
  /// The smallest bulk ESS by these seconds.
  package var essPerSecond: Double?

  /// The headline of a run with draws; random effects are not counted.
  package init(_ snapshot: DashboardSnapshot) {
    let run = snapshot.run
    let report = snapshot.diagnostics
    let names = run.countedParameterNames
    let known = names.compactMap { name in report.current(name).map { (name, $0) } }
    counted = names.count
    computed = known.count
    basis = basisWords(report.basis, of: run.chains.count)
    func worst(
      _ value: (ParameterDiagnostics) -> Double?, isLargest: Bool,
      _ judgement: KeyPath<ParameterJudgements, Judgement>
    ) -> Worst? {
      let all = known.compactMap { name, known in
        value(known).map {
          Worst(value: $0, parameter: name, judgement: known.judgements[keyPath: judgement])
        }
      }
      return isLargest
        ? all.max { $0.value < $1.value } : all.min { $0.value < $1.value }
    }
    rHat = worst({ $0.summary.rHat }, isLargest: true, \.rHat)
    bulkESS = worst({ $0.summary.essBulk }, isLargest: false, \.bulkESS)
    tailESS = worst({ $0.summary.essTail }, isLargest: false, \.tailESS)
    if run.chains.contains(where: { $0.index(of: "divergent__") != nil }) {
      divergences = run.divergences
    }
    energyFraction = report.energyFractions.values.min()
    // Draws of another program say how long each chain took, not when.
    let chainSeconds = run.chains.compactMap { chain in
      chain.samplingSeconds.map { $0 + (chain.warmupSeconds ?? 0) }
    }.max()
    seconds = snapshot.elapsed ?? chainSeconds
    if let seconds, seconds > 0, let ess = bulkESS?.value { essPerSecond = ess / seconds }
  }
}
