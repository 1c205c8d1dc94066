// Smoothed distributions of draws, one curve a chain or all together.

import Glibc
import TerminalCore

/// Kernel densities of samples.
package struct DensityPlot: Drawable, Sendable {
  package var samples: [TraceSeries]
  /// The values to show; all with a margin if `nil`.
  package var range: ClosedRange<Double>?
  /// Values to mark by upright lines, such as a mean or the ends of an interval.
  package var marks: [ReferenceLine] = []
  package var showsAxes = true
  package var xName = ""
  /// Whether the names of the samples stand on their curves, which tells them apart without colour.
  package var showsNames = false

  /// Densities of samples, the last on top.
  package init(_ samples: [TraceSeries]) { self.samples = samples }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let finite = samples.map { $0.values.filter(\.isFinite) }
    guard finite.contains(where: { $0.count > 1 }) else {
      return drawNotice("no draws yet", into: &buffer, in: area)
    }
    let shape = shape(finite, columns: area.columns)
    let (grid, curves) = (shape.grid, shape.curves)
    let top = Scale(covering: curves.lazy.flatMap { $0 }, including: [0])
    let axes = Axes(
      x: Axis(shape.scale, name: xName, isShown: showsAxes), y: Axis(top, isShown: false))
    var region = axes.draw(into: &buffer, in: area)
    for mark in marks { region.verticalLine(at: mark.value, Style(mark.role)) }
    for (sample, curve) in zip(samples, curves) {
      region.path(x: grid, y: curve, Style(sample.role))
    }
    region.finish(into: &buffer)
    if showsNames {
      CurveNames(
        zip(samples, curves).map { sample, curve in
          // Where curves are flat they all lie on the axis.
          let least = (curve.max() ?? 0) / 5
          return NamedCurve(
            name: sample.name, role: sample.role, x: grid,
            y: curve.map { $0 < least ? .nan : $0 })
        }
      ).draw(on: region, into: &buffer)
    }
  }

  /// The x axis as drawn.
  private func scale(_ finite: [[Double]]) -> Scale {
    range.map { Scale(from: $0.lowerBound, to: $0.upperBound) }
      ?? Scale(covering: finite.lazy.flatMap { $0 }, margin: 0.1)
  }

  private func shape(
    _ finite: [[Double]], columns: Int
  ) -> (scale: Scale, grid: [Double], curves: [[Double]]) {
    let scale = scale(finite)
    let points = max(64, min(512, columns * 4))
    let curves = finite.map { kernelDensity(of: $0, on: scale, points: points) }
    let grid = (0..<points).map { scale.value(at: Double($0) / Double(points - 1)) }
    return (scale, grid, curves)
  }

  /// Where the curves lie when the plot is drawn in an area; heights have no axis, so y is the share of
  /// the highest.
  package func frame(in area: Rect, charset: Charset) -> PlotFrame {
    let scale = scale(samples.map { $0.values.filter(\.isFinite) })
    return Axes(
      x: Axis(scale, name: xName, isShown: showsAxes),
      y: Axis(Scale(from: 0, to: 1), isShown: false)
    ).frame(in: area, charset: charset)
  }

  /// The height of each sample's curve at a value, as drawn over so many columns; `nil` for a sample
  /// without a curve.
  package func heights(at value: Double, columns: Int) -> [Double?] {
    let finite = samples.map { $0.values.filter(\.isFinite) }
    let shape = shape(finite, columns: columns)
    guard let place = shape.scale.position(of: value), (0...1).contains(place) else {
      return samples.map { _ in nil }
    }
    let exact = place * Double(shape.grid.count - 1)
    let left = min(Int(exact), shape.grid.count - 2)
    let share = exact - Double(left)
    return zip(finite, shape.curves).map { values, curve in
      values.count > 1 ? curve[left] * (1 - share) + curve[left + 1] * share : nil
    }
  }
}

/// A Gaussian kernel density on equally spaced points of a scale, by binning the values linearly.
///
/// The bandwidth is Silverman's rule of thumb, 0.9 min(sd, IQR / 1.34) n^(-1/5) (Silverman 1986,
/// equation 3.31), as R's `density()` has it.
func kernelDensity(of values: [Double], on scale: Scale, points: Int) -> [Double] {
  guard values.count > 1, points > 1 else { return Array(repeating: 0, count: max(0, points)) }
  let step = (scale.upper - scale.lower) / Double(points - 1)
  var counts = Array(repeating: 0.0, count: points)
  for value in values {
    guard let place = scale.position(of: value), place >= 0, place <= 1 else { continue }
    let exact = place * Double(points - 1)
    let left = min(Int(exact), points - 2)
    counts[left] += 1 - (exact - Double(left))
    counts[left + 1] += exact - Double(left)
  }
  let width = max(bandwidth(of: values), step)
  guard step.isFinite, step > 0, width.isFinite else { return counts }
  let reach = Int(min(Double(points - 1), 4 * width / step + 1))
  let kernel = (0...reach).map { offset in
    let z = Double(offset) * step / width
    return exp(-z * z / 2) / (width * (2 * Double.pi).squareRoot() * Double(values.count))
  }
  return (0..<points).map { point in
    var sum = 0.0
    for other in max(0, point - reach)...min(points - 1, point + reach) {
      sum += counts[other] * kernel[abs(other - point)]
    }
    return sum
  }
}

private func bandwidth(of values: [Double]) -> Double {
  let count = Double(values.count)
  let mean = values.reduce(0) { $0 + $1 / count }
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / (count - 1) }
  var values = values
  func quantile(_ share: Double) -> Double {
    let place = share * (count - 1)
    let below = Int(place)
    let value = orderStatistic(below, of: &values)
    // Selection leaves the larger values after the one selected.
    let next = values[(below + 1)...].min() ?? value
    return value + (next - value) * (place - Double(below))
  }
  let spread = (quantile(0.75) - quantile(0.25)) / 1.34
  let deviation = variance.squareRoot()
  let least = spread > 0 ? min(deviation, spread) : deviation
  return 0.9 * least * pow(count, -0.2)
}

/// The value that would stand at a place if the values were sorted (Hoare 1961, FIND); afterwards
/// none before that place is larger and none after it smaller.
private func orderStatistic(_ place: Int, of values: inout [Double]) -> Double {
  var (first, last) = (0, values.count - 1)
  while first < last {
    let pivot = values[(first + last) / 2]
    var (left, right) = (first, last)
    while left <= right {
      while values[left] < pivot { left += 1 }
      while values[right] > pivot { right -= 1 }
      if left <= right {
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
    }
    if place <= right {
      last = right
    } else if place >= left {
      first = left
    } else {
      break
    }
  }
  return values[place]
}
