// The last draws of a metric window with their gradients, in bounded memory.

/// A ring of rows; the order of its rows is the order of writing until it is full.
struct DrawWindow: Equatable, Sendable {
  let dimension: Int
  var draws: [Double] = []
  var gradients: [Double] = []

  init(dimension: Int) { self.dimension = dimension }

  /// At most 200 draws, and at most 400,000 numbers (3 megabytes) of each kind while that leaves 20 draws.
  var capacity: Int { min(200, max(20, 400_000 / max(1, dimension))) }

  var rowCount: Int { dimension > 0 ? draws.count / dimension : 0 }

  var isFinite: Bool {
    draws.allSatisfy { $0.isFinite } && gradients.allSatisfy { $0.isFinite }
  }

  /// Writes the draw z with this number (from zero) and its gradient as they are in y = `map` z, over
  /// the oldest one; returns where.
  mutating func write(
    _ draw: [Double], gradient: [Double], number: Int, through map: AdaptedMap
  ) -> Range<Int> {
    let start = number % capacity * dimension
    if start == draws.count {
      if start == 0 {
        draws.reserveCapacity(capacity * dimension)
        gradients.reserveCapacity(capacity * dimension)
      }
      draws.append(contentsOf: draw)
      gradients.append(contentsOf: gradient)
    } else {
      for i in 0..<dimension {
        draws[start + i] = draw[i]
        gradients[start + i] = gradient[i]
      }
    }
    let place = start..<start + dimension
    var allDraws = draws.mutableSpan
    var newDraw = allDraws._mutatingExtracting(place)
    map.apply(&newDraw)
    var allGradients = gradients.mutableSpan
    var newGradient = allGradients._mutatingExtracting(place)
    map.invertTransposed(&newGradient)
    return place
  }

  /// Forgets the rows and gives their memory back.
  mutating func reset() {
    draws = []
    gradients = []
  }
}
