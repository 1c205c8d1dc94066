// The numbers of draws at which a stopping rule is looked at: fixed, so that no run's length depends on timing.

/// The looks at the draws of a run with a rule.
///
/// A rule that is looked at often holds by chance sooner or later: the estimates of ESS and R-hat are themselves noisy.
/// So the looks are few and far apart, the first after 100 draws a chain and each after a quarter more draws than the one
/// before, which makes about ten looks in a thousand draws and thirty in a hundred thousand; what is drawn too much is a
/// quarter at most. Rules of this kind are right in the limit of many draws (Glynn & Whitt 1992, Annals of Applied
/// Probability 2(1); Vats, Flegal & Jones 2019, Biometrika 106(2), who too ask for a least number of draws).
/// The looks are at the same numbers for all chains and depend on nothing else, so the draws are the beginning of those of a
/// longer run with the same seed.
package enum CheckSchedule {
  /// Kept draws of a chain at the first look.
  package static let first = 100

  /// The first look at `draws` draws or later.
  package static func look(atOrAfter draws: Int) -> Int {
    var look = first
    while look < draws { look += look / 4 }
    return look
  }
}
