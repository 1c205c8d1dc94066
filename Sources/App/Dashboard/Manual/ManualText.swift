// What a manual says that no table of options holds.

import RunFolder

/// A term and what is said of it.
struct ManualEntry {
  let term: String
  let text: String

  init(_ term: String, _ text: String) {
    self.term = term
    self.text = text
  }
}

/// The parts of a manual that are written by hand.
struct ManualText {
  let description: [String]
  /// The forms of the command line, without the program's name.
  let synopsis: [String]
  let files: [ManualEntry]
  let environment: [ManualEntry]
  let exitCodes: [ManualEntry]
  /// What is done, and the command.
  let examples: [(words: String, command: [String])]
  let seeAlso: [String]

  /// The text for a program; nil if it is none of ours.
  static func of(_ program: String) -> ManualText? {
    switch program {
    case "mglmm-tui": dashboard
    case "mglmm-fit": fit
    default: nil
    }
  }

  /// The exit codes that both programs have.
  static let commonExitCodes = [
    ManualEntry("0", "done"),
    ManualEntry("64", "wrong usage: an option, a name, a run that is not there"),
    ManualEntry("65", "the data, the model or a file of settings cannot be used"),
    ManualEntry("70", "a bug, or a processor that the programs are not built for"),
    ManualEntry("74", "reading or writing failed"),
    ManualEntry("130", "interrupted"),
  ]

  /// What stands in a run folder.
  static let runFiles = [
    ManualEntry("RUN/model.toml", "the request, which reproduces the run"),
    ManualEntry("RUN/data.csv", "the rows and columns that the model uses"),
    ManualEntry("RUN/events.ndjson", "what the worker says while it works, a JSON object a line"),
    ManualEntry("RUN/fit.json", "the optimizer's result"),
    ManualEntry("RUN/chain-1.csv ...", "draws in CmdStan's CSV format, appended as they are made"),
    ManualEntry(
      "RUN/checks.json, residuals.json, predictive.json, loo.json",
      "verdicts, residuals with their tests, predictive checks, leave-one-out prediction"),
    ManualEntry("RUN/checkpoint-1 ...", "the sampler's state, from which a run is resumed"),
    ManualEntry("RUN/log.txt", "the worker's log"),
  ]

  static let runVariables = [
    ManualEntry("MGLMM_RUNS", "the folder of all runs"),
    ManualEntry(
      "XDG_STATE_HOME",
      "without MGLMM_RUNS runs are in mglmm-tui/runs below it (default: ~/.local/state)"),
    ManualEntry("MGLMM_CHECKPOINT_SECONDS", "seconds between two checkpoints of a chain"),
  ]

  /// The model language in brief.
  static let modelLanguage = [
    ManualEntry(
      "cbind(y1, y2) ~ x + (1 | g)",
      "Several outcomes with as many families; mvbind() is the same, and so is one -f for each "
        + "outcome, or bf(...) + bf(...). With the single family binomial, cbind(success, failure) "
        + "means trials."),
    ManualEntry(
      "+ - * : ^ %in% / 0 + -1",
      "Fixed effects as in R, with I(), factor(), relevel(), scale(), log(), exp(), sqrt(), poly(), "
        + "ns(), bs() and offset(). Columns of text are factors."),
    ManualEntry(
      "(1 | g), (1 + x | g), (x || g), (1 | a/b)",
      "Random intercepts and slopes, without correlations, nested."),
    ManualEntry(
      "(1 |p| g)",
      "Terms with one identifier share one covariance over all outcomes that use it. In the cbind() "
        + "form a plain (1 | g) is correlated across the outcomes."),
    ManualEntry(
      "y | trials(n), weights(w)", "The number of trials of a binomial outcome; weights of rows."),
    ManualEntry(
      "bf(y ~ x, sigma ~ z)",
      "Formulas for other parameters than the mean, where the family has any."),
    ManualEntry(
      "--family gaussian,bernoulli",
      "Families of the outcomes in their order, or as R writes them: list(gaussian(), binomial()). "
        + "There are gaussian, bernoulli, binomial, poisson and negbinomial (nbinom2); names of "
        + "glmmTMB, brms and MCMCglmm are understood."),
    ManualEntry(
      "--prior 'b[passed, SES] ~ normal(0, 1)'",
      "A prior of a class (Intercept, b, sd, cor, sigma, shape ...), narrower in brackets: outcome "
        + "first, * for any; the narrowest wins."),
  ]
}
