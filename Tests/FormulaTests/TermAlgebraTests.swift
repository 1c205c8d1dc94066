// Expansion of formulas into terms, against tables written by hand.

import Testing

@testable import Formula

@Suite("Formulas multiply out as R's terms.formula does")
struct TermAlgebraTests {
  private func labels(_ text: String) throws -> [String] {
    let fixed = try ModelFormula.parse(["y ~ " + text]).outcomes[0].predictors[0].fixed
    return (fixed.hasIntercept ? ["1"] : []) + fixed.terms.map { fixed.label(of: $0) }
  }

  @Test(
    "terms come by degree, then in order of appearance, each once",
    arguments: [
      ("a + b", "1 a b"), ("b:a + a", "1 a b:a"), ("a + b:a", "1 a a:b"), ("a*b", "1 a b a:b"),
      ("a*b*c", "1 a b c a:b a:c b:c a:b:c"), ("(a + b + c)^2", "1 a b c a:b a:c b:c"),
      ("(a + b)^3", "1 a b a:b"), ("a/b", "1 a a:b"), ("a/b/c", "1 a a:b a:b:c"),
      ("(a + b)/c", "1 a b a:b:c"), ("a/(b + c)", "1 a a:b a:c"), ("b %in% a", "1 b:a"),
      ("a*b - a", "1 b a:b"), ("a*b - a:b", "1 a b"), ("a + a + a:a", "1 a"), ("0 + a", "a"),
      ("a - 1", "a"), ("-1 + a", "a"), ("a + 0 + 1", "1 a"), ("a - 1 + 1", "1 a"), ("1", "1"),
      ("0", ""), ("- a + a", "1 a"), ("a - (b - a)", "1 a"), ("a:b + a", "1 a a:b"),
      ("a**2", "1 a"),
      ("a + (1 | g) - 1", "a"), ("(a + (1 | g)) + b", "1 a b"), ("x + offset(z)", "1 x"),
      ("I( a+b )", "1 I(a + b)"), ("poly(x,2,raw=TRUE)", "1 poly(x, 2, raw = TRUE)"),
      ("log(x)+log( x )", "1 log(x)"), ("I(-x^2)", "1 I(-x^2)"), ("I((a+b)*2)", "1 I((a + b) * 2)"),
      ("relevel(f,ref='a')", "1 relevel(f, ref = \"a\")"), ("`my x` + `x`", "1 `my x` x"),
    ])
  func expansion(text: String, expected: String) throws {
    // Labels may hold spaces, so the joined lists are compared.
    #expect(try labels(text).joined(separator: " ") == expected)
  }

  @Test(
    "numbers are read as R writes them",
    arguments: [
      ("1", 1), (".5", 0.5), ("5.", 5), ("1.e2", 100), ("1e-3", 0.001), ("2E+1", 20), ("3L", 3),
      ("0.1", 0.1),
    ])
  func numbers(text: String, value: Double) throws {
    guard case .number(let number, _) = try ExpressionParser.expression(text).form else {
      Issue.record("\(text) is not a number")
      return
    }
    #expect(number == value)
  }

  @Test("operators bind as in R: ^ before sign, sign before :, : before %in%, %in% before *")
  func precedence() throws {
    func shape(_ expression: Expression) -> String {
      switch expression.form {
      case .binary(let symbol, let left, let right): "(\(shape(left))\(symbol)\(shape(right)))"
      case .prefix(let symbol, let operand): "\(symbol)\(shape(operand))"
      default: expression.text
      }
    }
    func parsed(_ text: String) throws -> String {
      shape(try ExpressionParser.expression(text))
    }
    #expect(try parsed("a + b*c:d^e^f") == "(a+(b*(c:(d^(e^f)))))")
    #expect(try parsed("-a:b") == "(-a:b)")
    #expect(try parsed("-a^b") == "-(a^b)")
    #expect(try parsed("a %in% b*c/d") == "(((a%in%b)*c)/d)")
    #expect(try parsed("y ~ 1 + x | p | g") == "(y~(((1+x)|p)|g))")
    #expect(try parsed("a - b - c") == "((a-b)-c)")
    #expect(try parsed("!a == b & c") == "(!(a==b)&c)")
    #expect(try parsed("a^-1") == "(a^-1)")
  }
}
