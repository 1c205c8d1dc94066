// What can be read off the plots of one parameter's draws: densities, ranks, means, lags, growth.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

extension DrawsPlots {
  /// What can be read off the plot as it is drawn in an area; `nil` while there is nothing.
  func reading(in area: Rect, _ charset: Charset) -> PlotReading? {
    guard snapshot.hasKeptDraws else { return nil }
    if mode == .density { return densityReading(in: area, charset) }
    guard let detail else { return nil }
    switch mode {
    case .rankHistogram: return rankReading(detail, in: area, charset)
    case .rankOverlay: return overlayReading(detail, in: area, charset)
    case .cumulativeMean: return meanReading(detail, in: area, charset)
    case .autocorrelation: return lagReading(detail, in: area, charset)
    case .essGrowth:
      return GrowthPlot(detail: detail, thresholds: snapshot.diagnostics.thresholds).reading(
        in: area, charset)
    case .trace, .density: return nil
    }
  }

  /// A number for each chain, the chain in front first.
  private func chainWords(
    _ chains: [Int], _ text: (Int) -> String
  ) -> [[StyledText]] {
    let front = data.front
    let places = chains.indices.sorted { left, right in
      if (chains[left] == front) != (chains[right] == front) { return chains[left] == front }
      return chains[left] < chains[right]
    }
    return places.enumerated().map { index, place in
      let number = chains[place]
      return [
        StyledText(
          (index == 0 ? "chain " : "") + "\(number): ", Style(data.role(of: number), .bold)),
        StyledText(text(place)),
      ]
    }
  }

  private func densityReading(in area: Rect, _ charset: Charset) -> PlotReading {
    let plot = density
    let frame = plot.frame(in: area, charset: charset)
    let all = plot.samples.flatMap { $0.values.filter(\.isFinite) }
    let middle = (frame.x.lower + frame.x.upper) / 2
    return PlotReading(
      frames: [frame], start: snapshot.diagnostics[name]?.mean ?? middle
    ) { value, _ in
      let heights = plot.heights(at: value, columns: area.columns)
      let below = all.isEmpty ? .nan : Double(all.count { $0 < value }) / Double(all.count)
      return [
        [StyledText("value \(Panes.reading(value, on: frame.x))", Style(.accent))],
        [StyledText("\(Format.percent(below, decimals: 1)) of all below")],
      ]
        + chainWords(plot.samples.map { Int($0.name) ?? 0 }) {
          Format.significant(heights[$0] ?? .nan, digits: 3)
        }
    }
  }

  /// From which to which rank a bin reaches.
  private func binWords(_ bin: Int, _ ranks: RankHistogram) -> [StyledText] {
    let bins = ranks.counts.first?.count ?? 1
    let edges = [bin, bin + 1].map { Int((Double($0 * ranks.total) / Double(bins)).rounded()) }
    return [
      StyledText(
        "ranks \(Format.grouped(edges[0] + 1))–\(Format.grouped(edges[1]))", Style(.accent))
    ]
  }

  private func expectedWords(_ ranks: RankHistogram) -> [StyledText] {
    [StyledText("expected \(Format.significant(ranks.expected, digits: 3))", Style(.muted))]
  }

  private func rankReading(
    _ detail: DrawsDetail, in area: Rect, _ charset: Charset
  ) -> PlotReading? {
    let plots = rankHistograms(detail, rows: area.rows)
    guard let ranks = detail.ranks, let first = plots.first else { return nil }
    let frames = zip(multiples(plots).plotAreas(in: area), plots).map { area, item in
      item.plot.frame(in: area, charset: charset)
    }
    guard let frame = frames.first else { return nil }
    return PlotReading(frames: frames, start: Double(ranks.total) / 2) { value, _ in
      let bin = first.plot.bin(at: frame.nearestColumn(of: value), in: frame) ?? 0
      return [binWords(bin, ranks)]
        + chainWords(plots.map(\.chain)) {
          Format.significant(plots[$0].plot.counts[bin], digits: 3)
        } + [expectedWords(ranks)]
    }
  }

  private func overlayReading(
    _ detail: DrawsDetail, in area: Rect, _ charset: Charset
  ) -> PlotReading? {
    guard let ranks = detail.ranks, let plot = rankOverlay(detail) else { return nil }
    let frame = plot.frame(in: area, charset: charset)
    return PlotReading(frames: [frame], start: Double(ranks.total) / 2) { value, _ in
      let bin = plot.bin(at: frame.nearestColumn(of: value), in: frame) ?? 0
      return [binWords(bin, ranks)]
        + chainWords(plot.layers.map { Int($0.name) ?? 0 }) {
          Format.significant(plot.layers[$0].heights[bin], digits: 3)
        } + [expectedWords(ranks)]
    }
  }

  private func meanReading(
    _ detail: DrawsDetail, in area: Rect, _ charset: Charset
  ) -> PlotReading? {
    guard let plot = means(detail) else { return nil }
    let frame = plot.frame(in: area, charset: charset)
    let curves = plot.curves.filter { !$0.name.isEmpty }
    guard let end = curves.compactMap(\.x.last).max() else { return nil }
    return PlotReading(frames: [frame], start: end) { value, _ in
      let places = curves.map { curve in
        curve.x.indices.min { abs(curve.x[$0] - value) < abs(curve.x[$1] - value) }
      }
      let draw = zip(curves, places).compactMap { curve, place in place.map { curve.x[$0] } }.first
      return [
        [StyledText("mean of \(Format.grouped(Int(draw ?? value))) draws", Style(.accent))]
      ]
        + chainWords(curves.map { Int($0.name) ?? 0 }) { index in
          Panes.reading(places[index].map { curves[index].y[$0] }, on: frame.y)
        }
    }
  }

  private func lagReading(
    _ detail: DrawsDetail, in area: Rect, _ charset: Charset
  ) -> PlotReading? {
    let plots = lagPlots(detail, rows: area.rows)
    let frames = zip(multiples(plots).plotAreas(in: area), plots).map { area, item in
      item.plot.frame(in: area, charset: charset)
    }
    guard !frames.isEmpty else { return nil }
    let noise = plots.first?.plot.band ?? .nan
    return PlotReading(frames: frames, start: 1, unit: 1) { value, _ in
      let lag = max(0, Int(value.rounded()))
      return [[StyledText("lag \(lag)", Style(.accent))]]
        + chainWords(plots.map(\.chain)) { place in
          let values = plots[place].plot.values
          return Format.fixed(values.indices.contains(lag) ? values[lag] : .nan, decimals: 3)
        } + [[StyledText("noise ±\(Format.fixed(noise, decimals: 3))", Style(.muted))]]
    }
  }
}
