// Tables from comma, tab or semicolon separated files: the door of the reader.

/// Reads delimited text (CSV, TSV) as a table, or says in one line where and why it cannot.
///
/// The text is UTF-8, with or without a byte-order mark, with a header line, as RFC 4180 has it: fields may be
/// quoted, a quote inside is doubled, a quoted field may hold line breaks; LF, CRLF and lone CR end a row.
/// Blank lines are passed over, and so are blanks around a field that is not quoted. An empty first name,
/// which R writes above row names, becomes `row`. All names and levels are sanitised.
///
/// Missing are the empty field, `NA`, `NaN` and `.`; in quotes they are missing among numbers and text
/// among text.
///
/// A column of decimal numbers is numeric (`+3`, `1e5`, `.5` are numbers; hexadecimal numbers are text).
/// A column with any other value is a factor with its levels in the order of their UTF-8 bytes.
/// Values that R reads as logical (`TRUE FALSE T F true false True False`) become a factor with levels
/// `FALSE`, `TRUE`. Integers that a double cannot tell apart (long ids) become a factor, so that
/// none is taken for its neighbour. Infinite and too large numbers are errors, and so are columns of
/// numbers with a decimal or thousands comma, which would otherwise become a factor without a word.
package enum DelimitedFile {
  /// What the caller knows about the file.
  package struct Options: Sendable {
    /// The byte between fields; nil takes a tab for `.tsv` and `.tab` and else what the header line has most of:
    /// comma, tab or semicolon.
    package var delimiter: UInt8?
    /// Columns that are factors even if all values are numbers.
    ///
    /// Equal numbers are one level, written as first met in the file; the levels are in numeric order.
    package var factors: Set<String>
    /// Columns that are factors with their levels in the given order, which must name each level of the data once.
    package var levels: [String: [String]]
    /// The columns to keep, in the order of the file; nil keeps all.
    package var columns: Set<String>?

    /// Options; by default everything is found out from the file.
    package init(
      delimiter: UInt8? = nil, factors: Set<String> = [], levels: [String: [String]] = [:],
      columns: Set<String>? = nil
    ) {
      self.delimiter = delimiter
      self.factors = factors
      self.levels = levels
      self.columns = columns
    }
  }

  /// The table in the file at `path`.
  ///
  /// - Throws: `TableError` of kind `unreadable` when the system refuses, `malformed` when the content is not a table
  ///   or not the one that the options describe.
  package static func read(
    path: String, options: Options = Options()
  ) throws(TableError) -> Table {
    var options = options
    if options.delimiter == nil && (path.hasSuffix(".tsv") || path.hasSuffix(".tab")) {
      options.delimiter = Ascii.tab
    }
    let bytes = try FileBytes.read(path: path)
    return try parse(bytes.span, file: path, options: options)
  }

  /// The table in the text `bytes`; `file` is the name that errors give.
  package static func parse(
    _ bytes: Span<UInt8>, file: String, options: Options = Options()
  ) throws(TableError) -> Table {
    do throws(Fault) {
      try FileFormatCheck.requireText(bytes)
      let header = try Header(bytes, options: options)
      return try TableReader(header: header, options: options).table(from: bytes)
    } catch {
      throw error.error(in: bytes, file: file)
    }
  }
}
