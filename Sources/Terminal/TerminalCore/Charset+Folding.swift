// What to show instead of a character where only ASCII can be shown.

extension Charset {
  /// The character itself, or in ASCII the nearest single character; "?" where there is none.
  package func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard self == .ascii, scalar.value >= 0x7F else { return scalar }
    guard let width = displayWidth(of: scalar) else { return scalar }
    if width == 0 { return "\u{200B}" }  // left out: a mark cannot stand on an ASCII letter
    return asciiForms[scalar] ?? decomposedLetter(scalar) ?? "?"
  }
}

/// Punctuation, mathematical signs, drawing glyphs, Greek and some Latin letters, each followed by
/// the ASCII character that stands for it (Greek as the Symbol font has it).
private let asciiForms: [Unicode.Scalar: Unicode.Scalar] = {
  let pairs = """
    –- —- −- ‐- ‑- …~ ·. ×x ÷/ ±~ ≥> ≤< ≈~ ≠# °o ′' “" ”" ‘' ’' «< »> −-
    ─- ━= ┄- ╌- │| ┃| ┆: ╎: ┌+ ┐+ └+ ┘+ ├+ ┤+ ┬+ ┴+ ┼+ ╭+ ╮+ ╰+ ╯+ ║| ═=
    ▁_ ▂_ ▃. ▄. ▅: ▆| ▇# █# ▏| ▎| ▍| ▌| ▋# ▊# ▉# ▐| ▀" ░. ▒: ▓+
    ●o ○o •* ◆* ▲^ ▼v ▶> ◀< ▸> ◂< ✓+ ✗x ✔+ ✘x ←< →> ↑^ ↓v √V ∞8 ∑S ∈e ∼~
    αa βb γg δd εe ζz ηh θq ιi κk λl μm νn ξx οo πp ρr σs ςs τt υu φf χc ψy ωw
    ΑA ΒB ΓG ΔD ΕE ΖZ ΗH ΘQ ΙI ΚK ΛL ΜM ΝN ΞX ΟO ΠP ΡR ΣS ΤT ΥU ΦF ΧC ΨY ΩW
    ßs æa œo øo ðd þp łl đd ıi ÆA ŒO ØO ÐD ÞP ŁL ĐD ²2 ³3 ¹1 µu
    """
  var forms: [Unicode.Scalar: Unicode.Scalar] = [:]
  for pair in pairs.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
    let scalars = Array(pair.unicodeScalars)
    forms[scalars[0]] = scalars[1]
  }
  return forms
}()

/// The ASCII letter under an accent of the Latin blocks, found by the name of the character.
private func decomposedLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
  guard scalar.value < 0x250, let name = scalar.properties.name else { return nil }
  let words = name.split(separator: " ")
  guard words.count > 4, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH",
    words[3].count == 1, let letter = words[3].unicodeScalars.first
  else { return nil }
  return words[1] == "SMALL" ? letter.properties.lowercaseMapping.unicodeScalars.first : letter
}
