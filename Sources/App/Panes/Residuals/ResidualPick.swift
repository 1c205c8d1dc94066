// One residual that is read off the plots: which row it is, and where it stands in them.

import Plots
import RunFolder
import TerminalCore

/// The residuals in their order, for choosing one of them.
struct ResidualPick {
  private let view: ResidualView
  /// The places of the residuals in the file, ascending by residual; what is not finite is left out.
  let order: [Int]

  init(_ view: ResidualView) {
    self.view = view
    let scaled = view.scaled
    order = scaled.indices.filter { scaled[$0].isFinite }.sorted {
      (scaled[$0], $0) < (scaled[$1], $1)
    }
  }

  /// The residual so many places up the order from another; from none, the one farthest from a half.
  func moved(_ pick: Int?, by steps: Int) -> Int? {
    guard !order.isEmpty else { return nil }
    guard let pick, let place = order.firstIndex(of: pick) else { return farthest }
    return order[min(max(0, place + steps), order.count - 1)]
  }

  private var farthest: Int? {
    let scaled = view.scaled
    guard let first = order.first, let last = order.last else { return nil }
    return 0.5 - scaled[first] > scaled[last] - 0.5 ? first : last
  }

  /// Where a residual stands in the quantile plot.
  func quantilePoint(_ pick: Int) -> (x: Double, y: Double)? {
    guard let place = order.firstIndex(of: pick) else { return nil }
    return ((Double(place) + 0.5) / Double(order.count), view.scaled[pick])
  }

  /// The rank of a residual's prediction, from 0 to 1, as the plot against predictions has it.
  func predictedRank(_ pick: Int) -> Double? {
    guard case .prediction = view.against else { return nil }
    let fitted = view.shown.fitted
    let scaled = view.shown.scaled
    guard fitted.indices.contains(pick), fitted[pick].isFinite else { return nil }
    var (below, equal, largest, ofLargest, count) = (0, 0, -Double.infinity, 0, 0)
    for (value, residual) in zip(fitted, scaled) where value.isFinite && residual.isFinite {
      count += 1
      if value < fitted[pick] { below += 1 }
      if value == fitted[pick] { equal += 1 }
      if value > largest { (largest, ofLargest) = (value, 0) }
      if value == largest { ofLargest += 1 }
    }
    let top = Double(count) - Double(ofLargest - 1) / 2
    return (Double(below) + Double(equal + 1) / 2) / top
  }

  /// The residual nearest to a place in the quantile plot.
  func nearest(quantileAt point: (x: Double, y: Double), in frame: PlotFrame) -> Int? {
    nearest(to: point, in: frame) { place, residual in
      ((Double(place) + 0.5) / Double(order.count), view.scaled[residual])
    }
  }

  private func nearest(
    to point: (x: Double, y: Double), in frame: PlotFrame,
    _ position: (_ place: Int, _ residual: Int) -> (Double, Double)
  ) -> Int? {
    // Cells are about twice as high as wide.
    let width = Double(max(1, frame.area.columns))
    let height = Double(2 * max(1, frame.area.rows))
    func distance(_ place: Int) -> Double {
      let (x, y) = position(place, order[place])
      let (dx, dy) = ((x - point.x) * width, (y - point.y) * height)
      return dx * dx + dy * dy
    }
    return order.indices.min { distance($0) < distance($1) }.map { order[$0] }
  }

  /// The residual of the drawn point nearest to a place in the plot beside it.
  func nearest(
    among points: [(x: Double, y: Double)], at place: (x: Double, y: Double), in frame: PlotFrame
  ) -> Int? {
    let (width, height) = (Double(frame.area.columns), Double(2 * frame.area.rows))
    func distance(_ point: (x: Double, y: Double)) -> Double {
      let (dx, dy) = ((point.x - place.x) * width, (point.y - place.y) * height)
      return dx * dx + dy * dy
    }
    guard let found = points.min(by: { distance($0) < distance($1) }) else { return nil }
    // Drawn points are thinned and have lost their rows; equal residuals are told apart by rank.
    let same = order.filter { view.scaled[$0] == found.y }
    guard same.count > 1 else { return same.first }
    return same.prefix(200).min {
      abs((predictedRank($0) ?? 0) - found.x) < abs((predictedRank($1) ?? 0) - found.x)
    }
  }

  /// Which residual it is: the number of its row among those observed, or of its group.
  func name(_ pick: Int) -> String {
    if case .group = view.against { return "group \(Format.grouped(pick + 1))" }
    // Where residuals were thinned for the plots their rows are not known.
    let isWhole = view.shown.scaled.count == view.shown.observations
    return isWhole ? "row \(Format.grouped(pick + 1))" : "one residual"
  }

  /// What the quantile plot says of it.
  func quantileWords(_ pick: Int) -> String {
    guard let point = quantilePoint(pick) else { return "" }
    return "\(name(pick)): \(Format.fixed(point.y, decimals: 3)), "
      + "expected \(Format.fixed(point.x, decimals: 3))"
  }

  /// What the plot beside it says of it.
  func predictedWords(_ pick: Int) -> String {
    guard case .prediction = view.against, view.shown.fitted.indices.contains(pick) else {
      return ""
    }
    let predicted = Format.significant(view.shown.fitted[pick], digits: 4)
    return "\(name(pick)): predicted \(predicted)"
  }
}
