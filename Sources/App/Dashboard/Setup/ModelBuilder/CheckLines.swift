// What is known of the model that is being built, in lines of words.

import Panes
import RunFolder
import TerminalCore

/// The answer to the latest question about the model.
struct CheckLines {
  /// The lines, each with what is thought of it.
  private(set) var lines: [(text: String, judgement: Judgement)] = []
  /// The place in the formula that is wrong.
  private(set) var fault: (offset: Int, length: Int)?

  init(_ state: BuilderState) {
    switch state.check {
    case .none:
      lines = [("choose an outcome: y on a column; then x for predictors, g for groups", .none)]
    case .waiting: lines = [("checking ...", .none)]
    case .failed(let text): lines = [(text, .bad)]
    case .report(let report):
      switch report.answer {
      case .model(let model): describe(model, of: state)
      case .fault(let fault): explain(fault, in: state.formulaText)
      }
    }
  }

  private mutating func describe(_ model: ModelDescription, of state: BuilderState) {
    let values = model.observations
    var parts = ["\(Format.grouped(values)) value\(values == 1 ? "" : "s")"]
    parts += model.model.groups.map { "\(Format.grouped($0.levels)) levels of \($0.name)" }
    parts.append(
      "\(Format.grouped(model.parameters)) parameter\(model.parameters == 1 ? "" : "s")")
    lines = [(parts.joined(separator: ", "), .good)]
    for missing in model.missing {
      lines.append(
        (
          "\(Format.grouped(missing.rows)) row\(missing.rows == 1 ? "" : "s") left out for "
            + "\(missing.outcome): \(missing.columns.joined(separator: ", ")) missing", .none
        ))
    }
    for warning in model.warnings { lines.append((warning.message, .doubtful)) }
  }

  private mutating func explain(_ fault: ModelFault, in formula: String) {
    lines = [(fault.message, .bad)]
    guard let text = fault.formula, let offset = fault.offset, let length = fault.length else {
      return
    }
    if text == formula {
      self.fault = (offset, length)
    } else {
      lines.append((text, .none))
      lines.append((String(repeating: " ", count: offset) + "^", .none))
    }
  }
}
