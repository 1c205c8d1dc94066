// From a request to a model: the data read, the formula applied, the families found.

import Families
import Formula
import MixedModel
import RunFolder
import Tables

/// A model ready to be fitted, with what the user should know about how it was read.
package struct PreparedModel: Sendable {
  /// The model.
  package let model: MixedModel
  /// The priors, stated and by default, with the change of variables.
  package let priors: PriorDensity
  /// The columns of the data that the model uses, in all rows.
  package let table: Table
  /// How formula and data were read.
  package let notes: [String]
  /// The rows that were left out for an outcome because something is missing in them.
  package let dropped: [DroppedRows]
  /// What looks like a slip.
  package let warnings: [FitWarning]
  /// The formula as typed.
  package let formulaText: String
  /// The formula, to be fitted again with changes.
  let formula: ModelFormula
  /// The families given beside the formula.
  let familyCalls: [FamilyCall]

  /// Reads the data of `request` and builds its model.
  ///
  /// - Throws: what is wrong with file, formula, family, response or prior, in one line.
  package init(_ request: RunRequest) throws(FittingError) {
    do {
      let options = DelimitedFile.Options(
        factors: Set(request.factors), levels: try Self.levels(request.levels))
      var table = try DelimitedFile.read(path: request.dataPath, options: options)
      let call = try Self.call(of: request)
      if call?.usesUnits == true { table = try Self.addingUnits(to: table) }
      let formulas = call?.formulas ?? request.formulas
      var formula = try ModelFormula.parse(formulas)
      if let dispersion = request.dispersion {
        formula = try formula.adding(
          parameter: try Self.dispersionParameter(request), formula: dispersion)
      }
      if let zeroInflation = request.zeroInflation {
        formula = try formula.adding(parameter: "zi", formula: zeroInflation)
      }
      let calls = try request.family.map(FamilyList.parse) ?? []
      let frame = try ModelFrame(formula, families: calls, table: table)
      var families: [any ResponseFamily] = []
      for outcome in frame.outcomes {
        families.append(
          try ResponseFamilies.named(outcome.family.name, link: outcome.family.link))
      }
      var statements: [PriorStatement] = []
      for text in (call?.priors ?? []) + request.priors {
        statements.append(try PriorStatement.parse(text))
      }
      model = try MixedModel(frame, families: families, priors: statements)
      priors = try PriorDensity(model: model, statements: statements)
      self.table = Self.used(formula.columnNames(in: table), of: table)
      dropped = frame.dropped
      notes =
        (call.map { $0.notes + [request.lengthNote($0)] } ?? []) + frame.notes
        + frame.dropped.map(\.description)
      let advice = "write the model differently if this is not meant"
      warnings =
        (request.method == .ml ? [] : call?.warnings ?? []).map {
          FitWarning(code: "mcmcglmm", message: $0, advice: "state a prior if this is not meant")
        }
        + frame.warnings.map { FitWarning(code: "formula", message: $0, advice: advice) }
      formulaText = formulas.joined(separator: " + ")
      self.formula = formula
      familyCalls = calls
    } catch {
      throw FittingError(error)
    }
  }

  private static func used(_ names: [String], of table: Table) -> Table {
    Table(
      rowCount: table.rowCount,
      columns: names.compactMap { name in table[name].map { (name, $0) } })
  }

  /// `--dispersion` is about the parameter beside the mean of the first family that has one.
  private static func dispersionParameter(_ request: RunRequest) throws -> String {
    let calls = try request.family.map(FamilyList.parse) ?? [FamilyCall(name: "gaussian")]
    for call in calls {
      let family = try ResponseFamilies.named(call.name, link: call.link)
      if family.parameters.count > 1 { return family.parameters[1].name }
    }
    throw FittingError(
      "--dispersion: no family of the model has a dispersion; leave the option out", exitCode: 64)
  }

  /// `spp = GP, DM` as a column and its levels.
  static func levels(_ statements: [String]) throws(FittingError) -> [String: [String]] {
    var result: [String: [String]] = [:]
    for statement in statements {
      let sides = statement.split(separator: "=", maxSplits: 1).map(trimmed)
      guard sides.count == 2, !sides[0].isEmpty else {
        throw FittingError(
          "--levels '\(statement)': write it as 'column = first, second, ...'", exitCode: 64)
      }
      result[sides[0]] = sides[1].split(separator: ",").map(trimmed)
    }
    return result
  }

  private static func trimmed(_ text: Substring) -> String {
    var part = text
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}
