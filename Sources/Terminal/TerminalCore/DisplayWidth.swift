// How many columns of the terminal a scalar or a text takes.

/// The number of columns a scalar takes: 0 for combining marks, 2 for wide East Asian characters and
/// emoji, else 1; `nil` for what must never reach a terminal (controls, bidirectional overrides,
/// invisible characters, surrogates).
///
/// Agrees with `wcwidth` of glibc 2.36, by which ncurses measures, wherever that knows the character.
package func displayWidth(of scalar: Unicode.Scalar) -> Int? {
  let value = scalar.value
  if value < 0x7F { return value >= 0x20 ? 1 : nil }
  if value < 0xA0 { return nil }
  if value == 0xAD || value < 0x300 { return value == 0xAD ? nil : 1 }
  if isDrawingGlyph(value) { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return isSelector(value) ? nil : 0
  case .format, .control, .surrogate, .lineSeparator, .paragraphSeparator: return nil
  default: break
  }
  // Vowels and finals of decomposed Hangul join the initial before them.
  if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value) { return 0 }
  return isWide(value) ? 2 : 1
}

/// The number of columns a text takes once what cannot be shown is left out.
package func displayWidth(of text: some StringProtocol) -> Int {
  var width = 0
  for scalar in text.unicodeScalars { width += displayWidth(of: scalar) ?? 0 }
  return width
}

/// Box lines, blocks and braille: what plots are made of, so it is found first.
private func isDrawingGlyph(_ value: UInt32) -> Bool {
  (0x2500...0x259F).contains(value) || (0x2800...0x28FF).contains(value)
}

/// Variation selectors ask for another look of the character before them; a cell cannot grant it.
private func isSelector(_ value: UInt32) -> Bool {
  (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
    || (0x180B...0x180F).contains(value) || value == 0x34F
}

private func isWide(_ value: UInt32) -> Bool {
  if value < 0x1100 { return false }
  var low = 0
  var high = wideRanges.count
  while low < high {
    let middle = (low + high) / 2
    if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
  }
  return low < wideRanges.count && wideRanges[low].contains(value)
}

/// Characters of two columns in Unicode 15 (East Asian Width W and F, emoji presentation); what is
/// unassigned between two of them is counted with them.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0,
  0x23F3...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F,
  0x2693...0x2693, 0x26A1...0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5,
  0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA, 0x26F2...0x26F3, 0x26F5...0x26F5,
  0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728,
  0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
  0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55,
  0x2E80...0x3029, 0x302E...0x303E, 0x3041...0x3096, 0x309B...0xA4C6, 0xA960...0xA97C,
  0xAC00...0xD7A3, 0xF900...0xFAD9, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
  0xFFE0...0xFFE6, 0x16FE0...0x16FE3, 0x16FF0...0x1B2FB, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF,
  0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F335,
  0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3,
  0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440...0x1F440,
  0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E, 0x1F550...0x1F567,
  0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F,
  0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6DF,
  0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7F0, 0x1F90C...0x1F93A,
  0x1F93C...0x1F945, 0x1F947...0x1F9FF, 0x1FA70...0x1FAF6, 0x20000...0x3134A,
]
