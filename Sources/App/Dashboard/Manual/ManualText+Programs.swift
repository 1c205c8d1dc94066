// The hand-written parts of the manuals of both programs.

extension ManualText {
  static let dashboard = ManualText(
    description: [
      "mglmm-tui fits multivariate generalised linear mixed models by maximum likelihood and Markov "
        + "chain Monte Carlo, and shows the fit while it runs: traces, convergence, random effects, "
        + "residuals, predictive checks and estimates, with a verdict in words on each.",
      "The fit runs in the background in a program of its own, mglmm-fit(1): leaving the dashboard "
        + "or losing the connection does not end it. All that is known of a run stands in its folder, "
        + "so a run can be opened again at any time, also while it is live.",
      "On a terminal that cannot move its cursor (TERM=dumb), and with --plain anywhere, the run is "
        + "told in lines instead of a dashboard.",
    ],
    synopsis: [
      "DATA -f FORMULA [-f FORMULA ...] [--family LIST] [OPTIONS]", "RUN",
      "COMMAND [ARGUMENTS] [OPTIONS]",
    ],
    files: [
      ManualEntry(
        "~/.config/mglmm-tui/config.toml",
        "settings and keys; mglmm-tui config --write writes one with every setting explained"),
      ManualEntry("~/.config/mglmm-tui/themes/NAME.theme", "themes of the user's own"),
      ManualEntry("~/.config/btop/themes/NAME.theme", "themes of btop, which serve as they are"),
      ManualEntry("PREFIX/share/mglmm-tui", "themes and demo data that come with the program"),
      ManualEntry("~/.local/state/mglmm-tui/runs", "the run folders"),
    ] + runFiles,
    environment: runVariables + [
      ManualEntry(
        "XDG_CONFIG_HOME", "where config.toml and themes are looked for (default: ~/.config)"),
      ManualEntry("MGLMM_SHARE", "a folder with themes and demo-data, looked at first"),
      ManualEntry("NO_COLOR", "no colours, if it is set to anything"),
      ManualEntry("TERM", "the kind of terminal; dumb means lines instead of a dashboard"),
      ManualEntry("LC_ALL, LC_CTYPE, LANG", "whether the terminal shows more than ASCII"),
    ],
    exitCodes: commonExitCodes,
    examples: [
      ("See it at work on real data:", ["mglmm-tui demo"]),
      (
        "A test score and whether the test was passed, correlated within schools:",
        [
          "mglmm-tui school.csv --family gaussian,bernoulli \\",
          "  -f 'cbind(score, passed) ~ gender + SES + (1 | school)'",
        ]
      ),
      ("Open the newest run again:", ["mglmm-tui attach"]),
      (
        "Tell a fit in lines into a log:",
        ["mglmm-tui school.csv -f 'score ~ SES + (1 | school)' --plain > fit.log"]
      ),
      ("Watch the chains of a Stan program:", ["mglmm-tui watch output/"]),
      ("Draw one pane without a terminal:", ["mglmm-tui show 1 --pane residuals --size 100x30"]),
    ],
    seeAlso: ["mglmm-fit(1)", "btop(1)", "tmux(1)"])

  static let fit = ManualText(
    description: [
      "mglmm-fit is the fitting core of mglmm-tui(1) without a screen: scripts and clusters start it "
        + "directly. Standard output carries results only; progress and warnings go to standard "
        + "error.",
      "The same data, model, seed and number of chains give the same draws, bit for bit, on the same "
        + "machine, however many cores run them and however often the run was interrupted and "
        + "resumed.",
    ],
    synopsis: [
      "DATA -f FORMULA [-f FORMULA ...] [--family LIST] [OPTIONS]",
      "COMMAND [ARGUMENTS] [OPTIONS]",
    ],
    files: runFiles,
    environment: runVariables,
    exitCodes: [
      ManualEntry("0", "done"), ManualEntry("1", "with --strict: the fit ended with a warning"),
    ] + commonExitCodes.dropFirst(),
    examples: [
      (
        "Fit by maximum likelihood and print tables:",
        ["mglmm-fit school.csv -f 'score ~ gender + SES + (1 | school)' --method ml"]
      ),
      (
        "Sample, keep a run folder that a dashboard can watch, and print JSON:",
        [
          "mglmm-fit school.csv --family gaussian,bernoulli --method mcmc \\",
          "  -f 'cbind(score, passed) ~ SES + (1 | school)' --run run-1 --json",
        ]
      ),
      (
        "Summarise draws of any program that writes CSV as Stan does:",
        ["mglmm-fit summary output-*.csv"]
      ),
      ("Test the residuals of a run:", ["mglmm-fit residuals run-1"]),
    ],
    seeAlso: ["mglmm-tui(1)", "R(1)"])
}
