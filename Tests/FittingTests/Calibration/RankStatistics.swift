// Ranks of true values among posterior draws, over many replications, and whether they are uniform.

import Dispatch
import Fitting
import Foundation
import Probability
import RunFolder
import Synchronization

@testable import Diagnostics

/// The ranks of the parameters of a model, a list for each.
struct RankStatistics {
  /// Draws kept of each fit: ranks run from 0 to this.
  static let draws = 63
  /// Every how many-th draw is kept, so that those kept are nearly independent.
  static let thin = 16
  /// The bins of the test, eight ranks each.
  static let bins = 8

  private(set) var ranks: [String: [Int]] = [:]
  /// Divergent transitions in all fits; their fits count like all others.
  private(set) var divergences = 0
  /// Why fits could not be made.
  private(set) var failures: [String] = []

  private final class Memory: Sendable {
    let found = Mutex<[Replication?]>([])
  }

  private struct Replication: Sendable {
    var ranks: [String: Int] = [:]
    var divergences = 0
    var failure: String?
  }

  /// Ranks of `replications` fits to data simulated from the priors of `model`, on both cores.
  ///
  /// `priors` stand in the fit in place of the model's own, to see that wrong ones are found.
  init(
    _ model: CalibrationModel, replications: Int, seed: UInt64, priors: [String]? = nil
  ) throws {
    let memory = Memory()
    memory.found.withLock { $0 = Array(repeating: nil, count: replications) }
    let place = try TemporaryFolder()
    let path = place.path
    DispatchQueue.concurrentPerform(iterations: replications) { index in
      let result = Self.replicate(
        model, priors ?? model.priors, seed: seed, index, file: "\(path)/\(index).csv")
      memory.found.withLock { $0[index] = result }
    }
    withExtendedLifetime(place) {}
    for result in memory.found.withLock({ $0 }).compactMap({ $0 }) {
      for (name, rank) in result.ranks { ranks[name, default: []].append(rank) }
      divergences += result.divergences
      if let failure = result.failure { failures.append(failure) }
    }
  }

  private static func replicate(
    _ model: CalibrationModel, _ priors: [String], seed: UInt64, _ index: Int, file: String
  ) -> Replication {
    var prior = PriorDraws(stream: RandomStream(seed: seed, stream: UInt64(index)))
    model.simulate(&prior)
    var request = RunRequest()
    request.dataPath = file
    (request.formulas, request.family, request.priors) = (model.formulas, model.family, priors)
    request.method = .mcmc
    (request.chains, request.threads) = (1, 1)
    request.draws = Self.draws * Self.thin
    request.seed = seed &+ UInt64(index)
    var result = Replication()
    do {
      try Data(prior.data.text.utf8).write(to: URL(fileURLWithPath: file))
      let truth = prior.data.truth
      let fit = try FitWithDraws(request) { truth[$0] != nil }
      for (name, value) in truth {
        guard let draws = fit.draws[name]?.first, draws.count == request.draws else {
          result.failure = "no draws of \(name)"
          continue
        }
        let kept = (1...Self.draws).map { draws[$0 * Self.thin - 1] }
        result.ranks[name] = kept.count { $0 < value }
      }
      result.divergences = fit.report?.sampler.divergences ?? 0
    } catch {
      result.failure = "replication \(index): \(error)"
    }
    return result
  }

  /// The p value of uniform ranks for each parameter, by Pearson's χ² over equal bins.
  var pValues: [String: Double] { ranks.mapValues(Self.pValue) }

  /// The p value of uniform ranks.
  static func pValue(_ ranks: [Int]) -> Double {
    var counts = [Double](repeating: 0, count: bins)
    for rank in ranks { counts[rank * bins / (draws + 1)] += 1 }
    let expected = Double(ranks.count) / Double(bins)
    let statistic = counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    return DistributionFunctions.chiSquaredUpper(statistic, degrees: Double(bins - 1))
  }
}
