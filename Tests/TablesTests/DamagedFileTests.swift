// Random damage to a valid file: a table or an error, and never a crash.

import Testing

@testable import Tables

@Suite(
  "A damaged file is read or refused, and the refusal is one clean line about a place inside it")
struct DamagedFileTests {
  private let valid = Array(
    """
    id,"na""me",x,g,t\r
    1,"a, b",1.5,é,T\r
    2,"l1
    l2",-3e5,NA,F\r
    ,"",.,"NA",TRUE\r
    4,z,9007199254740993,ü,F

    """.utf8)
  private let alphabet =
    Array("\",;\t\r\n .0129eE+-NATF\u{0}".utf8) + [0xC3, 0xA9, 0xFF, 0xEF, 0xBB, 0xBF]

  @Test("20,000 damaged files")
  func fuzz() {
    var generator = SplitMix(state: 20_240_501)
    var accepted = 0
    for round in 0..<20_000 {
      var bytes = valid
      for _ in 0..<Int.random(in: 1...4, using: &generator) { damage(&bytes, &generator) }
      let options = DelimitedFile.Options(
        factors: round % 3 == 0 ? ["id"] : [],
        levels: round % 7 == 0 ? ["t": ["TRUE", "FALSE"]] : [:])
      do throws(TableError) {
        let table = try parse(bytes, options)
        accepted += 1
        #expect(table.names.allSatisfy { table[$0]?.count == table.rowCount })
      } catch {
        let lines = 1 + bytes.filter { $0 == Ascii.newline || $0 == Ascii.carriageReturn }.count
        #expect((1...lines).contains(error.line ?? 0))
        #expect((1...bytes.count + 1).contains(error.column ?? 0))
        #expect(error.description.unicodeScalars.allSatisfy { !SanitizedText.isUnsafe($0) })
      }
    }
    // The damage is small enough that both ways through the reader are walked.
    #expect((1000...19_000).contains(accepted))
  }

  private func damage(_ bytes: inout [UInt8], _ generator: inout SplitMix) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: bytes.indices, using: &generator)
    let byte = alphabet.randomElement(using: &generator) ?? 0
    switch Int.random(in: 0..<20, using: &generator) {
    case 0..<5: bytes.remove(at: place)
    case 5..<10: bytes.insert(byte, at: place)
    case 10..<14: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 14..<19: bytes[place] = byte
    default: bytes.removeSubrange(place...)
    }
  }
}
