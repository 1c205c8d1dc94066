# The models of the benchmark as brms, rstanarm and MCMCglmm understand them: formulas and priors.
# Priors are on the coefficients as written (predictors not centred), but for rstanarm, which centres.

# A text column is a factor whose levels are sorted by byte.
read_case <- function(name, path) {
  d <- read.csv(path, stringsAsFactors = FALSE, na.strings = "NA")
  for (v in names(d)) if (is.character(d[[v]]))
    d[[v]] <- factor(d[[v]], levels = sort(unique(d[[v]]), method = "radix"))
  if (name == "pbc2") d$logBilir <- log(d$serBilir)
  d
}

# brms: the formula, the priors, and the data in which a missing response is left out by subset().
brms_case <- function(name, d) {
  half_t <- "student_t(3, 0, 2.5)"
  priors <- function(resp = "", intercept = "normal(0, 5)", b = "normal(0, 2.5)", sd = half_t, sigma = NULL) {
    p <- brms::set_prior(b, class = "b", resp = resp) +
      brms::set_prior(intercept, class = "b", coef = "Intercept", resp = resp) +
      brms::set_prior(sd, class = "sd", resp = resp)
    if (!is.null(sigma)) p <- p + brms::set_prior(sigma, class = "sigma", resp = resp)
    p
  }
  lkj <- brms::set_prior("lkj(2)", class = "cor")
  bf <- function(f, family) brms::bf(f, center = FALSE, family = family)
  gaussian <- brms::brmsfamily("gaussian")
  bernoulli <- brms::brmsfamily("bernoulli")
  poisson <- brms::brmsfamily("poisson")
  if (name == "pbc2") {
    d$has_spiders <- !is.na(d$spiders)
    d$spiders[is.na(d$spiders)] <- 0L
  }
  model <- switch(name,
    edu = list(
      formula = bf(math_score ~ gender + SES + school_funding + (1 | p | school_id), gaussian) +
        bf(passed ~ gender + SES + school_funding + (1 | p | school_id), bernoulli) + brms::set_rescor(FALSE),
      prior = priors("mathscore", "normal(50, 20)", "normal(0, 10)", "student_t(3, 0, 10)", "student_t(3, 0, 10)") +
        priors("passed") + lkj),
    pbc2 = list(
      formula = bf(logBilir ~ year + drug + (1 + year | p | id), gaussian) +
        bf(spiders | subset(has_spiders) ~ year + drug + (1 + year | p | id), bernoulli) + brms::set_rescor(FALSE),
      prior = priors("logBilir", sigma = half_t) + priors("spiders") + lkj),
    salamanders = list(
      formula = bf(count ~ spp + mined + (1 | p | site), poisson) +
        bf(present ~ spp + mined + (1 | p | site), bernoulli) + brms::set_rescor(FALSE),
      prior = priors("count") + priors("present") + lkj),
    epilepsy = list(
      formula = bf(count ~ zAge + zBase * Trt + (1 | patient) + (1 | obs), poisson), prior = priors()),
    NULL)
  if (!is.null(model)) model$data <- d
  model
}

# rstanarm::stan_mvmer: its arguments, or NULL where it has no such model.
mvmer_case <- function(name, d) {
  normal <- function(mean, sd) rstanarm::normal(mean, sd, autoscale = FALSE)
  half_t <- function(scale) rstanarm::student_t(3, 0, scale, autoscale = FALSE)
  lkj <- function(scale) rstanarm::lkj(2, scale = scale, df = 3, autoscale = FALSE)
  usual <- list(
    prior = list(normal(0, 2.5), normal(0, 2.5)), prior_intercept = list(normal(0, 5), normal(0, 5)),
    prior_aux = half_t(2.5), prior_covariance = lkj(2.5))
  model <- switch(name,
    edu = list(
      formula = list(math_score ~ gender + SES + school_funding + (1 | school_id),
        passed ~ gender + SES + school_funding + (1 | school_id)),
      family = list(gaussian, binomial), prior = list(normal(0, 10), normal(0, 2.5)),
      prior_intercept = list(normal(50, 20), normal(0, 5)), prior_aux = half_t(10), prior_covariance = lkj(c(10, 2.5))),
    pbc2 = c(list(
      formula = list(logBilir ~ year + drug + (1 + year | id), spiders ~ year + drug + (1 + year | id)),
      family = list(gaussian, binomial)), usual),
    salamanders = c(list(
      formula = list(count ~ spp + mined + (1 | site), present ~ spp + mined + (1 | site)),
      family = list(poisson, binomial)), usual),
    NULL)
  if (!is.null(model)) model$data <- d
  model
}

# MCMCglmm: its arguments. The binary trait's residual variance is fixed at 1, since it is not identified.
mcmcglmm_case <- function(name, d) {
  expanded <- function(k) list(V = diag(k), nu = k + 1, alpha.mu = rep(0, k), alpha.V = diag(k) * 25)
  residual <- list(V = diag(2), nu = .002, fix = 2)
  model <- switch(name,
    edu = list(
      fixed = cbind(math_score, passed) ~ trait - 1 + trait:(gender + SES + school_funding),
      random = ~ us(trait):school_id, rcov = ~ idh(trait):units, family = c("gaussian", "categorical"),
      prior = list(R = residual, G = list(G1 = list(V = diag(2), nu = 3, alpha.mu = c(0, 0), alpha.V = diag(c(100, 25)))))),
    pbc2 = list(
      fixed = cbind(logBilir, spiders) ~ trait - 1 + trait:(year + drug), random = ~ us(trait + trait:year):id,
      rcov = ~ idh(trait):units, family = c("gaussian", "categorical"), prior = list(R = residual, G = list(G1 = expanded(4)))),
    salamanders = list(
      fixed = cbind(count, present) ~ trait - 1 + trait:(spp + mined), random = ~ us(trait):site,
      rcov = ~ idh(trait):units, family = c("poisson", "categorical"), prior = list(R = residual, G = list(G1 = expanded(2)))),
    epilepsy = list(
      fixed = count ~ zAge + zBase * Trt, random = ~ patient, rcov = ~ units, family = "poisson",
      prior = list(R = list(V = 1, nu = .002), G = list(G1 = list(V = 1, nu = 1, alpha.mu = 0, alpha.V = 25)))),
    NULL)
  if (!is.null(model)) model$data <- d
  model
}
