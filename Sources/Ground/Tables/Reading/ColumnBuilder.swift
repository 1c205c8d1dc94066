// The values of one column while the rows are read.

/// Collects the fields of a column, as numbers as long as they are.
struct ColumnBuilder {
  enum Mode {
    /// The column is not wanted.
    case skipped
    /// All values so far are numbers or missing.
    case numbers
    /// The values are text.
    case texts
    /// The column began with numbers, whose text is gone, and is text after all.
    case refused
  }

  private(set) var mode: Mode
  /// The numbers; NaN where missing.
  private(set) var values: [Double] = []
  /// The code of each text in `interner`; −1 where missing.
  private(set) var codes: [Int32] = []
  private(set) var interner = TextInterner()
  /// Where the first infinite number stands: an error if the column is numeric to its end.
  private(set) var firstInfinite: Int?
  /// Whether a field was seen that text would not take as missing.
  private var hasValue = false

  /// An empty column with room for about `rows` values.
  init(_ mode: Mode, rows: Int) {
    self.mode = mode
    switch mode {
    case .numbers: values.reserveCapacity(rows)
    case .texts: codes.reserveCapacity(rows)
    case .skipped, .refused: break
    }
  }

  /// Takes the field of the next row.
  @inline(__always)
  mutating func add(_ field: Field, in bytes: Span<UInt8>) {
    switch mode {
    case .numbers: addNumber(field, in: bytes)
    case .texts: addText(field, in: bytes)
    case .skipped, .refused: return
    }
  }

  @inline(__always)
  private mutating func addNumber(_ field: Field, in bytes: Span<UInt8>) {
    if field.isMissingMark(in: bytes) {
      if field.isQuoted { hasValue = true }
      values.append(.nan)
      return
    }
    switch NumberReading(bytes, from: field.start, to: field.end) {
    case .number(let value):
      hasValue = true
      values.append(value)
    case .infinite:
      hasValue = true
      if firstInfinite == nil { firstInfinite = field.offset }
      values.append(.infinity)
    case .inexactInteger, .text:
      becomeText(field, in: bytes)
    }
  }

  private mutating func becomeText(_ field: Field, in bytes: Span<UInt8>) {
    if hasValue {
      mode = .refused
    } else {
      mode = .texts
      codes.reserveCapacity(values.capacity)
      for _ in values { codes.append(-1) }
      addText(field, in: bytes)
    }
    values = []
  }

  @inline(__always)
  private mutating func addText(_ field: Field, in bytes: Span<UInt8>) {
    if !field.isQuoted && field.isMissingMark(in: bytes) {
      codes.append(-1)
    } else if field.hasDoubledQuotes {
      let content = field.content(in: bytes)
      codes.append(
        interner.code(for: content.span, from: 0, to: content.count, firstOffset: field.offset))
    } else {
      codes.append(
        interner.code(for: bytes, from: field.start, to: field.end, firstOffset: field.offset))
    }
  }
}
