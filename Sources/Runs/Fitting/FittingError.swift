// Why a fit cannot be done, in one line, with the exit code that a program ends with.

import Families
import Formula
import Laplace
import MixedModel
import RunFolder
import Tables

/// A failure of a fit.
package struct FittingError: Error, Sendable, Equatable {
  /// What is wrong, where, and the mend.
  package let message: String
  /// The exit code: 64 wrong usage, 65 the data or the model cannot be used, 74 reading or writing failed.
  package let exitCode: Int32
  /// Where in a formula it is wrong, if it is about a formula.
  package let place: FormulaError?

  /// A failure from its message and exit code.
  package init(_ message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
    place = nil
  }

  private init(_ error: FormulaError) {
    message = error.description
    exitCode = 65
    place = error
  }

  /// The failure that stands for an error of a room below.
  package init(_ error: any Error) {
    switch error {
    case let error as FittingError: self = error
    case let error as FormulaError: self.init(error)
    case let error as FamilyError: self.init(error.description, exitCode: 65)
    case let error as ModelError: self.init(error.message, exitCode: 65)
    case let error as TableError:
      self.init(error.description, exitCode: error.kind == .unreadable ? 74 : 65)
    case let error as LaplaceFailure: self.init(Self.text(error), exitCode: 65)
    case let error as WriteError: self.init(error.description, exitCode: 74)
    case let error as StoppingRuleError: self.init(error.description, exitCode: 64)
    case let error as RunError: self.init(error.description, exitCode: error.exitCode)
    case let error as FileError: self.init(error.description, exitCode: 74)
    default: self.init("\(error)", exitCode: 70)
    }
  }

  private static func text(_ failure: LaplaceFailure) -> String {
    switch failure {
    case .notFinite:
      "the likelihood is not finite at the starting values; rescale predictors and offsets to unit spread"
    case .indefinite:
      "the curvature at the modes is not positive definite; simplify the random effects"
    case .modesNotFound:
      "the modes of the random effects were not found; rescale predictors or simplify the random effects"
    }
  }
}
