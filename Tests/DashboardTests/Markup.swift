// A small reader of XML for tests: whether it is well formed, and which elements it has.

/// An element as it was read.
struct XMLElement {
  var name: String
  var attributes: [String: String]
  /// The text right inside it, with entities decoded.
  var text = ""
  /// The names of the elements around it, the outermost first.
  var path: [String]
}

/// What is wrong, and where.
struct XMLProblem: Error, CustomStringConvertible {
  var description: String
}

/// Reads tags, attributes, text and the five entities; anything else is a problem.
struct XMLReader {
  private(set) var elements: [XMLElement] = []
  private let text: [UInt8]
  private var place = 0
  private var open: [Int] = []

  /// All elements of a document.
  static func elements(of text: String) throws -> [XMLElement] {
    let doctype = "<!DOCTYPE html>\n"
    var reader = XMLReader(text.hasPrefix(doctype) ? text.dropFirst(doctype.count) : text[...])
    try reader.read()
    return reader.elements
  }

  private init(_ text: Substring) { self.text = Array(text.utf8) }

  private func problem(_ words: String) -> XMLProblem {
    let near = String(
      decoding: text[max(0, place - 40)..<min(text.count, place + 40)], as: UTF8.self)
    return XMLProblem(description: "\(words) at \(place): \(near)")
  }

  private mutating func read() throws {
    var isOver = false
    while place < text.count {
      if text[place] == UInt8(ascii: "<") {
        if isOver { throw problem("something after the end") }
        try tag()
        isOver = open.isEmpty
      } else {
        let run = try characters(until: "<")
        if let last = open.last {
          elements[last].text += run
        } else if run.contains(where: { !$0.isWhitespace }) {
          throw problem("text outside")
        }
      }
    }
    if !open.isEmpty { throw problem("\(elements[open[open.count - 1]].name) is not closed") }
    if elements.isEmpty { throw problem("nothing there") }
  }

  private mutating func tag() throws {
    place += 1
    if place < text.count, text[place] == UInt8(ascii: "/") {
      place += 1
      let name = try word()
      guard let last = open.popLast(), elements[last].name == name else {
        throw problem("</\(name)> closes nothing")
      }
      guard place < text.count, text[place] == UInt8(ascii: ">") else {
        throw problem("no end of a tag")
      }
      place += 1
      return
    }
    let name = try word()
    var attributes: [String: String] = [:]
    while true {
      let hasBlank = skipBlanks()
      guard place < text.count else { throw problem("the text ends in a tag") }
      if text[place] == UInt8(ascii: ">") || text[place] == UInt8(ascii: "/") { break }
      guard hasBlank else { throw problem("no blank before an attribute") }
      let key = try word()
      guard place + 1 < text.count, text[place] == UInt8(ascii: "="),
        text[place + 1] == UInt8(ascii: "\"")
      else {
        throw problem("an attribute without a value in quotes")
      }
      place += 2
      let value = try characters(until: "\"")
      if value.contains("<") { throw problem("< in a value") }
      guard attributes.updateValue(value, forKey: key) == nil else {
        throw problem("\(key) twice")
      }
      place += 1
    }
    elements.append(
      XMLElement(name: name, attributes: attributes, path: open.map { elements[$0].name }))
    if text[place] == UInt8(ascii: "/") {
      place += 1
      guard place < text.count, text[place] == UInt8(ascii: ">") else {
        throw problem("/ without >")
      }
    } else {
      open.append(elements.count - 1)
    }
    place += 1
  }

  private mutating func word() throws -> String {
    let start = place
    func isOfName(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
      default: false
      }
    }
    while place < text.count, isOfName(text[place]) { place += 1 }
    if start == place { throw problem("no name") }
    return String(decoding: text[start..<place], as: UTF8.self)
  }

  private mutating func skipBlanks() -> Bool {
    let start = place
    while place < text.count, text[place] == 32 || text[place] == 10 { place += 1 }
    return place > start
  }

  private mutating func characters(until end: Unicode.Scalar) throws -> String {
    let last = UInt8(ascii: end)
    var bytes: [UInt8] = []
    while place < text.count, text[place] != last {
      if text[place] == UInt8(ascii: "&") {
        guard let semicolon = text[place...].prefix(8).firstIndex(of: UInt8(ascii: ";")) else {
          throw problem("a bare &")
        }
        let name = String(decoding: text[place + 1..<semicolon], as: UTF8.self)
        guard let sign = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"][name]
        else { throw problem("unknown entity \(name)") }
        bytes += sign.utf8
        place = semicolon + 1
      } else {
        guard text[place] >= 32 || text[place] == 10 else { throw problem("a control character") }
        bytes.append(text[place])
        place += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
