// The screens before a dashboard as drawings, at five sizes and with three sets of glyphs.

import Foundation
import RunFolder
import TerminalCore
import Testing

@testable import Dashboard

/// One drawing: a screen after some keys, at a size and with a set of glyphs.
struct SetupSheet: CustomTestStringConvertible, Sendable {
  var name: String
  var path: String?
  var keys: String
  var size: Size
  var charset: Charset
  var isWrong = false

  var file: String { "\(name)-\(size.columns)x\(size.rows)-\(charset.rawValue).txt" }
  var testDescription: String { file }

  func drawn() -> String {
    let world =
      isWrong
      ? Setup.world(answer: Setup.wrong("there is no column 'SES' in the data", at: "SES"))
      : Setup.world()
    world.runs = Setup.runs
    world.files = Setup.files
    return Setup(
      path, columns: size.columns, rows: size.rows, charset: charset, world: world,
      DashboardTests.keys(keys)
    ).text + "\n"
  }

  static let sizes = [(120, 40), (80, 24), (40, 12), (200, 50), (60, 60)].map {
    Size(columns: $0.0, rows: $0.1)
  }

  /// Chooses math_score and passed by gender and SES, crossed, in schools with a slope.
  static let model = "j g j x j x i s j j y j y home"

  static let all: [SetupSheet] =
    sizes.flatMap { size in
      Charset.allCases.flatMap { charset in
        [
          SetupSheet(name: "start", path: nil, keys: "j", size: size, charset: charset),
          SetupSheet(
            name: "builder", path: "/data/edu.csv", keys: model, size: size, charset: charset),
        ]
      }
    }
    + [
      SetupSheet(
        name: "builder-wrong", path: "/data/edu.csv", keys: model,
        size: Size(columns: 120, rows: 40), charset: .braille, isWrong: true),
      SetupSheet(
        name: "builder-wrong", path: "/data/edu.csv", keys: model + " e",
        size: Size(columns: 40, rows: 12), charset: .ascii, isWrong: true),
      SetupSheet(
        name: "builder-priors", path: "/data/edu.csv", keys: model + " P j",
        size: Size(columns: 80, rows: 24), charset: .braille),
      SetupSheet(
        name: "builder-help", path: "/data/edu.csv", keys: "?",
        size: Size(columns: 120, rows: 40), charset: .braille),
      SetupSheet(
        name: "start-remove", path: nil, keys: "j d", size: Size(columns: 80, rows: 24),
        charset: .braille),
    ]
}

@Suite("The screens before a dashboard look as drawn")
struct SetupDrawingTests {
  @Test("a screen is the drawing in Golden/", arguments: SetupSheet.all)
  func matches(_ sheet: SetupSheet) throws {
    let drawn = sheet.drawn()
    // To take over new drawings after looking at them: MGLMM_WRITE_DRAWINGS=<folder> swift test ...
    if let folder = ProcessInfo.processInfo.environment["MGLMM_WRITE_DRAWINGS"] {
      try drawn.write(toFile: "\(folder)/\(sheet.file)", atomically: true, encoding: .utf8)
      return
    }
    let url = try #require(
      Bundle.module.url(forResource: "Golden/\(sheet.file)", withExtension: nil),
      "there is no drawing \(sheet.file)")
    #expect(
      try String(contentsOf: url, encoding: .utf8) == drawn, "\(sheet.file) is now\n\(drawn)")
  }

  @Test("ASCII screens hold nothing but ASCII")
  func ascii() {
    for sheet in SetupSheet.all where sheet.charset == .ascii {
      #expect(
        sheet.drawn().utf8.allSatisfy { $0 == 10 || (32..<127).contains($0) }, "\(sheet.file)")
    }
  }

  @Test("no size, key sequence or answer crashes")
  func randomSessions() {
    var state: UInt64 = 20_270_202
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let all: [KeyEvent] =
      "yxgfcis-jkGoe:/bmPt?hl+d= ()~|".map { .character($0) } + [
        .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home,
        .end, .pageUp, .pageDown, .control("w"), .character("字"), .character("é"), .function(7),
      ]
    for round in 0..<60 {
      var events: [ScreenEvent] = []
      for _ in 0..<80 {
        switch next(14) {
        case 0: events.append(.timeout)
        case 1: events.append(.resized(Size(columns: next(201), rows: next(81))))
        case 2:
          events.append(
            .mouse(
              MouseEvent(.press(button: 1), at: Point(column: next(200), row: next(60)))))
        default: events.append(.key(all[next(all.count)]))
        }
      }
      let world =
        round % 3 == 0 ? Setup.world(answer: Setup.wrong("wrong", at: "SES")) : Setup.world()
      world.runs = Setup.runs
      world.files = Setup.files
      let session = Setup(
        round % 2 == 0 ? "/data/edu.csv" : nil, columns: next(201), rows: next(81), world: world,
        events)
      #expect(session.end == .hangup || session.end == .left || session.end == .opened)
      for frame in session.screen.frames {
        #expect(frame.cells.count == frame.fullSize.area)
      }
    }
  }
}
