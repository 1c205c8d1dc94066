// Which parameters the judgement of a run counts.

import Diagnostics
import RunFolder

extension RunSnapshot {
  /// The parameters that the judgement of convergence counts: all but the random effects themselves,
  /// `r_group[level,term]`, and the sampler's columns.
  ///
  /// They are the parameters that the report of mglmm-fit and its rule for stopping count. Random
  /// effects are judged in the table, row by row; among hundreds of them some exceed a limit by
  /// chance.
  package var countedParameterNames: [String] { chains.first?.countedParameterNames ?? [] }

  /// How many random effects there are, which the judgement leaves out.
  package var uncountedParameterCount: Int {
    parameterNames.count - countedParameterNames.count
  }
}

/// Whether a parameter counts in the judgement of a run, by the rule of ``ChainDraws/countedParameterNames``.
func isCountedParameter(_ name: String) -> Bool {
  switch ParameterKind(name: name) {
  case .sampler: false
  case .randomEffect: !name.hasSuffix("]")
  default: true
  }
}

extension ConvergenceThresholds {
  /// How near to its limit the worst of the statistics is: above 1 it is beyond; nil if none is known.
  func badness(rHat: Double?, effectiveDraws: [Double?], chains: Int) -> Double? {
    let needed = effectiveDrawsPerChain * Double(chains)
    let shares =
      [rHat.map { ($0 - 1) / (self.rHat - 1) }] + effectiveDraws.map { $0.map { needed / $0 } }
    return shares.compactMap { $0 }.max()
  }
}
