// The colours of a drawing: a theme's own, or the reader's text and paper where the theme leaves them open.

import TerminalCore

/// A colour of a drawing.
enum SvgPaint: Hashable {
  case rgb(RGB)
  /// The colour of text: dark on white paper, light on dark paper.
  case ink
  /// The colour of the paper, for what is drawn in reverse.
  case paper

  /// An attribute that sets the colour; the class lets a style sheet follow a dark page.
  func attribute(_ name: String) -> String {
    switch self {
    case .rgb(let color): " \(name)=\"\(Markup.hex(color))\""
    case .ink: " \(name)=\"currentColor\""
    case .paper: " \(name)=\"\(Markup.hex(SvgStyle.lightPaper))\" class=\"paper-\(name)\""
    }
  }
}

/// How a cell looks in a drawing.
struct SvgLooks: Hashable {
  var ink: SvgPaint
  /// What lies under the cell; `nil` where that is the paper.
  var ground: SvgPaint?
  var isBold: Bool
  var isDim: Bool
  var isUnderlined: Bool

  /// The looks of a style, with reverse carried out.
  init(_ style: Style, _ theme: Theme, paper: SvgPaint) {
    func paint(_ color: TerminalColor) -> SvgPaint? {
      if case .rgb(let color) = color { .rgb(color) } else { nil }
    }
    let resolved = theme.resolve(style, .trueColor)
    ink = paint(resolved.foreground) ?? .ink
    ground = paint(resolved.background)
    isBold = resolved.attributes.contains(.bold)
    isDim = resolved.attributes.contains(.dim)
    isUnderlined = resolved.attributes.contains(.underline)
    if resolved.attributes.contains(.reverse) { (ink, ground) = (ground ?? paper, ink) }
    if ground == paper { ground = nil }
  }

  /// What decides with which others it is drawn together.
  var pen: SvgPen { SvgPen(paint: ink, isDim: isDim) }
}

/// What shapes that are drawn together have in common.
struct SvgPen: Hashable {
  var paint: SvgPaint
  var isDim: Bool

  /// The attributes of a filled shape, or of a line.
  func attributes(_ name: String) -> String {
    paint.attribute(name) + (isDim ? " opacity=\"0.6\"" : "")
  }
}

/// The style sheet by which drawings of themes without colours of their own follow light and dark pages.
enum SvgStyle {
  static let lightPaper = RGB(0xFFFFFF)
  static let darkPaper = RGB(0x16191F)
  static let lightInk = RGB(0x1F2328)
  static let darkInk = RGB(0xD7DAE0)

  /// The rules on white paper.
  static let light = rules(paper: lightPaper)
  /// The rules on dark paper.
  static let dark = rules(paper: darkPaper)

  private static func rules(paper: RGB) -> String {
    let color = Markup.hex(paper)
    return ".paper-fill{fill:\(color)}.paper-stroke{stroke:\(color)}"
  }

  /// The style sheet of a drawing that stands alone.
  static let sheet =
    "svg{color:\(Markup.hex(lightInk))}\(light)@media (prefers-color-scheme:dark){"
    + "svg{color:\(Markup.hex(darkInk))}\(dark)}"
}
