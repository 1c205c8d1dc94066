// A JSON value whose objects keep the order of their members.

/// A member of a JSON object.
package struct JSONMember: Sendable, Equatable {
  package var key: String
  package var value: JSONValue

  package init(_ key: String, _ value: JSONValue) {
    self.key = key
    self.value = value
  }
}

/// A JSON value; objects keep the order of their members.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A number; what is not finite is written as null.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])

  /// An array of numbers; what is not finite becomes null.
  package static func numbers(_ values: [Double]) -> JSONValue {
    .array(values.map { .number($0) })
  }

  /// A matrix as an array of its rows.
  package static func rows(_ rows: [[Double]]) -> JSONValue { .array(rows.map { .numbers($0) }) }

  /// A seed: an integer, or text where a signed 64-bit integer cannot hold it.
  static func seed(_ seed: UInt64) -> JSONValue {
    Int(exactly: seed).map { .integer($0) } ?? .string(String(seed))
  }
}

/// A type with a JSON form.
protocol JSONConvertible {
  /// The JSON form, members in the documented order.
  var json: JSONValue { get }
  /// Reads the JSON form; members that are not known are passed over.
  init(json: JSONValue) throws(JSONError)
}

/// What is wrong with a JSON text or with the shape of its content.
package struct JSONError: Error, Equatable, Sendable {
  /// Counts from 1; 0 when the text is JSON but not of the expected shape.
  package var line: Int
  package var column: Int
  package var message: String

  /// A value of the wrong shape.
  package init(shape message: String) {
    line = 0
    column = 0
    self.message = message
  }

  init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  /// The same as an error of the file at `path`.
  package func asRunError(path: String) -> RunError {
    .malformed(path: path, line: line, column: column, message: message)
  }
}
