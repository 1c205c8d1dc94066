// What stopping rules mean, what is said of one that cannot be read, and when draws are looked at.

import Testing

@testable import RunFolder

@Suite("A stopping rule means what it says")
struct StoppingRuleTests {
  static let figures = StoppingMeasures(
    bulkESS: 450, tailESS: 390, rHat: 1.008, meanError: 0.05, draws: 244, seconds: 12.5)

  @Test(
    "with and before or, brackets before both",
    arguments: [
      ("ess >= 390", true), ("ess > 390", false), ("ess_bulk>=400 and ess_tail<=390", true),
      ("ESS_Bulk < 450", false), ("rhat < 1.01", true), ("rhat < 1.005", false),
      ("mcse <= 0.05 && draws > 243", true), ("seconds > 1e1", true),
      ("ess >= 400 or rhat < 1.01", true), ("ess >= 400 | seconds > 20 | draws >= 244", true),
      // (false and false) or true; were or first, this would be false.
      ("ess > 1000 and rhat < 1 or draws > 100", true),
      ("ess > 1000 and (rhat < 1 or draws > 100)", false),
      ("((draws > 100)) and (ess > 1000 or (rhat < 1.01 and seconds < 13))", true),
    ])
  func meaning(_ text: String, _ holds: Bool) throws {
    #expect(try StoppingRule(text).holds(for: Self.figures) == holds)
  }

  @Test("and nothing that is not known yet can hold")
  func unknown() throws {
    let figures = StoppingMeasures(bulkESS: 500, draws: 100, seconds: 1)
    for rule in ["ess > 0", "ess_tail > 0", "rhat < 9", "rhat > 0", "mcse < 9"] {
      #expect(try !StoppingRule(rule).holds(for: figures), "\(rule)")
    }
    #expect(try StoppingRule("ess_bulk >= 500").holds(for: figures))
    #expect(
      try StoppingRule("ess_tail > 3 or draws > 3").text(of: figures)
        == "ess_tail not known yet, draws 100")
  }

  @Test("and is refused with a caret under the first wrong place otherwise")
  func refusals() {
    let cases: [(String, String, Int, Int)] = [
      ("", "the rule is empty", 0, 1), ("   ", "the rule is empty", 3, 1),
      ("es >= 400", "there is no figure 'es'; there are ess, ess_bulk, ess_tail, rhat", 0, 2),
      ("ess = 400", "compared by >=, >, <= or <", 4, 1),
      ("ess >== 400", "compared by >=, >, <= or <", 4, 3), ("ess", "compared by", 3, 1),
      ("ess >= many", "'ess >=' wants a number", 7, 4), ("ess >= nan", "wants a number", 7, 3),
      ("ess >= 400 rhat < 1.01", "'rhat' is one word too many", 11, 4),
      ("ess >= 400 and", "a comparison is missing", 14, 1),
      ("ess >= 400 and or", "there is no figure 'or'", 15, 2),
      ("(ess >= 400", "the bracket is not closed", 0, 1),
      ("ess >= 400)", "')' is one word too many", 10, 1), ("()", "there is no figure ')'", 1, 1),
      ("(ess >= 400 rhat < 2)", "here ')' or and, or is missing", 12, 4),
      ("400 <= ess", "there is no figure '400'", 0, 3),
      (String(repeating: "(", count: 200), "nested too deeply", 100, 1),
    ]
    for (rule, words, offset, length) in cases {
      let error = #expect(throws: StoppingRuleError.self) { try StoppingRule(rule) }
      #expect(error?.message.contains(words) == true, "\(rule): \(error?.message ?? "")")
      #expect(error.map { [$0.offset, $0.length] } == [offset, length], "\(rule)")
    }
    let error = #expect(throws: StoppingRuleError.self) { try StoppingRule("ess >= lots") }
    #expect(
      error?.description == "until: 'ess >=' wants a number\n  ess >= lots\n         ^~~~")
  }

  @Test("and its text never breaks the reader")
  func garbage() {
    let words = ["ess", "rhat", ">=", "<", "(", ")", "and", "or", "1", "é", "\u{1B}", "&", " "]
    var state: UInt64 = 7
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<(state % 12) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += words[Int(state >> 33) % words.count] + (state >> 40 & 1 == 0 ? " " : "")
      }
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      do throws(StoppingRuleError) {
        _ = try StoppingRule(text)
      } catch {
        #expect(error.offset <= text.count)
      }
    }
  }

  @Test("looks are at 100 draws and then after a quarter more each time")
  func schedule() {
    var looks: [Int] = []
    var draws = 0
    while looks.count < 9 {
      draws = CheckSchedule.look(atOrAfter: draws + 1)
      looks.append(draws)
    }
    #expect(looks == [100, 125, 156, 195, 243, 303, 378, 472, 590])
    #expect(looks.allSatisfy { CheckSchedule.look(atOrAfter: $0) == $0 })
    #expect(CheckSchedule.look(atOrAfter: 473) == 590)
  }

  @Test("requests keep it, in the file too, and draws become the most there may be")
  func requests() throws {
    var request = RunRequest()
    request.method = .mcmc
    request.apply(until: nil, draws: nil)
    #expect(request.draws == 1000)
    request.apply(until: "ess >= 400", draws: nil)
    #expect(request.draws == 100_000)
    request.extend(to: 2000)
    #expect(request.leastDraws == 2000 && request.draws == 100_000)
    #expect(try RunRequest(toml: request.tomlText, path: "m") == request)
    request.extend(to: 200_000)
    #expect(request.draws == 200_000)
    var capped = RunRequest()
    capped.apply(until: "ess >= 400", draws: 500)
    #expect(capped.draws == 500)
    #expect(try RunRequest(toml: "until = 'ess > 1'", path: "m").draws == 100_000)
    #expect(try RunRequest(toml: "until = 'ess > 1'\ndraws = 7", path: "m").draws == 7)
    #expect(throws: StoppingRuleError.self) { try capped.stoppingRule() }
  }

  @Test("checks and reasons go through JSON unchanged")
  func json() throws {
    let check = StoppingCheck(
      number: 3, rule: "ess >= 400", isMet: false, figures: Self.figures, nextDraws: 303)
    let event = StampedEvent(time: 5, event: .check(check))
    #expect(try StampedEvent(line: Array(event.line.utf8)[...]) == event)
    for reason in StopSummary.Reason.allCases {
      let stop = StopSummary(reason, check: reason == .draws ? nil : check)
      #expect(try StopSummary(json: stop.json) == stop)
    }
  }
}
