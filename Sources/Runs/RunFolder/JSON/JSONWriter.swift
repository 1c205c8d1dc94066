// JSON text from a JSON value: compact for lines of a log, or laid out for people.

extension JSONValue {
  /// The value as one line without blanks.
  package var compactText: String {
    var out = TextBuilder()
    write(to: &out, indent: nil)
    return out.text
  }

  /// The value laid out with two blanks a level; what holds only plain values stays on one line.
  package var prettyText: String {
    var out = TextBuilder()
    write(to: &out, indent: 0)
    out.append("\n")
    return out.text
  }

  /// Writes the value; `indent` nil means compact.
  func write(to out: inout TextBuilder, indent: Int?) {
    switch self {
    case .null: out.append("null")
    case .bool(let flag): out.append(flag ? "true" : "false")
    case .integer(let value): out.append(value)
    case .number(let value): value.isFinite ? out.append(value) : out.append("null")
    case .string(let text): out.appendQuoted(text)
    case .array(let values):
      let inner = indent.flatMap { values.allSatisfy(\.isPlain) ? nil : $0 + 2 }
      let comma = indent == nil ? "," : ", "
      out.append("[")
      for (position, value) in values.enumerated() {
        if position > 0 { out.append(inner == nil ? comma : ",") }
        if let inner { out.breakLine(inner) }
        value.write(to: &out, indent: inner ?? indent)
      }
      if let indent, inner != nil { out.breakLine(indent) }
      out.append("]")
    case .object(let members):
      let fits = members.count <= 8 && members.allSatisfy(\.value.isPlain)
      let inner = indent.flatMap { fits && $0 > 0 ? nil : $0 + 2 }
      let spaced = indent != nil
      out.append(spaced && inner == nil && !members.isEmpty ? "{ " : "{")
      for (position, member) in members.enumerated() {
        if position > 0 { out.append(spaced && inner == nil ? ", " : ",") }
        if let inner { out.breakLine(inner) }
        out.appendQuoted(member.key)
        out.append(spaced ? ": " : ":")
        member.value.write(to: &out, indent: inner ?? indent)
      }
      if let indent, inner != nil { out.breakLine(indent) }
      out.append(spaced && inner == nil && !members.isEmpty ? " }" : "}")
    }
  }

  /// True for what has no members of its own.
  private var isPlain: Bool {
    switch self {
    case .array(let values): values.isEmpty
    case .object(let members): members.isEmpty
    default: true
    }
  }
}

extension TextBuilder {
  /// Appends a JSON string: quotes, backslashes and control characters escaped.
  mutating func appendQuoted(_ text: String) {
    append(byte: UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(byte: UInt8(ascii: "\\"))
        append(byte: byte)
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\t"): append("\\t")
      case UInt8(ascii: "\r"): append("\\r")
      case 0..<0x20, 0x7F:
        append("\\u00")
        append(byte: Self.hexDigits[Int(byte >> 4)])
        append(byte: Self.hexDigits[Int(byte & 15)])
      default: append(byte: byte)
      }
    }
    append(byte: UInt8(ascii: "\""))
  }

  /// Ends a line and indents the next.
  fileprivate mutating func breakLine(_ indent: Int) {
    append(byte: UInt8(ascii: "\n"))
    for _ in 0..<indent { append(byte: UInt8(ascii: " ")) }
  }
}
