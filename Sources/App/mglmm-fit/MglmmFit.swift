// The program mglmm-fit: the fitting core without a screen.

import ArgumentParser
import Fitting
import RunFolder

/// The program: `fit` is what it does when no subcommand is named.
@main
struct MglmmFit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mglmm-fit",
    abstract: "Fits multivariate generalized linear mixed models by maximum likelihood and MCMC.",
    usage: """
      mglmm-fit DATA -f FORMULA [-f FORMULA ...] [--family LIST] [options]
      mglmm-fit COMMAND ...
      """,
    discussion: """
      DATA is a CSV or TSV file; FORMULA is as in R. Results go to standard output.

        mglmm-fit school.csv -f 'cbind(score, passed) ~ gender + SES + (1 | school)' \\
          --family gaussian,bernoulli

      'mglmm-fit help fit' lists the options of a fit.
      """,
    version: BuildFacts.versionText(program: "mglmm-fit", libraries: LibraryFacts.lines),
    subcommands: [
      Fit.self, Describe.self, Summary.self, Check.self, Residuals.self, Predictive.self, Loo.self,
      Compare.self,
      Sensitivity.self, Export.self, Work.self,
    ],
    defaultSubcommand: Fit.self)

  static func main() {
    if let complaint = ProcessorCheck.complaint() {
      Console.writeError("mglmm-fit: \(complaint)\n")
      exit(withError: ExitCode(70))
    }
    main(nil)
  }
}
