// A run read back from its folder: the model built anew, and its draws or its estimate as points.

import MixedModel
import Predictive
import RunFolder

/// A run whose model has been built anew from its folder, so that more can be computed from it.
package struct FinishedRun: Sendable {
  /// The folder.
  package let folder: RunFolder
  /// The request that the run was started with.
  package let request: RunRequest
  /// The model with its data, from the folder's own copy of the data.
  package let prepared: PreparedModel
  /// The draws of each chain after warm-up, columns in the order of `names`; empty for a fit without draws.
  package let stores: [DrawStore]
  /// The names of the draws' columns.
  package let names: [String]

  private let reported: ReportedParameters

  /// Reads the run at `path`.
  ///
  /// - Throws: when it is no run folder, its data cannot be used, or its draws do not belong to its model.
  package init(path: String) throws(FittingError) {
    let folder = RunFolder(path: path)
    guard folder.isRun else {
      throw FittingError(
        "\(path): this is no run folder (it has no model.toml); give one that mglmm-tui or mglmm-fit --run made",
        exitCode: 65)
    }
    var watcher = RunWatcher(folder: folder)
    let request: RunRequest
    do {
      _ = try watcher.refresh()
      request = try folder.request()
    } catch {
      throw FittingError(error)
    }
    var own = request
    own.dataPath = folder.dataPath
    let prepared = try PreparedModel(own)
    let reported = ReportedParameters(
      model: prepared.model,
      coordinates: EffectCoordinates(layout: prepared.model.effects))
    var stores: [DrawStore] = []
    for chain in watcher.snapshot.chains where chain.keptCount > 0 {
      guard
        let store = DrawStore(chain, names: reported.names, maximumDepth: request.maxTreeDepth)
      else {
        throw FittingError(
          "\(folder.chainPath(chain.id)): the draws lack columns of the model; the folder was changed after the run",
          exitCode: 65)
      }
      stores.append(store)
    }
    self.folder = folder
    self.request = request
    self.prepared = prepared
    self.reported = reported
    names = reported.names
    self.stores = stores
  }

  /// The model.
  package var model: MixedModel { prepared.model }

  /// All draws, all chains together.
  package var drawCount: Int { stores.reduce(0) { $0 + $1.count } }

  /// ψ and b of at most `limit` draws, evenly spread over all chains, in the order of the chains.
  package func drawnPoints(limit: Int = .max) -> [PredictivePoint] {
    reported.points(of: stores, limit: limit)
  }

  /// The fit by maximum likelihood (or, with `--method map`, to the mode; with reml, restricted), made anew.
  package func likelihood() throws(FittingError) -> LikelihoodRun { try likelihood(of: model) }

  /// The same for a model with other responses.
  func likelihood(of model: MixedModel) throws(FittingError) -> LikelihoodRun {
    switch request.method {
    case .reml: return try LikelihoodRun(restricted: model, sink: NullSink())
    case .map:
      let priors = prepared.priors
      return try LikelihoodRun(
        model, penalty: priors.including(jacobian: false),
        start: priors.inside(model.startingValues()), sink: NullSink())
    case .ml, .mcmc: return try LikelihoodRun(model, sink: NullSink())
    }
  }
}

extension ReportedParameters {
  /// At most `limit` draws of `stores`, evenly spread over all chains, as points to simulate from.
  func points(of stores: [DrawStore], limit: Int) -> [PredictivePoint] {
    let total = stores.reduce(0) { $0 + $1.count }
    guard total > 0 else { return [] }
    let wanted = min(limit, total)
    var points: [PredictivePoint] = []
    points.reserveCapacity(wanted)
    var (chain, first) = (0, 0)
    for index in 0..<wanted {
      let place = index * total / wanted
      while place - first >= stores[chain].count {
        first += stores[chain].count
        chain += 1
      }
      let (psi, effects) = point(of: stores[chain].row(place - first))
      points.append(PredictivePoint(psi: psi, effects: effects))
    }
    return points
  }
}
