// The page of verdicts as plain text.

import RunFolder

extension CheckLine {
  /// Whether its number is a p value, adjusted for the page.
  fileprivate var isProbability: Bool { source.hasSuffix("(Holm)") }
}

/// The page of verdicts as text.
enum CheckText {
  /// The page, wrapped to `width` columns.
  static func text(of report: CheckReport, width: Int) -> String {
    func count(_ level: CheckLevel) -> Int { report.lines.count { $0.level == level } }
    var text =
      "\(count(.failed)) failed, \(count(.warned)) warned, \(count(.passed)) passed, "
      + "\(count(.unavailable)) not available\n"
    for line in report.lines where line.level == .failed || line.level == .warned {
      text += "\n" + block(line, width)
    }
    let passed = report.lines.filter { $0.level == .passed }
    if !passed.isEmpty { text += "\npassed\n" }
    for line in passed { text += short(line, number(line), width) }
    let unknown = report.lines.filter { $0.level == .unavailable }
    if !unknown.isEmpty { text += "\nnot available\n" }
    for line in unknown { text += short(line, line.meaning, width) }
    return text
  }

  private static func title(_ line: CheckLine) -> String {
    line.check + (line.subject.map { " of \($0)" } ?? "")
  }

  private static func number(_ line: CheckLine) -> String {
    guard !line.number.isNaN else { return "" }
    return line.isProbability ? "p = \(plain(line.number))" : plain(line.number)
  }

  /// A number without zeros at its end.
  private static func plain(_ value: Double) -> String {
    var text = ReportText.number(value)
    guard text.contains("."), !text.contains("e") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  private static func block(_ line: CheckLine, _ width: Int) -> String {
    let mark = line.level == .failed ? "FAILED" : "warned"
    var head = "\(mark)  \(title(line))"
    if !line.number.isNaN {
      head += ": \(number(line)) (limit \(plain(line.threshold)))"
    }
    var text = wrapped(head, width, indent: 0, hanging: 8)
    text += wrapped(line.meaning, width, indent: 8, hanging: 8)
    if !line.advice.isEmpty { text += wrapped(line.advice, width, indent: 8, hanging: 8) }
    if !line.source.isEmpty { text += wrapped("[\(line.source)]", width, indent: 8, hanging: 8) }
    return text
  }

  private static func short(_ line: CheckLine, _ rest: String, _ width: Int) -> String {
    wrapped(title(line) + (rest.isEmpty ? "" : ": \(rest)"), width, indent: 2, hanging: 4)
  }

  /// Text in lines of at most `width` columns; words that are longer stand alone.
  static func wrapped(_ text: String, _ width: Int, indent: Int, hanging: Int) -> String {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: hanging)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    lines.append(line)
    return lines.joined(separator: "\n") + "\n"
  }
}
