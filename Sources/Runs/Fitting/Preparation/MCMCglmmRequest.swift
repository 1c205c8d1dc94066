// A call of MCMCglmm inside a request: its model, its data, and how many draws it asks for.

import Formula
import RunFolder
import Tables

extension RunRequest {
  /// The request with the number of draws that its call of MCMCglmm asks for, where none is given.
  ///
  /// MCMCglmm makes nitt − burnin iterations of one chain after its burn-in and keeps every thin-th. All chains
  /// together make as many draws as it makes iterations, up to 2500 a chain, since there is no need for thinning; and
  /// never fewer than it keeps, or than is usual here.
  package func followingCall() throws(FittingError) -> RunRequest {
    guard drawsFollowCall, let mcmcglmm else { return self }
    var request = self
    do throws(FormulaError) {
      let call = try MCMCglmmTranslation(mcmcglmm)
      let chains = max(self.chains, 1)
      func share(_ count: Int) -> Int { (count + chains - 1) / chains }
      request.draws = max(
        RunRequest().draws, share(call.keptDraws), min(share(call.iterations), 2500))
    } catch {
      throw FittingError(error)
    }
    request.drawsFollowCall = false
    return request
  }

  /// How long the call's chain is, and how the model is run here instead.
  func lengthNote(_ call: MCMCglmmTranslation) -> String {
    let words = "\(call.length): MCMCglmm would keep \(call.keptDraws) draws of one chain"
    guard method == .mcmc else { return "\(words); --method \(method.rawValue) makes none" }
    let goal = until.map { "at most \(draws) draws each, until \($0)," } ?? "\(draws) draws each"
    return
      "\(words); here \(chains) chains make \(goal) after \(warmup) warm-up iterations, "
      + "which need no thinning (--chains, --draws and --warmup change that)"
  }
}

extension PreparedModel {
  /// The model of the request's call of MCMCglmm, if that is how it is given.
  static func call(of request: RunRequest) throws -> MCMCglmmTranslation? {
    guard let call = request.mcmcglmm else { return nil }
    guard request.formulas.isEmpty, request.family == nil, request.dispersion == nil,
      request.zeroInflation == nil
    else {
      throw FittingError(
        "--mcmcglmm is the whole model: leave out --formula, --family, --dispersion and --zi",
        exitCode: 64)
    }
    return try MCMCglmmTranslation(call)
  }

  /// `table` with the factor `units` that has one level for each row.
  static func addingUnits(to table: Table) throws(FittingError) -> Table {
    guard table["units"] == nil else {
      throw FittingError(
        "the data have a column 'units', which in MCMCglmm means the rows; rename the column",
        exitCode: 65)
    }
    var result = table
    result["units"] = .factor(
      Factor(
        levels: (0..<table.rowCount).map { "\($0 + 1)" },
        codes: (0..<table.rowCount).map { Int32($0) }))
    return result
  }
}
