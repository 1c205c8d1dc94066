// The printed errors of the formula language, as exact text.

import Tables
import Testing

@testable import Formula

@Suite("An error says what is wrong, where, and how to mend it")
struct ErrorMessageTests {
  /// A formula on the school table and what is printed about it.
  struct Case: Sendable, CustomTestStringConvertible {
    let formula: String
    let printed: String
    var testDescription: String { formula }
    init(_ formula: String, _ message: String, _ caret: String) {
      self.formula = formula
      printed = "\(message)\n  \(formula.escapingControls())\n  \(caret)"
    }
  }

  static let words: [Case] = [
    Case(
      "math ~ SES $ gender", "'$' cannot stand in a formula: name the column of the data alone",
      "           ^"),
    Case(
      "math ~ stats::poly(SES)",
      "'::' cannot stand in a formula: write the function without its package",
      "            ^~"),
    Case(
      "math ~ 2SES",
      "'2SES' is neither a number nor a name: write a column name that starts with a digit in backticks, `2SES`",
      "       ^~~~"),
    Case("math ~ 'SES", "this ' is never closed", "       ^"),
    Case(
      "math ~ a %an% b",
      "'%an%' is not an operator of the formula language; of this form are %in%, %% and %/%",
      "         ^~~~"),
    Case(
      "math ~ a % b", "'%' starts an operator such as %in%, but its second '%' is missing",
      "         ^"),
    Case(
      "math ~ passed?",
      "'?' cannot stand in a formula: a name with it is written in backticks, `a ?`",
      "             ^"),
    Case("math ~ \u{1B}[31m", "'\\u{1B}' cannot stand in a formula", "       ^~~~~~"),
    Case("math \u{2212} 1 ~ x", "'\u{2212}' is not a minus sign: write -", "     ^"),
  ]

  static let sentences: [Case] = [
    Case("", "the formula is empty", "^"),
    Case("math ~", "the formula ends where something is missing", "      ^"),
    Case("math ~ (1 | school", "this '(' is never closed", "       ^"),
    Case("math ~ log((SES)", "this '(' is never closed", "          ^"),
    Case("math ~ SES)", "this ')' closes nothing", "          ^"),
    Case("math ~ (SES + )", "something is missing before this ')'", "              ^"),
    Case("math ~ + * SES", "something is missing before '*'", "         ^"),
    Case("math ~ SES gender", "an operator is missing before 'gender'", "           ^~~~~~"),
    Case(
      "math ~ SES (1 | school)",
      "SES() is not a covariance structure; is an operator missing before '('?", "       ^~~"),
    Case(
      "math ~ SES(gender)", "'SES' is a column, not a function; is an operator missing before '('?",
      "       ^~~"),
    Case("math = SES", "'=' cannot stand here: a formula is written with '~'", "     ^"),
    Case("math ~ SES, gender", "one formula is expected here, not a list", "            ^~~~~~"),
    Case("math + SES", "the formula has no '~': write y ~ ... with the outcome's name", "^~~~"),
    Case("~ SES", "the formula has no outcome: write y ~ ... with the outcome's name", "^~~~~"),
    Case("math ~ SES ~ 1", "a formula has one '~'", "             ^"),
  ]

  static let terms: [Case] = [
    Case("math ~ .", "'.' is not supported: name the columns", "       ^"),
    Case(
      "math ~ SES + 2",
      "2 is not a term: only 0 (no intercept) and 1 (intercept) can be added", "             ^"),
    Case("math ~ SES:1", "a number cannot be in an interaction", "           ^"),
    Case(
      "math ~ SES^x",
      "the exponent of a formula is a whole number from 1 to 100; I(x^2) is arithmetic",
      "           ^"),
    Case(
      "math ~ SES > 1", "'>' cannot stand between terms; inside I() it calculates", "       ^~~~~~~"
    ),
    Case(
      "math ~ 'SES'", "a text is not a term: write the column's name without quotes", "       ^~~~~"
    ),
    Case(
      "math ~ SES*offset(grade)", "offset() can only be added, not multiplied",
      "           ^~~~~~~~~~~~~"),
    Case(
      "math ~ (a+b+c+d+e+f+g+h+i+j+k+l)^12", "this multiplies out to more than 2000 terms",
      "       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~"),
    Case(
      "math ~ math + SES", "'math' is the outcome and cannot explain itself; leave it out here",
      "       ^~~~"),
  ]

  static let columns: [Case] = [
    Case(
      "math ~ SESS", "there is no column 'SESS' in the data; did you mean 'SES'?", "       ^~~~"),
    Case("math ~ ses", "there is no column 'ses' in the data; did you mean 'SES'?", "       ^~~"),
    Case(
      "math ~ GENDRE", "there is no column 'GENDRE' in the data; did you mean 'gender'?",
      "       ^~~~~~"),
    Case("mtah ~ SES", "there is no column 'mtah' in the data; did you mean 'math'?", "^~~~"),
    Case(
      "math ~ (1 | scool)", "there is no column 'scool' in the data; did you mean 'school'?",
      "            ^~~~~"),
    Case("math ~ weather", "there is no column 'weather' in the data", "       ^~~~~~~"),
    Case("math ~ lgo(SES)", "there is no function 'lgo'; did you mean 'log'?", "       ^~~"),
    Case("math ~ ns(SES, 3)", "ns() is not available yet", "       ^~"),
    Case("math ~ SES + bs(grade)", "bs() is not available yet", "             ^~"),
    Case(
      "math ~ log(gender)",
      "'gender' is not numeric: its values are categories, and here is calculated with numbers",
      "           ^~~~~~"),
    Case(
      "math ~ relevel(gender, ref = 'femal')",
      "'gender' has no level 'femal'; did you mean 'female'?",
      "                             ^~~~~~~"),
    Case("math ~ I(gender == 'x')", "'gender' has no level 'x'", "                   ^~~"),
    Case(
      "math ~ poly(grade, 3)",
      "a polynomial of degree 3 needs more than 3 different values; 'grade' has 3",
      "       ^~~~~~~~~~~~~~"),
    Case(
      "math ~ poly(grade, degre = 2)",
      "poly() has no argument 'degre' here; did you mean 'degree'?", "                   ^~~~~"),
    Case("math ~ log()", "log() needs the argument 'x'", "       ^~~~~"),
    Case(
      "log(passed) ~ SES", "'log(passed)' is minus infinity in row 2 of the data", "^~~~~~~~~~~"),
    Case(
      "math ~ sqrt(SES)", "'sqrt(SES)' is not a number in row 2 of the data", "       ^~~~~~~~~"),
    Case("3 ~ SES", "the outcome has to be calculated from a column of the data", "^"),
  ]

  static let randomEffects: [Case] = [
    Case(
      "math ~ SES + 1 | school",
      "a random-effect term is written in parentheses, as in (1 | school)",
      "       ^~~~~~~~~~~~~~~~"),
    Case(
      "math ~ SES*(1 | school)", "a random-effect term can only be added, with '+'",
      "       ^~~~~~~~~~~~~~~~"),
    Case(
      "math ~ SES - (1 | school)", "a random-effect term cannot be taken away",
      "             ^~~~~~~~~~~~"),
    Case(
      "math ~ (1 | school + grade)",
      "a term has one grouping factor: write (1 | school) + (1 | grade)",
      "            ^~~~~~~~~~~~~~"),
    Case(
      "math ~ (0 | school)", "nothing varies here: write 1 or a column before the bar", "        ^"),
    Case(
      "math ~ dig(1 | school)", "dig() is not a covariance structure; did you mean 'diag'?",
      "       ^~~"),
    Case(
      "math ~ (1 |p| grade/school)",
      "an identifier belongs to one grouping factor: write the terms of grade/school apart, each with its own identifier",
      "              ^~~~~~~~~~~~"),
    Case(
      "math ~ (1 | school) + (SES | school)",
      "'(Intercept)' varies with 'school' twice; leave one of the terms out",
      "                      ^~~~~~~~~~~~~~"),
    Case(
      "math ~ (1 |p| school) + (0 + SES |p| grade)",
      "the identifier 'p' is used with two grouping factors, 'school' and 'grade'",
      "                                     ^~~~~"),
    Case(
      "math ~ (1 | factor(passed > 2))",
      "the grouping factor 'factor(passed > 2)' has 1 level in the rows used: variation between groups needs at least two",
      "            ^~~~~~~~~~~~~~~~~~"),
    Case(
      "math ~ (1 ||p| school)",
      "two bars hold an identifier, as in (1 |p| g); '||' cannot be used there",
      "       ^~~~~~~~~~~~~~~"),
  ]

  static let calls: [Case] = [
    Case(
      "bf(math ~ SES) + fb(passed ~ SES)",
      "fb() cannot stand here: a model is 'y ~ ...' or bf(y ~ ...) + bf(...)",
      "                 ^~"),
    Case(
      "bf(math ~ SES, sgima ~ gender)",
      "'sgima' is not a parameter that can be given a formula; did you mean 'sigma'?",
      "               ^~~~~"),
    Case(
      "bf(math ~ SES, sigma ~ 1, sigma ~ SES)", "'sigma' has two formulas",
      "                          ^~~~~"),
    Case(
      "bf(math ~ SES, famly = gaussian)",
      "the argument 'famly' of bf() is not available; did you mean 'family'?",
      "               ^~~~~"),
    Case(
      "math | trails(passed) ~ SES",
      "trails() is not a response term; did you mean 'trials'?", "       ^~~~~~"),
    Case(
      "math | cens(passed) ~ SES", "the response term cens() is not available yet", "       ^~~~"),
    Case(
      "bf(math ~ SES) + bf(math ~ gender)", "two outcomes are called 'math'",
      "                    ^~~~"),
    Case(
      "math | weights(SES) ~ gender", "the weight in row 2 of the data is negative (-1)",
      "               ^~~"),
  ]

  @Test("about words", arguments: words)
  func word(_ example: Case) { check(example) }
  @Test("about the shape of a formula", arguments: sentences)
  func sentence(_ example: Case) { check(example) }
  @Test("about terms", arguments: terms)
  func term(_ example: Case) { check(example) }
  @Test("about columns and functions", arguments: columns)
  func column(_ example: Case) { check(example) }
  @Test("about random effects", arguments: randomEffects)
  func randomEffect(_ example: Case) { check(example) }
  @Test("about bf() and response terms", arguments: calls)
  func call(_ example: Case) { check(example) }

  private func check(_ example: Case) {
    #expect(complaint { try modelFrame(example.formula, families: "") } == example.printed)
  }

  @Test("control characters of formulas and columns never reach the terminal")
  func sanitised() {
    let table = Table(
      rowCount: 2,
      columns: [("y", .numeric([1, 2])), ("a\u{1B}[2J", .numeric([1, 2]))])
    let printed = complaint { try modelFrame("y ~ `a\u{1B}[2K`\n+ 1", table: table) }
    #expect(
      printed == """
        there is no column 'a\\u{1B}[2K' in the data; did you mean 'a\\u{1B}[2J'?
          y ~ `a\\u{1B}[2K`\\n+ 1
              ^~~~~~~~~~~~
        """)
    #expect("a\u{202E}b\u{2028}".escapingControls() == "a\\u{202E}b\\u{2028}")
  }

  @Test("of a long formula the surroundings of the place are shown")
  func window() {
    let long = "y ~ " + (0..<60).map { "x\($0)" }.joined(separator: " + ")
    let error = FormulaError("m", formula: long, offset: 200, length: 3)
    let lines = error.description.split(separator: "\n").map(String.init)
    #expect(lines[1].hasPrefix("  ...") && lines[1].hasSuffix("...") && lines[1].count == 128)
    let characters = Array(long)
    let under = Array(lines[1])[65..<68]
    #expect(String(under) == String(characters[200..<203]))
    #expect(lines[2] == String(repeating: " ", count: 65) + "^~~")
  }

  @Test("a near miss is at most a third of the name away, swaps count once")
  func nearMisses() {
    #expect(nearMiss(of: "sesion", among: ["session", "season"]) == "session")
    #expect(nearMiss(of: "ab", among: ["ac", "b"]) == nil)
    #expect(nearMiss(of: "X", among: ["x"]) == "x")
    #expect(editDistance(Array("abcd"), Array("abdc")) == 1)
    #expect(editDistance(Array(""), Array("abc")) == 3)
    #expect(editDistance(Array("kitten"), Array("sitting")) == 3)
    #expect(editDistance(Array("ca"), Array("abc")) == 3)
  }
}
