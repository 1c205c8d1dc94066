// A request as a description of its model: everything that a fit does before it fits.

import Families
import MixedModel
import RunFolder

extension DescribeReport {
  /// Reads data and formulas of `request` and builds its model as a fit would, without fitting.
  package init(describing request: RunRequest) {
    let families = ResponseFamilies.names
    do throws(FittingError) {
      guard !request.dataPath.isEmpty else {
        throw FittingError("no data file is given; write mglmm-fit describe DATA", exitCode: 64)
      }
      guard request.hasModel else {
        throw FittingError("no formula is given; write -f 'y ~ x + (1 | group)'", exitCode: 64)
      }
      do { _ = try request.stoppingRule() } catch { throw FittingError(error) }
      let prepared = try PreparedModel(request)
      if request.method == .reml { try LikelihoodRun.requireRestrictable(prepared.model) }
      self.init(.model(ModelDescription(prepared, method: request.method)), families: families)
    } catch {
      self.init(.fault(ModelFault(error)), families: families)
    }
  }
}

extension ModelFault {
  /// The failure of a fit, with the place in the formula where there is one.
  init(_ error: FittingError) {
    self.init(message: error.place?.message ?? error.message, exitCode: error.exitCode)
    formula = error.place?.formula
    offset = error.place?.offset
    length = error.place?.length
  }
}

extension ModelDescription {
  /// What is known of a model before it is fitted.
  init(_ prepared: PreparedModel, method: FitMethod) {
    let model = prepared.model
    let knowsPriors = method == .mcmc || method == .map
    self.init(
      model: ModelSummary(prepared), method: method, rows: prepared.table.rowCount,
      observations: model.observationCount, parameters: model.layout.count,
      effects: model.effects.count, fixed: model.coefficientTerms,
      dispersion: model.dispersionParameters,
      random: model.effects.blocks.map { block in
        DescribedBlock(
          group: block.group, structure: block.structure.rawValue, levels: block.levels.count,
          terms: model.terms(of: block))
      },
      missing: prepared.dropped.map {
        MissingRows(outcome: $0.outcome, columns: $0.columns, rows: $0.count)
      },
      priors: knowsPriors
        ? prepared.priors.entries.map { DescribedPrior(PriorSummary($0), address: $0.address) }
        : [],
      notes: prepared.notes, warnings: prepared.warnings)
  }
}

extension MixedModel {
  /// The coefficients of the linear predictors that have a formula.
  fileprivate var coefficientTerms: [PredictorTerm] {
    outcomes.flatMap { outcome in
      outcome.predictors.filter { !$0.isOneNumber || $0.parameter == "mu" }.flatMap { predictor in
        predictor.columnNames.map {
          PredictorTerm(outcome: outcome.name, parameter: predictor.parameter, term: $0)
        }
      }
    }
  }

  /// The distributional parameters without one.
  fileprivate var dispersionParameters: [DescribedParameter] {
    outcomes.flatMap { outcome in
      outcome.predictors.filter { $0.isOneNumber && $0.parameter != "mu" }.map {
        DescribedParameter(
          outcome: outcome.name, parameter: $0.parameter, isFixed: $0.fixedValue != nil)
      }
    }
  }
}
