// Kernel densities of the data and of simulated data on one grid.

import Glibc

/// The density of y over those of several y_rep, as bayesplot's `ppc_dens_overlay` has them.
package struct DensityOverlay: Sendable, Equatable {
  /// Equally spaced values, ascending.
  package let grid: [Double]
  /// The density of the data on the grid.
  package let observed: [Double]
  /// The densities of simulations on the grid.
  package let replicated: [[Double]]
  /// The lowest value that is possible, where the densities are reflected; nil if there is none.
  package let boundary: Double?

  /// The densities of the data and of at most `curves` simulations, evenly spread.
  ///
  /// The grid covers the data and the central 99% of the simulated values shown, with room for the
  /// kernels. Values that are nowhere negative end at zero.
  package init(_ input: ResidualInput, curves: Int = 50, points: Int = 100) {
    precondition(curves >= 1 && points >= 2)
    let count = min(curves, input.simulationCount)
    let shown = (0..<count).map { input.simulation($0 * input.simulationCount / count) }
    var order = AscendingOrder()
    order.sort(shown.flatMap { $0 })
    let pooled = (quantile(ofSorted: order.values, 0.005), quantile(ofSorted: order.values, 0.995))
    let least = order.values.first ?? 0
    order.sort(input.observed)
    let data = (order.values.first ?? 0, order.values.last ?? 0)
    let kernel = KernelDensity(sorted: order.values)
    let boundary: Double? = data.0 >= 0 && least >= 0 ? 0 : nil
    let pad = 3 * kernel.bandwidth
    let start = max(min(data.0, pooled.0) - pad, boundary ?? -.infinity)
    let end = max(data.1, pooled.1) + pad
    grid = (0..<points).map { start + (end - start) * Double($0) / Double(points - 1) }
    self.boundary = boundary
    let grid = grid
    observed = kernel.values(on: grid, boundary: boundary)
    replicated = shown.map { simulation in
      order.sort(Array(simulation))
      return KernelDensity(sorted: order.values).values(on: grid, boundary: boundary)
    }
  }
}

/// A Gaussian kernel density with Silverman's bandwidth.
struct KernelDensity {
  private let sorted: [Double]
  /// 0.9 min(sd, IQR / 1.34) n^(-1/5) (Silverman 1986, equation 3.31), as R's `bw.nrd0` has it.
  let bandwidth: Double

  /// The density of sorted values.
  init(sorted: [Double]) {
    precondition(!sorted.isEmpty)
    self.sorted = sorted
    let count = Double(sorted.count)
    let mean = sorted.reduce(0, +) / count
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = count > 1 ? (squares / (count - 1)).squareRoot() : 0
    let spread = (quantile(ofSorted: sorted, 0.75) - quantile(ofSorted: sorted, 0.25)) / 1.34
    // Where half of the values are equal, or all, R's fallbacks.
    let candidates = [min(deviation, spread), deviation, abs(sorted[0]), 1]
    bandwidth = 0.9 * (candidates.first { $0 > 0 } ?? 1) * pow(count, -0.2)
  }

  /// The density at equally spaced points, by binning the values linearly (Wand 1994).
  ///
  /// - Parameters:
  ///   - boundary: the lowest possible value; mass that the kernels put beyond it is reflected (Silverman
  ///     1986, section 2.10).
  func values(on grid: [Double], boundary: Double?) -> [Double] {
    let step = grid.count > 1 ? (grid[grid.count - 1] - grid[0]) / Double(grid.count - 1) : 0
    guard step > 0 else { return grid.map { _ in 0 } }
    // Bins reach beyond the grid as far as kernels do, and are finer than it where it is coarse.
    let fine = max(1, Int((4 * step / bandwidth).rounded(.up)))
    let width = step / Double(min(fine, 64))
    let reach = Int(min(4 * bandwidth / width, 1e5)) + 1
    let start = grid[0] - Double(reach) * width
    let count = Int(((grid[grid.count - 1] - grid[0]) / width).rounded()) + 2 * reach + 2
    var mass = [Double](repeating: 0, count: count)
    func add(_ value: Double) {
      let place = (value - start) / width
      guard place >= 0, place < Double(count - 1) else { return }
      let left = Int(place)
      mass[left] += 1 - (place - Double(left))
      mass[left + 1] += place - Double(left)
    }
    for value in sorted {
      add(value)
      if let boundary { add(2 * boundary - value) }
    }
    let norm = 1 / (bandwidth * (2 * Double.pi).squareRoot() * Double(sorted.count))
    let weights = (0...reach).map { offset in
      let z = Double(offset) * width / bandwidth
      return norm * exp(-z * z / 2)
    }
    return grid.map { x in
      let centre = Int(((x - start) / width).rounded())
      var sum = 0.0
      for bin in max(0, centre - reach)...min(count - 1, centre + reach) {
        sum += mass[bin] * weights[abs(bin - centre)]
      }
      return sum
    }
  }
}
