// The model builder: keys in, formula, questions and screen out.

import Foundation
import RunFolder
import TerminalCore
import Testing

@testable import Dashboard

/// Rows of the school data from the top: student_id, school_id, gender, SES, period, math_score, passed, absences.
private let path = "/data/edu.csv"

@Suite("The model builder makes the formula that its keys say")
struct BuilderTests {
  private func build(
    _ names: String, columns: Int = 120, rows: Int = 40, world: ScriptedWorld = Setup.world()
  ) -> Setup { Setup(path, columns: columns, rows: rows, world: world, keys(names)) }

  @Test("the first frame shows every column with type, missing values, histogram and range")
  func firstFrame() {
    let text = build("").text
    for piece in [
      "Columns (8)", "row number", "text 60", "text 2", "0/1", "integer", "numeric", "67% are 1",
      "S01, S02,", "-2 to 2", "600 rows", "choose an outcome", "g?",
    ] { #expect(text.contains(piece), "\(piece)") }
    let missing = text.split(separator: "\n").first { $0.contains("SES") } ?? ""
    #expect(missing.contains(" 12 "), "600 rows, every 50th missing")
    #expect(build("").screen.frames.count == 1, "data that are quick are in the first frame")
  }

  @Test("y, x and g choose, again takes back, and a column has one part")
  func choosing() {
    #expect(build("j j j j j y").formula == "math_score ~ 1")
    #expect(build("j g j x j x j j y").formula == "math_score ~ gender + SES + (1 | school_id)")
    #expect(build("j g j x j x j j y y").formula == "")
    #expect(build("j j j x y").formula == "SES ~ 1")
    #expect(build("j j j j j y g").formula == "")
    #expect(
      build("j g j j j j y j y").formula == "cbind(math_score, passed) ~ 1 + (1 | school_id)")
    #expect(build("j j j j j y j y").builder?.familyText == "gaussian,bernoulli")
    #expect(build("j j j j j y k k x -").formula == "math_score ~ 1")
  }

  @Test(
    "i crosses a predictor with the one before, c takes numbers as categories, s lets slopes vary")
  func terms() {
    #expect(build("j j x j x i j j y").formula == "math_score ~ gender * SES")
    #expect(build("j j x j x i i j j y").formula == "math_score ~ gender + SES")
    #expect(build("j j x i").lastLine.contains("this is the first"))
    #expect(build("j j j j x c j y").formula == "math_score ~ factor(period)")
    #expect(build("j j x c").lastLine.contains("categories already"))
    #expect(build("j g j j x s j j y").formula == "math_score ~ SES + (1 + SES | school_id)")
    #expect(build("j g j j x s s j j y").formula == "math_score ~ SES + (1 | school_id)")
    #expect(
      build("j g j j j g k x s s j j y").formula
        == "math_score ~ SES + (1 | school_id) + (1 + SES | period)")
    #expect(build("j j j x s").lastLine.contains("no group yet"))
    #expect(build("j j j s").lastLine.contains("x makes it one"))
    #expect(
      build("j j x j x i k x j j j y").formula == "math_score ~ SES",
      "what was crossed with nothing is not crossed")
  }

  @Test("an outcome's family is suggested with its reason, f goes through those that suit")
  func families() {
    #expect(build("G y").lastLine.contains("absences: counts, variance"))
    #expect(build("G y").builder?.familyText == "nbinom2")
    #expect(build("G y f").builder?.familyText == "poisson")
    #expect(build("G y f f f").builder?.familyText == "nbinom2")
    #expect(build("G k y f").builder?.familyText == "list(bernoulli(link = \"probit\"))")
    #expect(build("j y").lastLine.contains("text of 60 levels"))
    #expect(build("f").lastLine.contains("y makes it one"))
    #expect(build("G y").text.contains("times the mean -> nbinom2"), "beside the column in front")
    let panel = build("G y", rows: 20).text.split(separator: "\n").filter { $0.contains("nbinom2") }
    #expect(panel.contains { $0.contains("counts, variance") })
  }

  @Test("the fitting program says which families there are")
  func familiesOfTheProgram() {
    let few = Setup.world { request in
      .report(
        DescribeReport(
          .fault(ModelFault(message: "no formula", exitCode: 64)),
          families: ["gaussian", "poisson"]))
    }
    #expect(build("G y", world: few).builder?.familyText == "poisson")
  }

  @Test("the formula is checked after every change, and the answer stands under it")
  func checking() {
    let session = build("j g j j x j j y")
    #expect(
      session.text.contains("✓ 3926 values, 60 levels of school_id, 10"))
    #expect(session.text.contains("12 rows left out for passed: SES missing"))
    #expect(session.questions.map(\.formulas).last == ["math_score ~ SES + (1 | school_id)"])
    #expect(session.questions.last?.family == "gaussian")
    // The first question, without a formula, is which families there are.
    #expect(session.questions.first?.formulas == [])
    #expect(session.questions.count == 2, "only a formula is worth a question")
    let slow = Setup.world { _ in nil }
    #expect(build("G y", world: slow).text.contains("checking ..."))
  }

  @Test("an error has a caret under its place, also while the formula is typed")
  func errors() {
    let world = Setup.world(
      answer: Setup.wrong("there is no column 'SESS'; did you mean 'SES'?", at: "SESS"))
    let session = Setup(path, world: world, keys("j j j j j y e") + typed(" + SESS"))
    let lines = session.text.split(separator: "\n").map(String.init)
    let row = lines.firstIndex { $0.contains("math_score ~ 1 + SESS") } ?? 0
    let word = lines[row].range(of: "SESS").map {
      lines[row].distance(from: lines[row].startIndex, to: $0.lowerBound)
    }
    let caret = lines[row + 1].range(of: "^~~~").map {
      lines[row + 1].distance(from: lines[row + 1].startIndex, to: $0.lowerBound)
    }
    #expect(word != nil && word == caret)
    #expect(session.text.contains("✗ there is no column 'SESS'"))
    let refused = Setup(
      path, world: world, keys("j j j j j y e") + typed(" + SESS") + keys("enter ctrl-s"))
    #expect(refused.world.opened.isEmpty && refused.lastLine.contains("Not started"))
  }

  @Test("a formula edited by hand is kept until b goes back to choosing")
  func byHand() {
    let edited = Setup(path, keys("j j j j j y e") + typed(" + I(SES^2)") + keys("enter"))
    #expect(edited.formula == "math_score ~ 1 + I(SES^2)")
    #expect(edited.text.contains("Formula, by hand"))
    let kept = Setup(path, keys("j j j j j y e") + typed(" + SES") + keys("enter k x"))
    #expect(kept.formula == "math_score ~ 1 + SES")
    #expect(kept.lastLine.contains("b goes back to choosing"))
    let back = Setup(path, keys("j j j j j y e") + typed(" + SES") + keys("enter b k x"))
    #expect(back.formula == "math_score ~ period")
    let undone = Setup(path, keys("j j j j j y e") + typed(" + SES") + keys("esc"))
    #expect(undone.formula == "math_score ~ 1" && undone.builder?.handFormula == nil)
    let same = build("j j j j j y e enter")
    #expect(same.builder?.handFormula == nil, "what the columns make is no formula by hand")
    let entered = Setup(path, keys("j j j j j y tab enter") + typed(" + SES") + keys("enter"))
    #expect(entered.formula == "math_score ~ 1 + SES", "Enter on the formula edits it")
  }

  @Test("Tab completes names of columns while the formula is typed")
  func completion() {
    let session = Setup(path, keys("e") + typed("ma") + keys("tab") + typed(" ~ S") + keys("tab"))
    #expect(session.formula == "math_score ~ SES")
    let several = Setup(path, keys("e") + typed("s"))
    #expect(several.lastLine.contains("student_id") && several.lastLine.contains("school_id"))
  }

  @Test("priors are shown, stated in the line, replaced, and taken back")
  func priors() {
    let shown = build("j j j x j j y")
    #expect(shown.text.contains("b[math_score, SES]") && shown.text.contains("flat"))
    #expect(shown.text.contains("student_t(3, 60.2, 10.1)"))
    let stated = build("j j j x j j y P j enter enter")
    #expect(stated.builder?.base.priors == ["b[math_score, SES] ~ normal(0, 2.5)"])
    #expect(stated.text.contains("stated"))
    let again = Setup(
      path,
      keys("j j j x j j y P j enter enter :") + typed("prior b[math_score, SES] ~ normal(0, 1)")
        + keys("enter"))
    #expect(again.builder?.base.priors == ["b[math_score, SES] ~ normal(0, 1)"])
    #expect(build("j j j x j j y P j enter enter del").builder?.base.priors == [])
    #expect(build("j j j x j j y P del").lastLine.contains("the default"))
    #expect(build("j j j x j j y m").text.contains("ml knows no priors"))
    #expect(
      Setup(path, keys(":") + typed("prior b") + keys("enter")).lastLine.contains("wants a class"))
  }

  @Test("method, chains, warm-up, draws and seed are changed by keys and commands")
  func settings() {
    #expect(build("m").builder?.base.method == .ml)
    #expect(build("m m m m").builder?.base.method == .mcmc)
    #expect(build("tab tab tab l + +").builder?.base.chains == 6)
    #expect(build("tab tab tab l l -").builder?.base.warmup == 150)
    #expect(build("tab tab tab l l l +").builder?.base.draws == 2000)
    #expect(build("tab tab tab l l l l -").builder?.base.seed == 0)
    let typedIn = Setup(
      path, keys("tab tab tab l l l enter ctrl-u") + typed("draws 500") + keys("enter"))
    #expect(typedIn.builder?.base.draws == 500)
    func command(_ text: String) -> Setup { Setup(path, keys(":") + typed(text) + keys("enter")) }
    #expect(command("method map").builder?.base.method == .map)
    #expect(command("seed 18446744073709551615").builder?.base.seed == .max)
    #expect(command("chains 2").builder?.base.chains == 2)
    #expect(command("zi ~ mined").builder?.base.zeroInflation == "~ mined")
    #expect(command("draws none").lastLine.contains("whole number"))
    #expect(command("method magic").lastLine.contains("one of mcmc"))
    #expect(command("conjure").lastLine.contains("no command conjure"))
    #expect(command("family poisson").builder?.familyText == "poisson")
  }

  @Test("/ filters columns, o puts them in order")
  func listing() {
    let filtered = Setup(path, keys("/") + typed("sc"))
    #expect(filtered.text.contains("2 of 8 match") && !filtered.text.contains("gender"))
    #expect(Setup(path, keys("/") + typed("sc") + keys("enter j y")).formula == "math_score ~ 1")
    #expect(Setup(path, keys("/") + typed("sc") + keys("enter esc")).text.contains("Columns (8)"))
    let byMissing = build("o o o").builder
    #expect(byMissing?.listed.first == 3)
    #expect(build("o").lastLine.contains("by name"))
    #expect(build("j j o").builder?.column?.name == "gender", "the column in front stays in front")
  }

  @Test("Ctrl-S starts what is shown; the command line beside it says the same")
  func starting() throws {
    let session = build("j g j j x j j y ctrl-s")
    #expect(session.end == .opened)
    guard case .start(let request) = session.world.opened.first else {
      Issue.record("nothing was started")
      return
    }
    #expect(request.formulas == ["math_score ~ SES + (1 | school_id)"])
    #expect(request.family == "gaussian" && request.method == .mcmc && request.dataPath == path)
    let shown = build("j g j j x j j y").text
    #expect(
      shown.contains(
        "$ mglmm-tui /data/edu.csv -f 'math_score ~ SES + (1 | school_id)' --family gaussian"))
    #expect(build("j j j j j y f5").end == .opened)
    #expect(build("ctrl-s").lastLine.contains("Choose an outcome first"))
    let world = Setup.world()
    world.problem = .file(FileError("create the folder", "/runs", code: 28))
    let failed = build("j j j j j y ctrl-s", world: world)
    #expect(failed.end == .hangup && failed.lastLine.contains("cannot create the folder /runs"))
  }

  @Test("q asks only where something was chosen")
  func leaving() {
    #expect(build("q").end == .left)
    #expect(build("j j j j j y q").text.contains("Leave?"))
    #expect(build("j j j j j y q y").end == .left)
    #expect(build("j j j j j y q n").formula == "math_score ~ 1")
    #expect(build("j j j j j y esc y").end == .left)
    #expect(build("j j j j j y ctrl-c").end == .left)
  }

  @Test("keys are answered while the data are being read, and a file that is no table is explained")
  func reading() {
    let world = Setup.world()
    world.profile = .failure(DataFault(description: "edu.csv:3:4: the row ends after 2 fields"))
    #expect(build("y", world: world).text.contains("edu.csv:3:4: the row ends"))
    var state = BuilderState(path: path, base: RunRequest(), size: Size(columns: 80, rows: 24))
    #expect(state.frame().asText().contains("reading edu.csv ..."))
    _ = state.handle(.key(.character("y")))
    #expect(state.frame().asText().contains("still being read"))
  }

  @Test("a builder that begins with options of the command line keeps them")
  func options() {
    var base = Setup.base
    base.family = "poisson"
    base.priors = ["b ~ normal(0, 1)"]
    base.draws = 400
    let session = Setup(path, base: base, keys("G y"))
    #expect(session.builder?.request.family == "poisson")
    #expect(session.builder?.request.draws == 400)
    #expect(session.builder?.commandLine.contains("--prior 'b ~ normal(0, 1)' --draws 400") == true)
  }

  @Test("everything can be reached on 40 columns by 12 rows")
  func small() {
    let first = build("", columns: 40, rows: 12)
    #expect(first.text.contains("school_id") && first.text.contains("q leave"))
    let chosen = build("j g j j x j j y", columns: 40, rows: 12).text
    #expect(chosen.contains("(1 | school_id)") && chosen.contains("✓ 3926 values"))
    let priors = build("j j j x j j y P", columns: 40, rows: 12).text
    #expect(priors.contains("student_t(3, 60.2"), "\(priors)")
    #expect(build("tab tab tab", columns: 40, rows: 12).text.contains("method mcmc"))
  }

  @Test("names that are no plain names of R stand in backticks")
  func quoting() {
    #expect(ModelChoices.quoted("SES") == "SES")
    #expect(ModelChoices.quoted("log.y_2") == "log.y_2")
    #expect(ModelChoices.quoted("a b") == "`a b`")
    #expect(ModelChoices.quoted("2nd") == "`2nd`")
    #expect(ModelChoices.quoted(".5") == "`.5`")
    #expect(ModelChoices.quoted("if") == "`if`")
    #expect(ModelChoices.quoted("") == "``")
    #expect(ModelChoices.quoted("身長") == "身長")
  }
}
