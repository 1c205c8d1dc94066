// Colours that can be told from what they stand on.

extension RGB {
  /// The contrast ratio with a ground; where that is unknown (`nil`), the lesser of those with black
  /// and with white.
  package func contrast(on ground: RGB?) -> Double {
    guard let ground else { return min(contrast(with: .black), contrast(with: .white)) }
    return contrast(with: ground)
  }

  /// The colour itself, or mixed with as little black or white as gives it at least this contrast ratio.
  ///
  /// On an unknown ground (`nil`) that is possible up to a ratio of 4.58, at which the same grey
  /// stands on black and on white; beyond what is possible the best there is comes back.
  package func legible(on ground: RGB?, atLeast least: Double) -> RGB {
    if contrast(on: ground) >= least { return self }
    let end: RGB
    if let ground {
      end = ground.contrast(with: .white) >= ground.contrast(with: .black) ? .white : .black
    } else {
      end = contrast(with: .white) < least ? .black : .white
    }
    var best = self
    for step in 1...256 {
      let mixed = mixed(with: end, Double(step) / 256)
      let ratio = mixed.contrast(on: ground)
      if ratio >= least { return mixed }
      if ratio > best.contrast(on: ground) { best = mixed }
    }
    return best
  }

  /// The nearest of the fixed colours from 16 to 255 that has at least this contrast ratio, else the
  /// one with the most.
  package func legibleIndex256(on ground: RGB?, atLeast least: Double) -> UInt8 {
    let nearest = index256
    func ratio(_ index: UInt8) -> Double {
      let light = indexedLuminances[Int(index)]
      guard let ground else { return min((light + 0.05) / 0.05, 1.05 / (light + 0.05)) }
      return contrastRatio(light, ground.luminance)
    }
    if ratio(nearest) >= least { return nearest }
    var best: (index: UInt8, distance: Int)?
    var strongest: (index: UInt8, ratio: Double) = (nearest, 0)
    for index in UInt8(16)...255 {
      let ratio = ratio(index)
      if ratio > strongest.ratio { strongest = (index, ratio) }
      guard ratio >= least else { continue }
      let distance = distance(to: .indexed(index))
      if best.map({ distance < $0.distance }) ?? true { best = (index, distance) }
    }
    return best?.index ?? strongest.index
  }

  private func distance(to other: RGB) -> Int {
    let (x, y, z) = (
      Int(red) - Int(other.red), Int(green) - Int(other.green), Int(blue) - Int(other.blue)
    )
    return x * x + y * y + z * z
  }
}

private let indexedLuminances: [Double] = (0...255).map { RGB.indexed(UInt8($0)).luminance }

extension ThemeRole {
  /// The least contrast ratio of this role with what it stands on (WCAG 2.1, criteria 1.4.3 and
  /// 1.4.11): 4.5 for what can be words or numbers, 3 for what is only ever drawn.
  package var leastContrast: Double {
    switch self {
    case .border, .borderFocused, .grid, .barFilled, .barEmpty: 3
    default: 4.5
    }
  }

  /// The same where the ground is the terminal's own and unknown, and there are 256 colours.
  ///
  /// Of the 240 fixed colours only six stand out 4.5 to 1 from black and from white alike, and none of
  /// these is yellow, orange or a full red; 23 do at 4 to 1.
  package var leastContrastOnUnknown256: Double { min(leastContrast, 4) }
}
