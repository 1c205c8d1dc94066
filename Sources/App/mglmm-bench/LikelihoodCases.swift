// The models of the maximum likelihood section, each with the call that its peers understand.

/// A model on real data, fitted by maximum likelihood.
struct LikelihoodCase {
  let name: String
  /// The dataset, by its name without `.csv`.
  let data: String
  let formula: String
  var factors: [String] = []
  /// The same model in R's words, where glmmTMB and lme4 can fit it in one call.
  var peer: PeerCall?
}

/// A model as R's packages take it.
struct PeerCall {
  let formula: String
  /// The family as R code; `gaussian` is fitted with `lmer`.
  let family: String
  /// Columns to be made factors.
  var factors: [String] = []
  var isForLme4 = true
}

extension LikelihoodCase {
  /// The cases, those with several outcomes first: no peer fits these without a template of one's own.
  static let all = [
    LikelihoodCase(
      name: "edu-bivariate", data: "edu",
      formula: "bf(math_score ~ gender + SES + (1 |p| school_id), family = gaussian)"
        + " + bf(passed ~ gender + SES + (1 |p| school_id), family = bernoulli)"),
    LikelihoodCase(
      name: "edu-bivariate-funding", data: "edu",
      formula:
        "bf(math_score ~ gender + SES + school_funding + (1 |p| school_id), family = gaussian)"
        + " + bf(passed ~ gender + SES + school_funding + (1 |p| school_id), family = bernoulli)"),
    LikelihoodCase(
      name: "pbc2-bivariate", data: "pbc2",
      formula: "bf(log(serBilir) ~ year + drug + (year |p| id), family = gaussian)"
        + " + bf(spiders ~ year + drug + (year |p| id), family = bernoulli)"),
    LikelihoodCase(
      name: "pbc2-trivariate", data: "pbc2",
      formula: "bf(log(serBilir) ~ year + drug + (year |p| id), family = gaussian)"
        + " + bf(spiders ~ year + drug + (year |p| id), family = bernoulli)"
        + " + bf(albumin ~ year + drug + (year |p| id), family = gaussian)"),
    LikelihoodCase(
      name: "pbc2-two-bernoulli", data: "pbc2",
      formula: "bf(spiders ~ year + drug + (1 |p| id), family = bernoulli)"
        + " + bf(hepatomegaly ~ year + drug + (1 |p| id), family = bernoulli)"),
    LikelihoodCase(
      name: "salamanders-bivariate", data: "salamanders",
      formula: "bf(count ~ spp + mined + (1 |p| site), family = poisson)"
        + " + bf(present ~ spp + mined + (1 |p| site), family = bernoulli)"),
    LikelihoodCase(
      name: "salamanders-poisson", data: "salamanders",
      formula: "bf(count ~ spp + mined + (1 | site), family = poisson)",
      peer: PeerCall(formula: "count ~ spp + mined + (1 | site)", family: "poisson()")),
    LikelihoodCase(
      name: "salamanders-nbinom2", data: "salamanders",
      formula: "bf(count ~ spp + mined + (1 | site), family = negbinomial)",
      peer: PeerCall(
        formula: "count ~ spp + mined + (1 | site)", family: "nbinom2()", isForLme4: false)),
    LikelihoodCase(
      name: "sleepstudy-ml", data: "sleepstudy",
      formula: "bf(Reaction ~ Days + (Days | Subject), family = gaussian)",
      peer: PeerCall(
        formula: "Reaction ~ Days + (Days | Subject)", family: "gaussian()",
        factors: ["Subject"])),
    LikelihoodCase(
      name: "cbpp", data: "cbpp",
      formula: "bf(incidence | trials(size) ~ period + (1 | herd), family = binomial)",
      factors: ["period"],
      peer: PeerCall(
        formula: "cbind(incidence, size - incidence) ~ period + (1 | herd)",
        family: "binomial()", factors: ["period", "herd"])),
    LikelihoodCase(
      name: "contraception", data: "contraception",
      formula: "bf(use01 ~ age + I(age^2) + urban + livch + (urban | district),"
        + " family = bernoulli)",
      peer: PeerCall(
        formula: "use01 ~ age + I(age^2) + urban + livch + (urban | district)",
        family: "binomial()", factors: ["district"])),
    LikelihoodCase(
      name: "grouseticks", data: "grouseticks",
      formula: "bf(TICKS ~ YEAR + cHEIGHT + (1 | BROOD) + (1 | INDEX) + (1 | LOCATION),"
        + " family = poisson)",
      factors: ["YEAR"],
      peer: PeerCall(
        formula: "TICKS ~ YEAR + cHEIGHT + (1 | BROOD) + (1 | INDEX) + (1 | LOCATION)",
        family: "poisson()", factors: ["YEAR", "BROOD", "INDEX", "LOCATION"])),
    LikelihoodCase(
      name: "epilepsy-poisson", data: "epilepsy",
      formula: "bf(count ~ zAge + zBase * Trt + (1 | patient), family = poisson)",
      peer: PeerCall(
        formula: "count ~ zAge + zBase * Trt + (1 | patient)", family: "poisson()",
        factors: ["patient"])),
    LikelihoodCase(
      name: "epilepsy-poisson-olre", data: "epilepsy",
      formula: "bf(count ~ zAge + zBase * Trt + (1 | patient) + (1 | obs), family = poisson)",
      peer: PeerCall(
        formula: "count ~ zAge + zBase * Trt + (1 | patient) + (1 | obs)",
        family: "poisson()", factors: ["patient", "obs"])),
    LikelihoodCase(
      name: "verbagg", data: "verbagg",
      formula: "bf(y ~ Anger + Gender + btype + situ + (1 | id) + (1 | item),"
        + " family = bernoulli)",
      peer: PeerCall(
        formula: "y ~ Anger + Gender + btype + situ + (1 | id) + (1 | item)",
        family: "binomial()", factors: ["id"])),
  ]
}
