// The program mglmm-tui: starts fits, watches them, and comes back to them.

import ArgumentParser
import RunFolder

/// The root of the command line.
@main
struct MglmmTui: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mglmm-tui",
    abstract: "Fits multivariate generalised linear mixed models and shows the fit while it runs.",
    usage: """
      mglmm-tui DATA -f FORMULA [-f FORMULA ...] [--family LIST] [options]
      mglmm-tui RUN
      mglmm-tui COMMAND ...
      """,
    discussion: """
      DATA is a CSV or TSV file, FORMULA is written as in R. The fit runs in the
      background: leaving the dashboard does not end it. An example:

        mglmm-tui school.csv --family gaussian,bernoulli \\
          -f 'cbind(score, passed) ~ gender + SES + (1 | school)'

      The options of a start are listed by: mglmm-tui start --help
      """,
    version: versionText,
    subcommands: [
      Start.self, Attach.self, List.self, Stop.self, Resume.self, Extend.self, Remove.self,
      Watch.self, Show.self, Report.self, Demo.self, Config.self, ManPage.self,
    ],
    defaultSubcommand: Start.self)
}
