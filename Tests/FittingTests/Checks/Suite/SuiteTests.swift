// The page names faults that were planted in twenty models, and is silent on twenty that have none.

import Diagnostics
import Foundation
import Testing

@Suite("The page of verdicts is right", .serialized)
struct SuiteTests {
  /// One for each kind of fault.
  static let faults =
    SuiteModel.dispersionFaults + SuiteModel.meanFaults + SuiteModel.groupFaults
    + SuiteModel.residualFaults + SuiteModel.familyFaults + SuiteModel.samplingFaults

  @Test("the planted fault is among the first two lines for at least 18 of 20 models")
  func planted() throws {
    #expect(Self.faults.count == 20)
    let pages = try SuitePage.all(Self.faults.map { ($0, 1) })
    let missed = pages.filter { !$0.isFound }
    let words = missed.map(Self.words).joined(separator: "\n")
    #expect(pages.count - missed.count >= 18, "\(words)")
    if isSlowRun { Self.tell(pages) }
  }

  /// By chance one page of 20 has a warning, and more than four have in 26 of 10,000 suites.
  @Test("sound models fail no test, and warn no more often than chance lets them")
  func sound() throws {
    #expect(SuiteModel.sound.count == 20)
    let pages = try SuitePage.all(SuiteModel.sound.map { ($0, 1) })
    for page in pages {
      #expect(!page.alarms.contains { $0.level == .failed }, "\(Self.words(page))")
    }
    let alarmed = pages.filter { !$0.alarms.isEmpty }
    #expect(alarmed.count <= 4, "\(alarmed.map(Self.words).joined(separator: "\n"))")
    if isSlowRun { Self.tell(pages) }
  }

  @Test("hit rates over ten seeds for each planted fault", .enabled(if: isSlowRun))
  func hitRates() throws {
    var hits = 0
    for model in Self.faults {
      let pages = try SuitePage.all((1...10).map { (model, $0) })
      let found = pages.count { $0.isFound }
      hits += found
      print("\(model.name): \(found) of 10")
      if let missed = pages.first(where: { !$0.isFound }) { print(Self.words(missed)) }
    }
    print("planted faults among the first two lines: \(hits) of \(Self.faults.count * 10)")
    #expect(hits >= 9 * Self.faults.count)
  }

  /// Holm's adjustment keeps the share of pages with any false alarm at 5 % or below; with 500 pages its standard error is
  /// 1 %, so 8 % are three errors above.
  @Test("the share of sound pages with a warning", .enabled(if: isSlowRun))
  func falseAlarms() throws {
    let wanted = SuiteModel.soundAndSmall.flatMap { model in
      (1...100).map { (model, UInt64(1000 + $0)) }
    }
    let pages = try SuitePage.all(wanted)
    let alarmed = pages.filter { !$0.alarms.isEmpty }
    print("pages with a false alarm: \(alarmed.count) of \(pages.count)")
    for model in SuiteModel.soundAndSmall {
      print("  \(model.name): \(alarmed.count { $0.model.name == model.name }) of 100")
    }
    Self.tellChecks(pages)
    #expect(pages.count == 500)
    #expect(alarmed.count <= 40)
  }

  /// A page in short.
  private static func words(_ page: SuitePage) -> String {
    let rank = page.rank.map { "line \($0)" } ?? "not found"
    return
      "  \(page.model.name), seed \(page.seed), \(page.model.right.isEmpty ? "sound" : rank)\n\(page.firstLines(4))"
  }

  /// What an expert wants to see of a run of the suite.
  private static func tell(_ pages: [SuitePage]) {
    for page in pages {
      print(words(page) + "\n    \(String(format: "%.2f", page.seconds)) s")
    }
  }

  /// How often each test alone rejects at 5 %, and how often its line warns.
  private static func tellChecks(_ pages: [SuitePage]) {
    var tests: [String: [Double]] = [:]
    for (check, p) in pages.flatMap(\.probabilities) { tests[check, default: []].append(p) }
    var bad: [String: Int] = [:]
    for page in pages {
      for check in Set(page.verdicts.filter { $0.level >= .warning }.map(\.check)) {
        bad[check, default: 0] += 1
      }
    }
    for check in Set(tests.keys).union(bad.keys).sorted() {
      let p = tests[check] ?? []
      let rate = p.isEmpty ? 0 : Double(p.count { $0 < 0.05 }) / Double(p.count)
      print(
        "  \(check): \(p.count) p values, \(String(format: "%.1f", 100 * rate)) % below 0.05, smallest \(p.min() ?? .nan); \(bad[check] ?? 0) pages warn"
      )
    }
  }
}
