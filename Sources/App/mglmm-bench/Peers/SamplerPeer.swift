// The peers of the sampler: found where they are installed, run on the same data and priors.

import Tables

/// A program that samples the models of the chain section, through a script of the folder `bench`.
struct SamplerPeer {
  let name: String
  /// The packages that do the work, each with its version.
  let versions: String
  private let interpreter: String
  private let script: String

  /// Every engine that the scripts know, in the order of the tables.
  static let known =
    ["brms", "stan_mvmer", "MCMCglmm"]
    + ["nutpie", "nutpie-low-rank", "nutpie-centred", "nutpie-centred-low-rank", "numpyro"]

  /// The engines that are installed here.
  static func installed() -> [SamplerPeer] {
    [("Rscript", ["--vanilla"], "peers.R"), ("python3", [], "peers.py")].flatMap {
      name, flags, script -> [SamplerPeer] in
      guard let interpreter = ChildProcess.locate(name), let root = Repository.root else {
        return []
      }
      let path = root + "/bench/" + script
      let run = try? MeasuredProcess.run(
        interpreter, flags + [path, "--have"], environment: environment, limit: 60)
      // "have brms brms 2.18.0, rstan 2.21.7"
      return (run?.output ?? "").split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[0] == "have" else { return nil }
        return SamplerPeer(
          name: String(words[1]), versions: String(words[2]), interpreter: interpreter, script: path
        )
      }
    }.sorted { order($0) < order($1) }
  }

  private static func order(_ peer: SamplerPeer) -> Int {
    known.firstIndex(of: peer.name) ?? known.count
  }

  private static let environment = [
    "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "PYTHONDONTWRITEBYTECODE=1",
  ]

  /// Samples the case called `name`: four chains in sequence in one process on one thread.
  func sample(_ name: String, data: String, limit: Double) -> Outcome {
    do {
      return try TemporaryFolder.with { folder in
        let draws = folder + "/draws.csv"
        let options = [
          ("engine", self.name), ("case", name), ("data", data), ("out", draws), ("chains", "4"),
          ("warmup", "1000"), ("draws", "1000"),
        ].map { "--\($0)=\($1)" }
        let flags = script.hasSuffix(".R") ? ["--vanilla"] : []
        let run = try MeasuredProcess.run(
          interpreter, flags + [script] + options, environment: Self.environment, limit: limit)
        if run.isOverdue { return .absent("stopped after \(NumberText.brief(limit)) s") }
        guard run.code == 0 else { return .absent("failed: \(run.complaint)") }
        let said = Self.results(run.output)
        if said["note"] == "no such model" { return .absent("no such model") }
        return .run(try EngineRun(said, chains: try Self.chains(draws)))
      }
    } catch {
      return .absent("failed: \(error)")
    }
  }

  /// How a peer fared on a case.
  enum Outcome {
    case run(EngineRun)
    /// Why there are no draws.
    case absent(String)
  }

  /// Lines `result KEY VALUE`.
  private static func results(_ output: String) -> [String: String] {
    var found: [String: String] = [:]
    for line in output.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2)
      guard words.count == 3, words[0] == "result" else { continue }
      var value = words[2]
      while value.last == " " { value.removeLast() }
      found[String(words[1])] = String(value)
    }
    return found
  }

  /// The draws of each parameter by chain, from a table whose column `chain` counts from 1.
  private static func chains(_ path: String) throws -> [(name: String, chains: [[Double]])] {
    let table = try DelimitedFile.read(path: path)
    guard case .numeric(let numbers)? = table["chain"] else {
      throw BenchError("the peer's draws have no column 'chain'")
    }
    return table.names.filter { $0 != "chain" }.compactMap { name in
      guard case .numeric(let values)? = table[name] else { return nil }
      var chains: [[Double]] = Array(repeating: [], count: Int(numbers.max() ?? 0))
      for (number, value) in zip(numbers, values) { chains[Int(number) - 1].append(value) }
      return (name, chains)
    }
  }
}
