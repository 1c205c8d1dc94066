// The tree that a formula's text is parsed into.

/// A part of a formula: the tree below it and where it stands in the text.
struct Expression: Sendable {
  /// What the part is.
  indirect enum Form: Sendable {
    case name(String)
    case number(Double, written: String)
    case string(String)
    case call(function: String, at: Place, arguments: [Argument])
    case binary(String, Expression, Expression)
    case prefix(String, Expression)
    case parenthesised(Expression)
  }

  /// An argument of a call, with its name when it was given one.
  struct Argument: Sendable {
    let name: String?
    let namePlace: Place?
    let value: Expression
  }

  let form: Form
  let place: Place
  /// The height of the tree, kept small so that walking it never exhausts the stack.
  let depth: Int

  /// An expression of this form.
  init(_ form: Form, at place: Place) {
    self.form = form
    self.place = place
    depth =
      1
      + {
        switch form {
        case .name, .number, .string: 0
        case .call(_, _, let arguments): arguments.map(\.value.depth).max() ?? 0
        case .binary(_, let left, let right): max(left.depth, right.depth)
        case .prefix(_, let operand): operand.depth
        case .parenthesised(let inner): inner.depth
        }
      }()
  }

  /// The expression inside all parentheses around it.
  var unwrapped: Expression {
    var expression = self
    while case .parenthesised(let inner) = expression.form { expression = inner }
    return expression
  }

  /// The name, if the expression is one.
  var name: String? {
    if case .name(let name) = form { name } else { nil }
  }

  /// The names in the expression, in order of appearance and perhaps repeated; without those of functions and arguments.
  var names: [(name: String, place: Place)] {
    switch form {
    case .name(let name): [(name, place)]
    case .number, .string: []
    case .call(_, _, let arguments): arguments.flatMap(\.value.names)
    case .binary(_, let left, let right): left.names + right.names
    case .prefix(_, let operand): operand.names
    case .parenthesised(let inner): inner.names
    }
  }
}
