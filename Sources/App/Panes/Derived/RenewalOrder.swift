// Whose statistics are to be renewed first.

import Diagnostics
import RunFolder

/// How urgently the statistics of one parameter are to be renewed; later in order is more urgent.
///
/// The parameter in front comes first, then what is in view, then the parameters that the judgement
/// of the run counts, then the random effects and `lp__`; within each the worst by what is known now,
/// be it exact on fewer draws or from running sums; among equals what is furthest behind. A parameter
/// is in line only when its draws have grown by a share, so that the worst do not take every turn.
struct RenewalUrgency: Comparable {
  /// What a parameter is to the user at this moment.
  enum Standing: Int, Comparable {
    case uncounted, counted, inView, inFront

    static func < (a: Standing, b: Standing) -> Bool { a.rawValue < b.rawValue }

    /// The growth of the draws from which on statistics are renewed while a run is live.
    var enoughGrowth: Double {
      switch self {
      case .inFront: 1.05
      case .inView: 1.1
      case .counted, .uncounted: 1.25
      }
    }
  }

  var standing: Standing
  /// The place in the list of what is in view, counted back from its end; 0 elsewhere.
  var placeInView = 0
  /// How near to its limit the worst statistic is; infinite if nothing is known.
  var badness: Double
  /// How many times the draws that the statistics rest on there are now; infinite if there are none.
  var growth: Double

  static func < (a: RenewalUrgency, b: RenewalUrgency) -> Bool {
    (a.standing.rawValue, a.placeInView, a.badness, a.growth)
      < (b.standing.rawValue, b.placeInView, b.badness, b.growth)
  }
}

extension DiagnosticReport {
  /// The urgency of renewing the statistics of a parameter; nil if they are good enough.
  func urgency(
    of name: String, _ standing: RenewalUrgency.Standing, basis: DrawsBasis, isLive: Bool
  ) -> RenewalUrgency? {
    var growth = Double.infinity
    if let known = parameters[name], known.drawsPerChain > 0, known.drawsPerChain <= basis.draws {
      growth =
        Double(basis.draws * basis.chains.count)
        / Double(known.drawsPerChain * max(1, known.summary.chains))
      let isOfSameChains = known.summary.chains == basis.chains.count
      let isEnough =
        isLive ? growth <= standing.enoughGrowth : known.drawsPerChain == basis.draws
      if isEnough && isOfSameChains { return nil }
    }
    return RenewalUrgency(standing: standing, badness: badness(of: name), growth: growth)
  }

  /// The larger of what the exact statistics and the newer running sums say; infinite if there are
  /// none.
  private func badness(of name: String) -> Double {
    let exact = parameters[name].flatMap {
      thresholds.badness(
        rHat: $0.summary.rHat, effectiveDraws: [$0.summary.essBulk, $0.summary.essTail],
        chains: $0.summary.chains)
    }
    let quick = running[name].flatMap {
      thresholds.badness(rHat: $0.rHat, effectiveDraws: [$0.essMean], chains: $0.chains)
    }
    let known = [exact, quick].compactMap { $0 }.filter { !$0.isNaN }
    return known.max() ?? .infinity
  }
}
