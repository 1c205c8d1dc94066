// Reading the members of a JSON object into typed values, with errors that name the member.

/// The members of a JSON object, by name.
struct JSONFields {
  private let members: [String: JSONValue]

  /// The members of `value`; `what` names the object in errors.
  init(_ value: JSONValue, of what: String) throws(JSONError) {
    guard case .object(let list) = value else { throw JSONError(shape: "\(what) is not an object") }
    members = Dictionary(list.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
  }

  /// The value of a member that must be there.
  func value(_ key: String) throws(JSONError) -> JSONValue {
    guard let value = members[key] else { throw JSONError(shape: "\"\(key)\" is missing") }
    return value
  }

  /// The value of a member that may be missing or null.
  func optional(_ key: String) -> JSONValue? {
    members[key].flatMap { $0 == .null ? nil : $0 }
  }

  func string(_ key: String) throws(JSONError) -> String {
    guard case .string(let text) = try value(key) else { throw wrong(key, "text") }
    return cleanText(text)
  }

  /// A text of one or several lines.
  func lines(_ key: String) throws(JSONError) -> String {
    guard case .string(let text) = try value(key) else { throw wrong(key, "text") }
    return cleanLines(text)
  }

  /// A number; null, which stands for what is not finite, becomes NaN.
  func number(_ key: String) throws(JSONError) -> Double {
    guard let number = try value(key).asNumber else { throw wrong(key, "a number") }
    return number
  }

  func integer(_ key: String) throws(JSONError) -> Int {
    guard let number = try value(key).asInteger else { throw wrong(key, "an integer") }
    return number
  }

  func bool(_ key: String) throws(JSONError) -> Bool {
    guard case .bool(let flag) = try value(key) else { throw wrong(key, "true or false") }
    return flag
  }

  func bools(_ key: String) throws(JSONError) -> [Bool] {
    guard case .array(let values) = try value(key) else { throw wrong(key, "an array of flags") }
    var flags: [Bool] = []
    for value in values {
      guard case .bool(let flag) = value else { throw wrong(key, "an array of flags") }
      flags.append(flag)
    }
    return flags
  }

  func seed(_ key: String) throws(JSONError) -> UInt64 {
    switch try value(key) {
    case .integer(let number) where number >= 0: return UInt64(number)
    case .string(let text):
      guard let seed = UInt64(text) else { throw wrong(key, "a seed") }
      return seed
    default: throw wrong(key, "a seed")
    }
  }

  func strings(_ key: String) throws(JSONError) -> [String] {
    guard case .array(let values) = try value(key) else { throw wrong(key, "an array of texts") }
    var texts: [String] = []
    for value in values {
      guard case .string(let text) = value else { throw wrong(key, "an array of texts") }
      texts.append(cleanText(text))
    }
    return texts
  }

  func numbers(_ key: String) throws(JSONError) -> [Double] {
    guard let numbers = try value(key).asNumbers else { throw wrong(key, "an array of numbers") }
    return numbers
  }

  func rows(_ key: String) throws(JSONError) -> [[Double]] {
    guard case .array(let values) = try value(key) else { throw wrong(key, "an array of rows") }
    var rows: [[Double]] = []
    for value in values {
      guard let row = value.asNumbers else { throw wrong(key, "an array of rows") }
      rows.append(row)
    }
    return rows
  }

  /// An object, read by its own rules.
  func read<Value: JSONConvertible>(_ key: String) throws(JSONError) -> Value {
    try Value(json: value(key))
  }

  /// An object that may be missing or null.
  func readOptional<Value: JSONConvertible>(_ key: String) throws(JSONError) -> Value? {
    guard let value = optional(key) else { return nil }
    return try Value(json: value)
  }

  /// An array of objects.
  func list<Value: JSONConvertible>(_ key: String) throws(JSONError) -> [Value] {
    guard case .array(let values) = try value(key) else { throw wrong(key, "an array") }
    var list: [Value] = []
    for value in values { try list.append(Value(json: value)) }
    return list
  }

  func members(_ key: String) throws(JSONError) -> [JSONMember] {
    guard case .object(let list) = try value(key) else { throw wrong(key, "an object") }
    return list
  }

  private func wrong(_ key: String, _ kind: String) -> JSONError {
    JSONError(shape: "\"\(key)\" is not \(kind)")
  }
}

extension JSONValue {
  /// The number, NaN for null, nil for anything else.
  package var asNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .null: .nan
    default: nil
    }
  }

  /// The integer, if it is one, also when written as 10.0.
  package var asInteger: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The numbers of an array of nothing but numbers and nulls.
  package var asNumbers: [Double]? {
    guard case .array(let values) = self else { return nil }
    var numbers: [Double] = []
    numbers.reserveCapacity(values.count)
    for value in values {
      guard let number = value.asNumber else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}

extension Array where Element: JSONConvertible {
  var json: JSONValue { .array(map(\.json)) }
}
