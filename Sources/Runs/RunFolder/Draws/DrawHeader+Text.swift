// The comments of a CSV file of draws, as CmdStan 2.36 writes them.

import Glibc

extension DrawHeader {
  /// The places of settings that change while a run lives: byte offsets in the file of fields of `fieldWidth` characters.
  struct Fields {
    var samples = 0
    var warmup = 0

    static let samplesPrefix = "#     num_samples = "
    static let warmupPrefix = "#     num_warmup = "

    /// Takes the place of a setting from `line`, which begins at `offset`, if it is one of the two.
    mutating func find(in line: ArraySlice<UInt8>, at offset: Int) {
      if line.starts(with: Self.samplesPrefix.utf8) {
        samples = offset + Self.samplesPrefix.utf8.count
      } else if line.starts(with: Self.warmupPrefix.utf8) {
        warmup = offset + Self.warmupPrefix.utf8.count
      }
    }
  }

  static let fieldWidth = 12

  /// Rows that warm-up takes in the file.
  var warmupRows: Int { (warmup + thin - 1) / thin }

  /// The name of the model as one word.
  private var modelWord: String {
    String(cleanText(model).map { $0.isWhitespace || $0 == "=" ? "_" : $0 })
  }

  /// How every file of this model begins.
  private var beginning: String {
    """
    # stan_version_major = 2
    # stan_version_minor = 36
    # stan_version_patch = 0
    # model = \(modelWord)

    """
  }

  /// Whether the file at `path` is one that a worker has begun, be it with an incomplete first line; false without a file.
  func began(_ path: String) throws(FileError) -> Bool {
    guard FileSystem.exists(path) else { return false }
    let wanted = Array(beginning.utf8)
    let file = try FileDescriptor(opening: path, O_RDONLY, action: "read")
    return wanted.starts(with: try file.read(at: 0, count: wanted.count))
  }

  /// Writes the comments and the line of column names, and says where the changing settings are.
  func write(to out: inout TextBuilder) -> Fields {
    var fields = Fields()
    out.append(beginning)
    out.append(
      """
      # method = sample (Default)
      #   sample

      """)
    out.append(Fields.samplesPrefix)
    fields.samples = out.bytes.count
    out.append(Self.field(draws))
    out.append("\n" + Fields.warmupPrefix)
    fields.warmup = out.bytes.count
    out.append(Self.field(warmup))
    out.append(
      """

      #     save_warmup = 1
      #     thin = \(thin)
      #     adapt
      #       engaged = 1 (Default)
      #       delta = \(targetAcceptance)
      #     algorithm = hmc (Default)
      #       hmc
      #         engine = nuts (Default)
      #           nuts
      #             max_depth = \(maxTreeDepth)
      #         metric = diag_e (Default)
      #         stepsize = 1 (Default)
      #         stepsize_jitter = 0 (Default)
      #     num_chains = 1 (Default)
      # id = \(chain)
      # data
      #   file = \(cleanText(dataPath))
      # init = 2 (Default)
      # random
      #   seed = \(seed)
      # output
      #   sig_figs = 17

      """)
    let columns = ColumnNames(names: names).columns
    for (column, name) in zip(columns, names) where column != name {
      out.append("\(ColumnNames.alias)\(column): \(cleanText(name))\n")
    }
    out.append(Self.columnLine(columns))
    out.append("\n")
    return fields
  }

  private static func columnLine(_ columns: [String]) -> String {
    (DrawStatistics.names + columns).joined(separator: ",")
  }

  /// A count padded with blanks, which readers trim, so that it can be overwritten in place.
  static func field(_ count: Int) -> String {
    let text = String(count)
    return text + String(repeating: " ", count: max(0, fieldWidth - text.utf8.count))
  }

  /// Writes what CmdStan writes between warm-up and sampling; the matrix is that of the preconditioned scale.
  func writeAdaptation(stepSize: Double, to out: inout TextBuilder) {
    out.append("# Adaptation terminated\n# Step size = ")
    out.append(stepSize)
    out.append("\n# Diagonal elements of inverse mass matrix:\n# ")
    out.append(Array(repeating: "1", count: max(names.count, 1)).joined(separator: ", "))
    out.append("\n")
  }

  /// Writes what CmdStan writes at the end.
  static func writeTimes(warmup: Double, sampling: Double, to out: inout TextBuilder) {
    out.append("# \n#  Elapsed Time: ")
    out.append(warmup)
    out.append(" seconds (Warm-up)\n#                ")
    out.append(sampling)
    out.append(" seconds (Sampling)\n#                ")
    out.append(warmup + sampling)
    out.append(" seconds (Total)\n# \n")
  }
}
