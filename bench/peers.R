# Samples one case with one R engine: brms/rstan, rstanarm::stan_mvmer or MCMCglmm; see README.md for what it prints.
# usage: Rscript peers.R --have
#        Rscript peers.R --engine=brms --case=edu --data=edu.csv --out=draws.csv [--chains=4] [--warmup=1000] [--draws=1000]
arguments <- commandArgs(TRUE)
option <- function(name, default = "") {
  found <- grep(paste0("^--", name, "="), arguments, value = TRUE)
  if (length(found)) sub("^[^=]*=", "", found[1]) else default
}
say <- function(key, value) cat("result", key, value, "\n")
seconds <- function() {
  t <- proc.time()
  c(wall = t[["elapsed"]], cpu = t[["user.self"]] + t[["sys.self"]], children = t[["user.child"]] + t[["sys.child"]])
}

packages <- list(brms = c("brms", "rstan"), stan_mvmer = c("rstanarm", "rstan"), MCMCglmm = "MCMCglmm")
if ("--have" %in% arguments) {
  for (engine in names(packages)) {
    versions <- sapply(packages[[engine]], function(p)
      tryCatch(as.character(utils::packageVersion(p)), error = function(e) NA))
    if (!anyNA(versions)) cat("have", engine, paste(names(versions), versions, collapse = ", "), "\n")
  }
  quit(save = "no")
}

folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)[1]))
source(file.path(folder, "cases.R"))
engine <- option("engine"); case <- option("case")
chains <- as.integer(option("chains", "4"))
warmup <- as.integer(option("warmup", "1000")); kept <- as.integer(option("draws", "1000"))
data <- read_case(case, option("data"))

# Draws as an array of iterations, chains and named parameters.
write_draws <- function(draws) {
  names <- dimnames(draws)[[3]]
  table <- do.call(rbind, lapply(seq_len(dim(draws)[2]), function(k)
    data.frame(chain = k, matrix(draws[, k, ], ncol = length(names), dimnames = list(NULL, names)), check.names = FALSE)))
  write.csv(table, option("out"), row.names = FALSE)
}
say_stan <- function(fit) {
  p <- rstan::get_sampler_params(fit, inc_warmup = TRUE)
  after <- rstan::get_sampler_params(fit, inc_warmup = FALSE)
  say("gradients", sum(sapply(p, function(m) sum(m[, "n_leapfrog__"]))))
  say("divergences", sum(sapply(after, function(m) sum(m[, "divergent__"]))))
}
no_model <- function() { say("note", "no such model"); quit(save = "no") }

if (engine == "brms") {
  suppressMessages({ library(brms); library(rstan) })
  # Debian ships BH as an empty package: use the system's Boost headers then.
  if (!file.exists(rstan_options("boost_lib")) && file.exists("/usr/include/boost")) rstan_options(boost_lib = "/usr/include")
  model <- brms_case(case, data)
  if (is.null(model)) no_model()
  t0 <- seconds()
  empty <- brm(model$formula, data = model$data, prior = model$prior, empty = TRUE)
  code <- as.character(make_stancode(model$formula, data = model$data, prior = model$prior))
  stan_data <- make_standata(model$formula, data = model$data, prior = model$prior)
  program <- stan_model(model_code = code, model_name = case)
  t1 <- seconds()
  fit <- sampling(program, data = stan_data, chains = chains, warmup = warmup, iter = warmup + kept, cores = 1, seed = 1,
    refresh = 0, pars = brms:::exclude_pars(empty), include = FALSE, control = list(adapt_delta = .8))
  t2 <- seconds()
  say_stan(fit)
  empty$fit <- fit
  draws <- posterior::as_draws_array(rename_pars(empty))
  main <- grep("^(b_|sd_|cor_|sigma)", posterior::variables(draws), value = TRUE)
  write_draws(unclass(posterior::subset_draws(draws, variable = main)))
  say("compile_wall", (t1 - t0)[["wall"]]); say("compile_cpu", (t1 - t0)[["cpu"]] + (t1 - t0)[["children"]])
} else if (engine == "stan_mvmer") {
  suppressMessages(library(rstanarm))
  model <- mvmer_case(case, data)
  if (is.null(model)) no_model()
  settings <- list(chains = chains, warmup = warmup, iter = warmup + kept, cores = 1, seed = 1, refresh = 0,
    save_warmup = TRUE)  # so that the gradients of warm-up are counted
  t1 <- seconds()
  fit <- suppressWarnings(do.call(stan_mvmer, c(model, settings)))$stanfit
  t2 <- seconds()
  say_stan(fit)
  draws <- as.array(fit)
  names <- dimnames(draws)[[3]]
  plain <- names[grepl("^y[0-9]+\\|", names) & !grepl("b\\[|mean_PPD", names)]
  # The covariance matrix as standard deviations and correlations: Sigma[group:row,column].
  entry <- grep("^Sigma\\[", names, value = TRUE)
  inside <- sub("\\]$", "", sub("^Sigma\\[[^:]*:", "", entry))
  pairs <- strsplit(inside, ",", fixed = TRUE)
  first <- sapply(pairs, `[`, 1); second <- sapply(pairs, `[`, 2)
  variance <- setNames(entry[first == second], first[first == second])
  parts <- list(draws[, , plain, drop = FALSE])
  for (k in seq_along(entry)) {
    value <- if (first[k] == second[k]) sqrt(draws[, , entry[k]]) else
      draws[, , entry[k]] / sqrt(draws[, , variance[first[k]]] * draws[, , variance[second[k]]])
    label <- if (first[k] == second[k]) paste0("sd ", first[k]) else paste0("cor ", first[k], " ", second[k])
    parts[[length(parts) + 1]] <- array(value, c(dim(draws)[1:2], 1), list(NULL, NULL, label))
  }
  labels <- unlist(lapply(parts, function(p) dimnames(p)[[3]]))
  write_draws(array(unlist(parts), c(dim(draws)[1:2], length(labels)), list(NULL, NULL, labels)))
} else if (engine == "MCMCglmm") {
  suppressMessages(library(MCMCglmm))
  model <- mcmcglmm_case(case, data)
  if (is.null(model)) no_model()
  thin <- 10
  settings <- list(nitt = 3 * warmup + 15 * kept, burnin = 3 * warmup, thin = thin, verbose = FALSE)
  set.seed(1)
  t1 <- seconds()
  fits <- lapply(seq_len(chains), function(k) do.call(MCMCglmm, c(model, settings)))
  t2 <- seconds()
  # Variances and covariances as standard deviations and correlations; what is fixed is left out.
  tidy <- function(fit) {
    v <- as.matrix(fit$VCV); v <- v[, !duplicated(colnames(v)), drop = FALSE]
    parts <- strsplit(sub("\\.[^.]*$", "", colnames(v)), ":", fixed = TRUE)
    group <- sub("^.*\\.", "", colnames(v))
    out <- list()
    for (k in seq_along(parts)) {
      # Entries of a matrix are named row:column.group; a name may itself hold colons, so it is halved.
      half <- length(parts[[k]]) / 2
      row <- paste(head(parts[[k]], ceiling(half)), collapse = ":"); column <- paste(tail(parts[[k]], floor(half)), collapse = ":")
      if (half < 1 || row == column) out[[paste("sd", row, group[k])]] <- sqrt(v[, k]) else {
        a <- paste0(row, ":", row, ".", group[k]); b <- paste0(column, ":", column, ".", group[k])
        if (all(c(a, b) %in% colnames(v)) && !paste("cor", column, row, group[k]) %in% names(out))
          out[[paste("cor", row, column, group[k])]] <- v[, k] / sqrt(v[, a] * v[, b])
      }
    }
    cbind(as.matrix(fit$Sol)[, seq_len(fit$Fixed$nfl), drop = FALSE], do.call(cbind, out))
  }
  tables <- lapply(fits, tidy)
  moves <- apply(do.call(rbind, tables), 2, function(x) diff(range(x)) > 1e-12)
  names <- colnames(tables[[1]])[moves]
  draws <- array(unlist(lapply(tables, function(m) m[, names])), c(nrow(tables[[1]]), length(names), chains))
  write_draws(array(aperm(draws, c(1, 3, 2)), c(nrow(tables[[1]]), chains, length(names)), list(NULL, NULL, names)))
  say("note", if (case == "epilepsy") "its own priors" else "its own priors and one more residual: another posterior")
} else stop("unknown engine ", engine)
say("wall", (t2 - t1)[["wall"]]); say("cpu", (t2 - t1)[["cpu"]])
