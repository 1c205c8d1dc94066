// How far apart two colours look: CIEDE2000, and as people see them who lack one kind of cone.

import Foundation

@testable import TerminalCore

/// Kinds of colour vision.
enum ColorVision: CaseIterable {
  case normal, protanopia, deuteranopia, tritanopia

  /// The matrix on linear RGB for a complete lack of the cones (Machado, Oliveira and Fernandes 2009,
  /// IEEE Transactions on Visualization and Computer Graphics 15(6), table 1, severity 1.0).
  var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }
}

/// A colour by lightness, redness and yellowness (CIELAB, D65).
struct Lab {
  var lightness: Double
  var a: Double
  var b: Double

  init(_ lightness: Double, _ a: Double, _ b: Double) {
    (self.lightness, self.a, self.b) = (lightness, a, b)
  }

  /// A colour of the screen as somebody sees it.
  init(_ color: RGB, seenBy vision: ColorVision = .normal) {
    let light = [color.red, color.green, color.blue].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    func times(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
      matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let seen = times(vision.matrix, light).map { min(max($0, 0), 1) }
    let toXYZ = [
      [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
      [0.0193339, 0.1191920, 0.9503041],
    ]
    let white = times(toXYZ, [1, 1, 1])
    let f = zip(times(toXYZ, seen), white).map { value, white -> Double in
      let share = value / white
      return share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
    }
    self.init(116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]))
  }

  /// The difference CIEDE2000 with all weights 1 (Sharma, Wu and Dalal 2005, Color Research and
  /// Application 30(1)); 1 is just noticeable side by side.
  func difference(from other: Lab) -> Double {
    func degrees(_ radians: Double) -> Double { radians * 180 / .pi }
    func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
    let meanChroma = (hypot(a, b) + hypot(other.a, other.b)) / 2
    let seventh = pow(meanChroma, 7)
    let stretch = 1 + 0.5 * (1 - (seventh / (seventh + pow(25, 7))).squareRoot())
    let (a1, a2) = (a * stretch, other.a * stretch)
    let (c1, c2) = (hypot(a1, b), hypot(a2, other.b))
    func hue(_ a: Double, _ b: Double) -> Double {
      let angle = degrees(atan2(b, a))
      return a == 0 && b == 0 ? 0 : angle < 0 ? angle + 360 : angle
    }
    let (h1, h2) = (hue(a1, b), hue(a2, other.b))
    let isGrey = c1 * c2 == 0
    var turn = isGrey ? 0 : h2 - h1
    if turn > 180 { turn -= 360 } else if turn < -180 { turn += 360 }
    let dL = other.lightness - lightness
    let dC = c2 - c1
    let dH = 2 * (c1 * c2).squareRoot() * sin(radians(turn / 2))
    let meanL = (lightness + other.lightness) / 2
    let meanC = (c1 + c2) / 2
    var meanH = h1 + h2
    if !isGrey {
      if abs(h1 - h2) > 180 { meanH += meanH < 360 ? 360 : -360 }
      meanH /= 2
    }
    let t =
      1 - 0.17 * cos(radians(meanH - 30)) + 0.24 * cos(radians(2 * meanH))
      + 0.32 * cos(radians(3 * meanH + 6)) - 0.20 * cos(radians(4 * meanH - 63))
    let square = (meanL - 50) * (meanL - 50)
    let sL = 1 + 0.015 * square / (20 + square).squareRoot()
    let sC = 1 + 0.045 * meanC
    let sH = 1 + 0.015 * meanC * t
    let rotation = 30 * exp(-pow((meanH - 275) / 25, 2))
    let power = pow(meanC, 7)
    let rT = -2 * (power / (power + pow(25, 7))).squareRoot() * sin(radians(2 * rotation))
    let (l, c, h) = (dL / sL, dC / sC, dH / sH)
    return (l * l + c * c + h * h + rT * c * h).squareRoot()
  }
}

/// The least difference between any two of some colours.
func leastDifference(_ colors: [RGB], seenBy vision: ColorVision = .normal) -> Double {
  let labs = colors.map { Lab($0, seenBy: vision) }
  var least = Double.infinity
  for index in labs.indices {
    for other in labs[..<index] { least = min(least, labs[index].difference(from: other)) }
  }
  return least
}
