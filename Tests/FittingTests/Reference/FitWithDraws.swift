// A fit without a folder whose draws are kept.

import Fitting
import RunFolder
import Synchronization

/// A fit and the draws of its parameters.
struct FitWithDraws {
  var outcome: FitOutcome
  /// The draws by the names of parameters, an array for each chain.
  var draws: [String: [[Double]]]

  private final class Memory: Sendable {
    let draws = Mutex<[String: [[Double]]]>([:])
  }

  /// Fits a model and keeps the draws of the parameters that `isWanted` names.
  init(
    _ request: RunRequest, sink: any FitEventSink = NullSink(), control: RunControl = RunControl(),
    isWanted: @escaping @Sendable (String) -> Bool = { _ in true }
  ) throws {
    let memory = Memory()
    let job = FitJob(
      request, sink: sink, control: control,
      onDraws: { run in
        let stores = run.stores
        memory.draws.withLock { draws in
          for (index, name) in run.names.enumerated() where isWanted(name) {
            draws[name] = stores.map { $0.columns[index] }
          }
        }
      })
    outcome = try job.run()
    draws = memory.draws.withLock { $0 }
  }

  /// The report of the draws.
  var report: SamplerReport? {
    if case .posterior(let report, _) = outcome { report } else { nil }
  }
}
