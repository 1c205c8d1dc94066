// Asking the fitting program what a model would be, without waiting for the answer.

import RunFolder

/// The answer to a question about a model.
package enum CheckAnswer: Sendable, Equatable {
  /// The fitting program has answered: a description, or what is wrong with the model.
  case report(DescribeReport)
  /// There was no answer; the text says why.
  case failed(String)
}

/// Checks models; at most one at a time, and only the newest question is answered.
package protocol ModelChecker: AnyObject {
  /// Asks about a model; an older question that has no answer yet is forgotten.
  func check(_ request: RunRequest, at now: Double)
  /// The answer, once; `nil` while there is none.
  func poll(at now: Double) -> CheckAnswer?
  /// Whether a question is open.
  var isBusy: Bool { get }
  /// What can be read when there is news.
  var descriptors: [Int32] { get }
  /// Seconds from now until `poll` has something to do by itself; `nil` if it has not.
  func delay(at now: Double) -> Double?
  /// Forgets the open question.
  func cancel()
}

/// Checks models with `mglmm-fit describe`, which makes no run folder.
package final class ProcessModelChecker: ModelChecker {
  private var wanted: RunRequest?
  private var due = 0.0
  private var running: PipedProgram?

  /// How long keys must rest before a model is checked, in seconds.
  private static let rest = 0.15
  /// How often a running check is looked at, in seconds, beside the news on its pipe.
  private static let pace = 0.1

  /// A checker with nothing to do.
  package init() {}

  package var isBusy: Bool { wanted != nil || running != nil }

  package var descriptors: [Int32] { running.map { [$0.descriptor] } ?? [] }

  package func check(_ request: RunRequest, at now: Double) {
    running?.cancel()
    running = nil
    wanted = request
    due = now + Self.rest
  }

  package func delay(at now: Double) -> Double? {
    if wanted != nil { return max(0, due - now) }
    return running == nil ? nil : Self.pace
  }

  package func poll(at now: Double) -> CheckAnswer? {
    if let request = wanted, now >= due {
      wanted = nil
      do throws(RunError) {
        running = try PipedProgram(
          program: WorkerLauncher.locate(FitProgram.name),
          arguments: ["describe", "--json"] + request.arguments(defaultMethod: .ml))
      } catch { return .failed(error.description) }
    }
    guard let running, let ending = running.poll() else { return nil }
    self.running = nil
    do throws(JSONError) {
      return .report(try DescribeReport(json: JSONValue(parsing: ending.output)))
    } catch {
      return .failed(
        "mglmm-fit describe ended with code \(ending.status) and no answer: \(error.message)")
    }
  }

  package func cancel() {
    running?.cancel()
    running = nil
    wanted = nil
  }
}
