// The hard set: models on which samplers fail or crawl, on real data and on simulated data.

import Fitting
import RunFolder
import Tables

/// A model that is hard to sample, with what makes it so.
struct HardCase {
  let name: String
  /// What is hard about it, in a few words.
  let trouble: String
  let data: Data
  let formulas: [String]
  var priors: [String] = []
  var factors: [String] = []
  /// Draws of each of the four chains.
  var draws = 1000

  /// Where the data come from.
  enum Data {
    /// A dataset of the repository, by its name without `.csv`.
    case dataset(String)
    /// Data that `SimulatedTable` makes, the same every time.
    case simulated(@Sendable () throws -> Table)
  }

  /// The path of the data, written to `folder` where they are simulated; nil where they are not here.
  func dataPath(in folder: String) throws -> String? {
    switch data {
    case .dataset(let name): return Repository.dataset(name)
    case .simulated(let table):
      let path = "\(folder)/\(name).csv"
      try DelimitedWriter().write(table(), to: path, placement: .inPlace)
      return path
    }
  }

  /// The request of a run on the data at `path`.
  func request(_ path: String) -> RunRequest {
    var request = RunRequest()
    request.dataPath = path
    request.formulas = formulas
    request.priors = priors
    request.factors = factors
    request.method = .mcmc
    request.draws = draws
    return request
  }

  /// The words after `mglmm-fit` that run this case on the data at `path`.
  func arguments(_ path: String) -> [String] {
    var words = [path]
    for formula in formulas { words += ["-f", formula] }
    for prior in priors { words += ["--prior", prior] }
    for factor in factors { words += ["--factor", factor] }
    return words + ["--method", "mcmc", "--draws", String(draws)]
  }
}

extension HardCase {
  static let all = [
    HardCase(
      name: "weak-groups", trouble: "20 groups of 5 Bernoulli values, true sd 0.3: a funnel",
      data: .simulated { try SimulatedTable.weakGroups() },
      formulas: ["bf(y ~ x + (1 | g), family = bernoulli)"]),
    HardCase(
      name: "weak-slopes", trouble: "20 groups of 5 Bernoulli values, intercepts and slopes",
      data: .simulated { try SimulatedTable.weakGroups() },
      formulas: ["bf(y ~ x + (1 + x | g), family = bernoulli)"]),
    HardCase(
      name: "separation-flat", trouble: "4 of 200 values contradict separation; flat prior",
      data: .simulated { SimulatedTable.nearSeparation() },
      formulas: ["bf(y ~ x + z + (1 | g), family = bernoulli)"]),
    HardCase(
      name: "separation-normal", trouble: "the same with b ~ normal(0, 2.5)",
      data: .simulated { SimulatedTable.nearSeparation() },
      formulas: ["bf(y ~ x + z + (1 | g), family = bernoulli)"],
      priors: ["b ~ normal(0, 2.5)"]),
    HardCase(
      name: "zero-sd", trouble: "Gaussian and Poisson outcomes whose groups do not differ",
      data: .simulated { try SimulatedTable.zeroDeviation() },
      formulas: [
        "bf(y ~ x + (1 |p| g), family = gaussian)", "bf(n ~ x + (1 |p| g), family = poisson)",
      ]),
    HardCase(
      name: "crossed", trouble: "50,000 Bernoulli values, 2,000 by 1,000 crossed levels",
      data: .simulated { try SimulatedTable.crossed(rows: 50_000, first: 2000, second: 1000) },
      formulas: ["bf(y ~ x + (1 | g) + (1 | h), family = bernoulli)"], draws: 250),
    HardCase(
      name: "hernio", trouble: "32 patients, one value each of two outcomes, correlated",
      data: .dataset("hernio"),
      formulas: [
        "bf(leave ~ age + OKstatus + (1 |p| patient), family = bernoulli)",
        "bf(los ~ age + OKstatus + (1 |p| patient), family = poisson)",
      ]),
    HardCase(
      name: "grouseticks", trouble: "three nested factors, one level for each of 403 counts",
      data: .dataset("grouseticks"),
      formulas: [
        "bf(TICKS ~ YEAR + cHEIGHT + (1 | BROOD) + (1 | INDEX) + (1 | LOCATION), family = poisson)"
      ],
      factors: ["YEAR"]),
  ]
}
