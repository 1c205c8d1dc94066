// The draws of one chain, by column, as read from its CSV file.

/// The draws of one chain: a column of numbers for each name, warm-up first where it was written.
package struct ChainDraws: Sendable, Equatable {
  /// The number of the chain, from 1.
  package var id: Int
  /// The names of the columns in the order of the file, the sampler's (`lp__` ...) among them.
  package private(set) var names: [String]
  /// For each name its draws; all of one length.
  package internal(set) var columns: [[Double]]
  /// How many of the draws, from the first, belong to warm-up.
  package internal(set) var warmupCount = 0
  /// Where the chain is in its life.
  package internal(set) var phase = ChainPhase.waiting
  /// The step size that adaptation ended with, or the latest one while it has not ended.
  package internal(set) var stepSize: Double?
  /// The settings in the comments of the file: `num_samples`, `num_warmup`, `thin`, ...
  package var settings: [String: String] = [:]
  /// CPU or wall seconds of warm-up and sampling, once the file's last lines say so.
  package internal(set) var warmupSeconds: Double?
  package internal(set) var samplingSeconds: Double?
  private var positions: [String: Int]

  /// Draws given by column, as tests and demos make them.
  ///
  /// - Precondition: as many columns as names, of one length, of which `warmupCount` draws are warm-up.
  package init(
    id: Int, names: [String] = [], columns: [[Double]] = [], warmupCount: Int = 0,
    phase: ChainPhase = .waiting, stepSize: Double? = nil
  ) {
    precondition(names.count == columns.count, "a column for each name")
    precondition(columns.allSatisfy { $0.count == columns[0].count }, "columns of unequal length")
    precondition(warmupCount <= columns.first?.count ?? 0, "more warm-up than draws")
    self.id = id
    self.names = names
    self.columns = columns
    self.warmupCount = warmupCount
    self.phase = phase
    self.stepSize = stepSize
    positions = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  /// All draws, warm-up included.
  package var count: Int { columns.first?.count ?? 0 }
  /// The draws after warm-up.
  package var keptCount: Int { count - warmupCount }

  /// The draws of a column, warm-up included, if there is a column of that name.
  package subscript(name: String) -> [Double]? { positions[name].map { columns[$0] } }

  /// The draws of a column after warm-up, if there is a column of that name.
  package func kept(_ name: String) -> ArraySlice<Double>? {
    positions[name].map { columns[$0][warmupCount...] }
  }

  /// The index of a column, for those who look it up once and read it often.
  package func index(of name: String) -> Int? { positions[name] }

  /// The names without the sampler's columns, which end in `__`.
  package var parameterNames: [String] { names.filter { !$0.hasSuffix("__") } }

  /// Divergent transitions after warm-up.
  package var divergences: Int { kept("divergent__")?.count { $0 != 0 } ?? 0 }

  /// Divergent transitions during warm-up.
  package var warmupDivergences: Int {
    self["divergent__"]?.prefix(warmupCount).count { $0 != 0 } ?? 0
  }
}

/// What a parameter is, guessed from its name as INTERFACE.md writes names.
package enum ParameterKind: Sendable, Equatable, CaseIterable {
  /// A fixed effect, `b_...`.
  case fixedEffect
  /// A standard deviation of random effects, `sd_...`.
  case standardDeviation
  /// A correlation of random effects, `cor_...`, or of residuals, `rescor_...`.
  case correlation
  /// A dispersion or other distributional parameter: `sigma`, `shape`, `phi`, `nu`, `zi`, `hu`.
  case dispersion
  /// A random effect, `r_...`.
  case randomEffect
  /// A column of the sampler, `lp__` ...
  case sampler
  case other

  /// The kind of the parameter called `name`.
  package init(name: String) {
    func begins(_ prefix: String) -> Bool { name.hasPrefix(prefix) }
    if name.hasSuffix("__") {
      self = .sampler
    } else if begins("b_") {
      self = .fixedEffect
    } else if begins("sd_") {
      self = .standardDeviation
    } else if begins("cor_") || begins("rescor_") {
      self = .correlation
    } else if begins("r_") {
      self = .randomEffect
    } else {
      let stem = name.prefix { $0 != "_" && $0 != "[" }
      self = Self.dispersionNames.contains(String(stem)) ? .dispersion : .other
    }
  }

  private static let dispersionNames: Set<String> = [
    "sigma", "shape", "phi", "nu", "zi", "hu", "zoi", "coi", "ndt", "alpha", "disc", "power",
  ]
}
