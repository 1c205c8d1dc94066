// Rank histograms, growth, energies and divergences: answers known on paper.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("What plots of draws show is what its definition says")
struct DrawsPlotDataTests {
  @Test("ranks are counted by chain, ties in the middle of their ranks")
  func ranks() throws {
    let histogram = try #require(RankHistogram([[1, 2, 3, 4], [5, 6, 7, 8]], bins: 4))
    #expect(histogram.counts == [[2, 2, 0, 0], [0, 0, 2, 2]])
    #expect(histogram.expected == 1)
    let tied = try #require(RankHistogram([[0, 0, 0], [0, 0, 1]], bins: 3))
    // Five ties share rank 3 of 6, which lies in the middle bin.
    #expect(tied.counts == [[0, 3, 0], [0, 2, 1]])
    let infinite = try #require(RankHistogram([[.infinity, 1], [-.infinity, 2]], bins: 4))
    #expect(infinite.counts == [[0, 1, 0, 1], [1, 0, 1, 0]])
    #expect(RankHistogram([[1, .nan]], bins: 2) == nil)
    #expect(RankHistogram([[], [1]], bins: 2) == nil)
    #expect(RankHistogram([], bins: 2) == nil)
  }

  @Test("chains from one distribution fill all bins about equally, each draw once")
  func level() throws {
    var stream = RandomStream(seed: 3)
    let chains = stream.autoregression(chains: 4, draws: 1_000, coefficient: 0)
    let histogram = try #require(RankHistogram(chains, bins: 20))
    #expect(histogram.counts.allSatisfy { $0.reduce(0, +) == 1_000 })
    for bin in 0..<20 {
      let all = histogram.counts.reduce(0) { $0 + $1[bin] }
      #expect(all == 200)
    }
    // 50 expected; five standard deviations of a binomial count.
    for count in histogram.counts.joined() { #expect(abs(Double(count) - 50) < 31) }
  }

  @Test("growth ends with the numbers on all draws and says how many each point rests on")
  func growth() throws {
    var stream = RandomStream(seed: 4)
    let chains = stream.autoregression(chains: 4, draws: 500, coefficient: 0.5)
    var calculator = ConvergenceCalculator()
    let points = DrawsGrowth.points(chains, using: &calculator)
    let summary = DrawsSummary.summarize(chains)
    let expected = (1...20).map { 100 * $0 }
    #expect(points.map(\.draws) == expected)
    #expect(points.last?.essBulk == summary.essBulk && points.last?.essTail == summary.essTail)
    #expect(points.last?.mean == summary.mean && points.last?.mcseMean == summary.mcseMean)
    let half = DrawsSummary.summarize(chains.map { Array($0.prefix(250)) })
    #expect(points[9].essBulk == half.essBulk)
    let few = DrawsGrowth.points([[1, 2, 3, 4, 5, 6, 7, 8]], using: &calculator)
    #expect(few.map(\.draws) == [4, 5, 6, 7, 8] && few[0].essBulk == nil)
    #expect(DrawsGrowth.points([[1, 2, 3]], using: &calculator).isEmpty)
    #expect(DrawsGrowth.points([], using: &calculator).isEmpty)
  }

  @Test("cumulative means are means of the first draws, the last of all")
  func means() throws {
    let means = try #require(DrawsGrowth.cumulativeMeans([2, 4, 6, 8]))
    #expect(means.map(\.draws) == [1, 2, 3, 4])
    #expect(means.map(\.mean) == [2, 3, 4, 5])
    let long = try #require(DrawsGrowth.cumulativeMeans((1...1_000).map(Double.init), count: 50))
    #expect(long.count <= 51 && long.last?.draws == 1_000 && long.last?.mean == 500.5)
    for point in long { #expect(point.mean == Double(point.draws + 1) / 2) }
    #expect(DrawsGrowth.cumulativeMeans([1, .nan]) == nil)
    #expect(DrawsGrowth.cumulativeMeans([])?.isEmpty == true)
  }

  @Test("energies and their differences are counted over the same symmetric bins")
  func energies() throws {
    // Mean 2; less it -2, 0, 2 and -2, 0, 2; differences 2, 2, 2, 2 within chains alone.
    let comparison = try #require(EnergyComparison(energies: [[0, 2, 4], [0, 2, 4]], bins: 4))
    #expect(comparison.range == -2...2)
    let third = 2.0 / 6
    #expect(comparison.marginal == [third, 0, third, third])
    #expect(comparison.transition == [0, 0, 0, 1])
    #expect(EnergyComparison(energies: [[1, 1, 1]], bins: 4) == nil)
    #expect(EnergyComparison(energies: [[1, .nan, 2]], bins: 4) == nil)
    #expect(EnergyComparison(energies: [], bins: 4) == nil)
  }

  @Test("standard scores have mean zero and standard deviation one")
  func scores() throws {
    let scores = try #require(StandardScores([2, 4, 6]))
    #expect([2, 4, 6].map { scores.score($0) } == [-1, 0, 1])
    #expect(StandardScores([1, 1]) == nil && StandardScores([1]) == nil)
    #expect(StandardScores([1, .infinity]) == nil)
  }

  @Test("divergent draws beyond all others are separated fully, those among them not at all")
  func separation() throws {
    func separation(_ values: [Double], _ marks: [Int]) -> Double? {
      DivergenceRelation.separation(values, isDivergent: marks.map { $0 == 1 })
    }
    #expect(separation([1, 2, 3, 9], [0, 0, 0, 1]) == 1)
    #expect(separation([1, 2, 3, -9], [0, 0, 0, 1]) == 1)
    #expect(separation([1, 2, 3], [0, 1, 0]) == 0)
    #expect(separation([5, 5, 5, 5], [1, 0, 1, 0]) == 0)
    // P(divergent > other) over the four pairs of {2, 4} and {1, 3}: 3 of 4.
    #expect(separation([1, 2, 3, 4], [0, 1, 0, 1]) == 0.5)
    #expect(separation([1, 2], [0, 0]) == nil && separation([1, 2], [1, 1]) == nil)
    #expect(separation([1, .nan], [1, 0]) == nil)
  }
}
