// The statistics behind the checks of a model: known answers, and what they do on right data.

import Glibc
import Probability
import Testing

@testable import Diagnostics

@Suite("Statistics of checks")
struct CheckStatisticsTests {
  private func normals(_ count: Int, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { _ in stream.nextNormal() }
  }

  @Test("moments of 1, 2, 3, 10 on paper")
  func moments() throws {
    // Mean 4, deviations -3, -2, -1, 6: m2 = 50/4, m3 = 180/4, m4 = 1394/4.
    let moments = try #require(SampleMoments([1, 2, 3, 10]))
    #expect(abs(moments.skewness - 45 / (12.5 * 12.5.squareRoot())) < 1e-14)
    #expect(abs(moments.kurtosis - 348.5 / (12.5 * 12.5)) < 1e-14)
    #expect(SampleMoments([1, 1, 1, 1]) == nil)
    #expect(SampleMoments([1, 2, 3]) == nil)
  }

  @Test("scores of skewness and kurtosis are standard normal on normal samples")
  func scores() throws {
    var (skewness, kurtosis): ([Double], [Double]) = ([], [])
    for seed in 0..<400 {
      let moments = try #require(SampleMoments(normals(60, seed: UInt64(seed))))
      skewness.append(try #require(moments.skewnessScore))
      kurtosis.append(try #require(moments.kurtosisScore))
    }
    for scores in [skewness, kurtosis] {
      let mean = scores.reduce(0, +) / 400
      let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
      // Four standard errors of a mean and of a variance of 400 standard normal values.
      #expect(abs(mean) < 4 / 20.0)
      #expect(abs(variance - 1) < 4 * (2 / 399.0).squareRoot())
    }
  }

  @Test("two equal outliers do not hide each other, and none is found in a normal sample")
  func outliers() {
    var values = normals(200, seed: 3)
    #expect(OutlyingValues(values, most: 4).places.isEmpty)
    values[17] = 9
    values[90] = 9
    let found = OutlyingValues(values, most: 4)
    #expect(Set(found.places) == [17, 90])
    #expect(found.p < 1e-6)
  }

  @Test("a t with 3 degrees of freedom is found, a normal sample gains nothing to speak of")
  func tails() throws {
    var stream = RandomStream(seed: 5)
    let heavy = (0..<800).map { _ in
      let chi = (0..<3).reduce(0.0) { sum, _ in
        let z = stream.nextNormal()
        return sum + z * z
      }
      return stream.nextNormal() / (chi / 3).squareRoot()
    }
    let tail = try #require(StudentTail(heavy))
    #expect((2...5).contains(tail.degrees))
    #expect(tail.gain > 20)
    // Twice the gain is about half of χ²₁ on normal data: 99.9 % lie below 4.8 in the gain.
    #expect(try #require(StudentTail(normals(800, seed: 6))).gain < 4.8)
  }

  @Test("the lag-1 correlation of 1, 2, 3 and 1, -1 on paper")
  func lag() {
    // (2 + 6 - 1) / 3 over (1 + 4 + 9 + 1 + 1) / 5.
    let value = LagCorrelation.first([1, 2, 3, 1, -1], sequences: [[0, 1, 2], [3, 4]])
    #expect(abs((value ?? 0) - (7.0 / 3) / (16.0 / 5)) < 1e-15)
    #expect(LagCorrelation.first([1, 2], sequences: [[0], [1]]) == nil)
  }

  @Test("rank sums of 1, 2 | 3, 4 on paper, and symmetric")
  func rankSum() {
    // Ranks 1 and 2 of 4: (3 - 5) / √(2 · 2 · 5 / 12).
    let score = RankSum.score([1, 2, 3, 4], isFirst: [true, true, false, false])
    #expect(abs(score + 2 / (20.0 / 12).squareRoot()) < 1e-14)
    #expect(RankSum.score([1, 2, 3, 4], isFirst: [false, false, true, true]) == -score)
    #expect(RankSum.score([1, 1, 1, 1], isFirst: [true, true, false, false]) == 0)
  }

  @Test("a mixture of zeros finds its share, its shift and its likelihood")
  func zeros() {
    var stream = RandomStream(seed: 9)
    let predictors = (0..<2000).map { _ in 1 + 0.3 * stream.nextNormal() }
    func poisson(_ mean: Double) -> Double {
      var (count, product) = (0.0, stream.nextUniform())
      let limit = exp(-mean)
      while product > limit {
        count += 1
        product *= stream.nextUniform()
      }
      return count
    }
    let y = predictors.map { stream.nextUniform() < 0.25 ? 0 : poisson(exp($0)) }
    let plain = ZeroMixture(y, predictors: predictors, kernel: .poisson, isInflated: false)
    let mixed = ZeroMixture(y, predictors: predictors, kernel: .poisson, isInflated: true)
    // Standard error of a share of 0.25 in 2,000 rows: about 0.011.
    #expect(abs(mixed.share - 0.25) < 0.045)
    #expect(abs(mixed.shift) < 0.06)
    #expect(mixed.logLikelihood - plain.logLikelihood > 100)
    // Without inflation the shift has a closed form: Σ y / Σ μ.
    let closed = log(y.reduce(0, +) / predictors.reduce(0) { $0 + exp($1) })
    #expect(abs(plain.shift - closed) < 1e-3)
    let dispersed = ZeroMixture(
      y, predictors: predictors, kernel: .negativeBinomial(shape: 3), isInflated: false)
    let both = ZeroMixture(
      y, predictors: predictors, kernel: .negativeBinomial(shape: 3), isInflated: true)
    #expect(both.logLikelihood - dispersed.logLikelihood > 20)
    let right = predictors.map { poisson(exp($0)) }
    let gain =
      ZeroMixture(right, predictors: predictors, kernel: .poisson, isInflated: true).logLikelihood
      - ZeroMixture(right, predictors: predictors, kernel: .poisson, isInflated: false)
      .logLikelihood
    #expect(gain < 4)
    #expect(ZeroMixture.zeros(predictors: [0], kernel: .poisson).mean == exp(-1))
  }

  @Test("a value among replicates is scored by Student's t")
  func replicates() throws {
    let values = (0..<21).map { Double($0) - 10 }
    #expect(abs(try #require(NormalScore.among(values, 0))) < 1e-12)
    #expect(try #require(NormalScore.among(values, 30)) > 3)
    #expect(NormalScore.among([1, 1], 1) == nil)
    #expect(abs(NormalScore.twoSided(1.959963984540054) - 0.05) < 1e-12)
  }
}
