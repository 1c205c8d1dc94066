// The families by the names that users of R's packages know them by.

/// The response families that are built.
package enum ResponseFamilies {
  /// The names under which results report families.
  package static let names = ["gaussian", "bernoulli", "binomial", "poisson", "negbinomial"]

  /// The family with a name of R, glmmTMB, brms, rstanarm or MCMCglmm, and a link of it or nil for
  /// its usual one.
  ///
  /// MCMCglmm's `categorical` is understood as it is for responses of 0 and 1.
  package static func named(
    _ name: String, link: String? = nil
  ) throws(FamilyError) -> any ResponseFamily {
    switch aliases[name] ?? name {
    case "gaussian":
      return GaussianFamily(
        link: try chosen(link, of: "gaussian", from: GaussianFamily.links))
    case "bernoulli":
      return BernoulliFamily(
        link: try chosen(link, of: "bernoulli", from: BernoulliFamily.links))
    case "binomial":
      return BinomialFamily(
        link: try chosen(link, of: "binomial", from: BinomialFamily.links))
    case "poisson":
      return PoissonFamily(link: try chosen(link, of: "poisson", from: PoissonFamily.links))
    case "negbinomial":
      _ = try chosen(link, of: "negbinomial", from: NegativeBinomialFamily.links)
      return NegativeBinomialFamily()
    default:
      if elsewhere.contains(name) { throw .familyNotAvailable(name: name) }
      let candidates = names + aliases.keys.sorted() + elsewhere.sorted()
      throw .unknownFamily(name: name, suggestion: NearMiss.of(name, among: candidates))
    }
  }

  private static let aliases = [
    "normal": "gaussian", "categorical": "bernoulli", "nbinom2": "negbinomial",
    "negative.binomial": "negbinomial", "neg_binomial_2": "negbinomial", "negbin": "negbinomial",
  ]

  /// Names of families of R's packages that are not built.
  private static let elsewhere: Set<String> = [
    "acat", "asym_laplace", "bell", "Beta", "beta", "beta_binomial", "beta_family", "betabinomial",
    "cencexponential", "cengaussian", "cenpoisson", "com_poisson", "compois", "cox", "cratio",
    "cumulative", "dirichlet", "dirichlet_multinomial", "discrete_weibull", "exgaussian",
    "exponential", "frechet", "Gamma", "gamma", "gen_extreme_value", "genpois", "geometric",
    "hurdle_cumulative", "hurdle_gamma", "hurdle_lognormal", "hurdle_negbinomial", "hurdle_poisson",
    "hubinomial", "hupoisson", "inverse.gaussian", "lognormal", "multinomial", "nbinom1",
    "nbinom12", "negbinomial2", "nzbinom", "ordbeta", "ordinal", "quasibinomial", "quasipoisson",
    "shifted_lognormal", "skew_normal", "skewnormal", "sratio", "student", "t", "t_family",
    "threshold", "truncated_compois", "truncated_genpois", "truncated_nbinom1",
    "truncated_nbinom2", "truncated_poisson", "tweedie", "von_mises", "weibull", "wiener", "xbeta",
    "zapoisson", "zero_inflated_beta", "zero_inflated_beta_binomial", "zero_inflated_binomial",
    "zero_inflated_negbinomial", "zero_inflated_poisson", "zero_one_inflated_beta", "zibinomial",
    "zipoisson", "ztpoisson",
  ]

  /// Names of links of R's packages that are not built.
  private static let linksElsewhere: Set<String> = [
    "1/mu^2", "cauchit", "lambertW", "log1p", "logm1", "loglog", "probit_approx", "softit",
    "softplus", "squareplus", "tan_half",
  ]

  private static func chosen(
    _ name: String?, of family: String, from links: [Link]
  ) throws(FamilyError) -> Link {
    guard let name else { return links[0] }
    let available = links.map(\.rawValue)
    guard let link = Link(rawValue: name) else {
      if linksElsewhere.contains(name) {
        throw .linkNotAvailable(name: name, family: family, available: available)
      }
      throw .unknownLink(
        name: name, family: family,
        suggestion: NearMiss.of(name, among: Link.allCases.map(\.rawValue)), available: available)
    }
    guard links.contains(link) else {
      throw .linkNotAvailable(name: name, family: family, available: available)
    }
    return link
  }
}
