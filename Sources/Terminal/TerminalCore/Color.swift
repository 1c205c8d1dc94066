// Colours, and the nearest one that a terminal of few colours has.

/// How many colours a terminal shows.
package enum ColorDepth: Int, Comparable, CaseIterable, Sendable {
  case none = 0
  case eight = 8
  case sixteen = 16
  case indexed = 256
  case trueColor = 16_777_216

  package static func < (left: ColorDepth, right: ColorDepth) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A colour of 24 bits.
package struct RGB: Hashable, Sendable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  /// A colour by its parts.
  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour by its six hexadecimal digits, 0xRRGGBB.
  package init(_ hex: UInt32) {
    self.init(UInt8(hex >> 16 & 255), UInt8(hex >> 8 & 255), UInt8(hex & 255))
  }

  /// The colour a fraction of the way to another.
  package func mixed(with other: RGB, _ fraction: Double) -> RGB {
    let share = min(max(fraction, 0), 1)
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + (Double(to) - Double(from)) * share).rounded())
    }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  package static let black = RGB(0)
  package static let white = RGB(0xFFFFFF)

  /// Relative luminance from 0 to 1 (WCAG 2.1).
  package var luminance: Double {
    func linear(_ part: UInt8) -> Double { linearLight[Int(part)] }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The contrast ratio with another colour, from 1 to 21 (WCAG 2.1).
  package func contrast(with other: RGB) -> Double {
    contrastRatio(luminance, other.luminance)
  }

  /// The nearest of the fixed colours from 16 to 255: the cube of six levels, or the greys.
  ///
  /// The first sixteen are left out because every terminal lets its user repaint them.
  package var index256: UInt8 {
    let levels: [Int] = [0, 95, 135, 175, 215, 255]
    func nearest(_ part: UInt8) -> Int {
      let value = Int(part)
      return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40
    }
    let (r, g, b) = (nearest(red), nearest(green), nearest(blue))
    let grey = (Int(red) + Int(green) + Int(blue)) / 3
    let step = min(max((grey - 3) / 10, 0), 23)
    func distance(_ r: Int, _ g: Int, _ b: Int) -> Int {
      let (x, y, z) = (r - Int(red), g - Int(green), b - Int(blue))
      return x * x + y * y + z * z
    }
    let ofCube = distance(levels[r], levels[g], levels[b])
    let ofGreys = distance(8 + 10 * step, 8 + 10 * step, 8 + 10 * step)
    return UInt8(ofGreys < ofCube ? 232 + step : 16 + 36 * r + 6 * g + b)
  }

  /// One of the 256 numbered colours as xterm paints it; the first sixteen may be painted otherwise.
  package static func indexed(_ index: UInt8) -> RGB {
    if index < 16 { return xtermColors[Int(index)] }
    if index >= 232 {
      let grey = 8 + 10 * (index - 232)
      return RGB(grey, grey, grey)
    }
    let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    let place = Int(index) - 16
    return RGB(levels[place / 36], levels[place / 6 % 6], levels[place % 6])
  }

  /// The nearest of the sixteen colours of xterm, by weighted distance.
  package var index16: UInt8 { nearest(among: xtermColors) }

  /// The nearest of the first eight colours.
  package var index8: UInt8 { index16 & 7 }

  private func nearest(among colors: [RGB]) -> UInt8 {
    var best = 0
    var least = Int.max
    for (index, color) in colors.enumerated() {
      let (r, g, b) = (
        Int(color.red) - Int(red), Int(color.green) - Int(green), Int(color.blue) - Int(blue)
      )
      let distance = 2 * r * r + 4 * g * g + 3 * b * b
      if distance < least { (best, least) = (index, distance) }
    }
    return UInt8(best)
  }
}

/// The contrast ratio of two relative luminances (WCAG 2.1).
func contrastRatio(_ first: Double, _ second: Double) -> Double {
  (max(first, second) + 0.05) / (min(first, second) + 0.05)
}

/// The colours of xterm's first sixteen indices.
let xtermColors: [RGB] = [
  RGB(0x000000), RGB(0xCD0000), RGB(0x00CD00), RGB(0xCDCD00), RGB(0x0000EE), RGB(0xCD00CD),
  RGB(0x00CDCD), RGB(0xE5E5E5), RGB(0x7F7F7F), RGB(0xFF0000), RGB(0x00FF00), RGB(0xFFFF00),
  RGB(0x5C5CFF), RGB(0xFF00FF), RGB(0x00FFFF), RGB(0xFFFFFF),
]

/// The light of a part of a colour, from 0 to 1, by the curve of sRGB (IEC 61966-2-1) as WCAG 2.1 has
/// it; as a table, and by repeated roots, since no library is imported here: x^2.4 = x^2 (x^(1/5))^2,
/// and the fifth root by Newton's method.
private let linearLight: [Double] = (0...255).map { part in
  let share = Double(part) / 255
  if share <= 0.04045 { return share / 12.92 }
  let x = (share + 0.055) / 1.055
  var root = 1.0
  for _ in 0..<60 { root = (4 * root + x / (root * root * root * root)) / 5 }
  return x * x * root * root
}
