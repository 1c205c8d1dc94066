// Densities, derivatives and distribution functions against 60-digit arithmetic.

import Foundation
import Probability
import Testing

@testable import Families

@Suite("Every family agrees with tables of 60-digit arithmetic, extreme rows included")
struct GoldenTableTests {
  /// Checks one row of a table: the scalar density, both kernels with their derivative, and the
  /// distribution function.
  private func check(
    _ family: any ResponseFamily, _ row: [String: Double], trials: Double? = nil,
    predictors: [Double], derivativeScale: Double = 1
  ) {
    guard let y = row["y"], let logpdf = row["logpdf"], let slope = row["dlogpdf_deta"],
      let cdf = row["cdf"]
    else {
      Issue.record("a column is missing")
      return
    }
    let place = Comment("\(family.name) \(row)")
    let scalar = family.logDensity(y: y, trials: trials ?? 1, predictors: predictors)
    #expect(agrees(scalar, logpdf), "\(scalar) \(place)")
    for constant in [true, false] {
      let kernel = oneRow(family, y: y, trials: trials, predictors: predictors, constant: constant)
      #expect(agrees(kernel.value, logpdf), "\(kernel.value) \(constant) \(place)")
      #expect(agrees(kernel.channels[0], slope), "\(kernel.channels[0]) \(constant) \(place)")
    }
    let bounds = family.distribution(y: y, trials: trials ?? 1, predictors: predictors)
    if !cdf.isNaN, cdf == 0 || cdf > 1e-300 {
      #expect(agrees(bounds.upTo, cdf, 1e-9), place)
    }
    if family.isDiscrete, logpdf > -600, !cdf.isNaN {
      // P(Y <= y) - P(Y < y) is the mass; the difference has an absolute precision only.
      #expect(abs(bounds.upTo - bounds.below - exp(logpdf)) < 1e-12, place)
    }
  }

  @Test func gaussian() throws {
    let rows = try GoldenTable("gaussian").rows
    #expect(rows.count == 60)
    for row in rows {
      guard let mu = row["mu"], let sigma = row["sigma"] else { continue }
      check(GaussianFamily(), row, predictors: [mu, log(sigma)])
    }
  }

  @Test func bernoulli() throws {
    let rows = try GoldenTable("bernoulli").rows
    #expect(rows.count == 46)
    for row in rows {
      guard let eta = row["eta"] else { continue }
      check(BernoulliFamily(), row, predictors: [eta])
      check(BinomialFamily(), row, predictors: [eta])
    }
  }

  @Test func binomial() throws {
    let rows = try GoldenTable("binomial").rows
    #expect(rows.count == 135)
    for row in rows {
      guard let eta = row["eta"] else { continue }
      check(BinomialFamily(), row, trials: row["trials"], predictors: [eta])
    }
  }

  @Test func poisson() throws {
    let rows = try GoldenTable("poisson").rows
    #expect(rows.count == 49)
    for row in rows {
      guard let mu = row["mu"] else { continue }
      check(PoissonFamily(), row, predictors: [log(mu)])
    }
  }

  @Test func negativeBinomial() throws {
    let rows = try GoldenTable("nbinom2").rows
    #expect(rows.count == 180)
    for row in rows {
      guard let mu = row["mu"], let theta = row["theta"] else { continue }
      check(NegativeBinomialFamily(), row, predictors: [log(mu), log(theta)])
    }
  }

  @Test("upper tails of the scalar distribution functions")
  func upperTails() throws {
    for row in try GoldenTable("poisson").rows {
      guard let y = row["y"], let mu = row["mu"], let sf = row["sf"], sf > 1e-300 else { continue }
      #expect(agrees(Poisson.cumulative(y, mean: mu, upperTail: true), sf, 1e-9))
    }
    for row in try GoldenTable("nbinom2").rows {
      guard let y = row["y"], let mu = row["mu"], let theta = row["theta"], let sf = row["sf"],
        sf > 1e-300
      else { continue }
      let got = NegativeBinomial.cumulative(y, mean: mu, shape: theta, upperTail: true)
      #expect(agrees(got, sf, 1e-9))
    }
    for row in try GoldenTable("gaussian").rows {
      guard let y = row["y"], let mu = row["mu"], let sigma = row["sigma"], let sf = row["sf"]
      else { continue }
      let got = Normal.cumulative(y, mean: mu, standardDeviation: sigma, upperTail: true)
      #expect(agrees(got, sf, 1e-9))
    }
  }

  @Test("the links")
  func links() throws {
    let url = Bundle.module.url(forResource: "Golden/links", withExtension: "csv")
    guard let url else { throw CocoaError(.fileNoSuchFile) }
    var checked = 0
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",").map(String.init)
      guard let link = Link(rawValue: fields[0]), let eta = Double(fields[1]),
        let mu = Double(fields[2]), let slope = Double(fields[3])
      else { continue }
      #expect(abs(link.mean(at: eta) - mu) <= 1e-13 * abs(mu), "\(line)")
      // dmu of probit and cloglog is below the smallest number at the far end.
      #expect(abs(link.slope(at: eta) - slope) <= 1e-12 * abs(slope) + 1e-190, "\(line)")
      if mu > 0, mu < 0.999, mu != 1e-18 {
        #expect(abs(link.predictor(for: mu) - eta) <= 1e-9 * max(abs(eta), 1e-3), "\(line)")
      }
      if [.logit, .probit, .cloglog].contains(link) {
        #expect(abs(link.complement(at: eta) + mu - 1) < 1e-15, "\(line)")
      }
      checked += 1
    }
    #expect(checked == 9 * 5 + 5 + 5)
  }
}
