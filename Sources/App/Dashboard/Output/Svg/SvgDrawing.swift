// A frame as a vector drawing that looks in a browser and on paper as it does on the screen.

import TerminalCore

/// A frame as SVG: dots, blocks, lines and marks as shapes, all else as text.
///
/// A theme with colours of its own keeps them. With one that leaves text and background to the terminal
/// the drawing is dark on white, or light on dark where the reader prefers that.
package struct SvgDrawing {
  private let frame: CellBuffer
  private let theme: Theme
  private let title: String
  private let description: String
  private let isEmbedded: Bool

  /// A drawing of a frame.
  ///
  /// - Parameters:
  ///   - title: what it shows, in a few words.
  ///   - description: the same at length, for those who cannot see it.
  ///   - isEmbedded: whether it stands inside a page that brings the style sheet and sets the width.
  package init(
    _ frame: CellBuffer, theme: Theme, title: String, description: String = "",
    isEmbedded: Bool = false
  ) {
    self.frame = frame
    self.theme = theme
    self.title = title
    self.description = description
    self.isEmbedded = isEmbedded
  }

  /// The paper: the theme's own background, if it has one.
  private var paper: SvgPaint { theme.entry(.mainBackground).color.map { .rgb($0) } ?? .paper }

  /// The colour of text where the theme says nothing of it.
  private var ink: RGB {
    if let own = theme.entry(.mainForeground).color { return own }
    guard let paper = theme.entry(.mainBackground).color else { return SvgStyle.lightInk }
    return paper.luminance > 0.18 ? SvgStyle.lightInk : SvgStyle.darkInk
  }

  /// The drawing.
  package var text: String {
    let layers = SvgLayers(frame, theme, paper: paper)
    let size = (
      width: frame.fullSize.columns * SvgLayers.cell.width,
      height: frame.fullSize.rows * SvgLayers.cell.height
    )
    var parts = [head(width: size.width, height: size.height)]
    parts.append("<title>\(Markup.escaped(title))</title>")
    if !description.isEmpty { parts.append("<desc>\(Markup.escaped(description))</desc>") }
    if !isEmbedded, paper == .paper { parts.append("<style>\(SvgStyle.sheet)</style>") }
    if !isEmbedded || paper != .paper {
      parts.append(
        "<path d=\"M0 0h\(size.width)v\(size.height)h\(-size.width)z\""
          + "\(paper.attribute("fill"))/>")
    }
    parts += solids(layers) + strokes(layers) + texts(layers)
    return parts.joined(separator: "\n") + "\n</svg>\n"
  }

  private func head(width: Int, height: Int) -> String {
    // The page's own colour of text reaches an embedded drawing unless the theme has one.
    let hasOwnColors = paper != .paper || theme.entry(.mainForeground).color != nil
    let color = isEmbedded && !hasOwnColors ? "" : " color=\"\(Markup.hex(ink))\""
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\""
      + " width=\"\(width)\" height=\"\(height)\" role=\"img\"\(color)>"
  }

  private func solids(_ layers: SvgLayers) -> [String] {
    var parts: [String] = []
    func path(_ d: String, _ attributes: String) {
      parts.append("<path d=\"\(d)\"\(attributes)/>")
    }
    for paint in layers.grounds.keys {
      path(layers.grounds[paint, default: SvgRects()].path, paint.attribute("fill"))
    }
    for key in layers.blocks.keys {
      let shade = key.opacity < 1 ? " fill-opacity=\"\(key.opacity)\"" : ""
      path(layers.blocks[key, default: SvgRects()].path, key.pen.attributes("fill") + shade)
    }
    for pen in layers.underlines.keys {
      path(layers.underlines[pen, default: SvgRects()].path, pen.attributes("fill"))
    }
    guard !parts.isEmpty else { return [] }
    return ["<g shape-rendering=\"crispEdges\">"] + parts + ["</g>"]
  }

  private func strokes(_ layers: SvgLayers) -> [String] {
    var parts: [String] = []
    func group(_ attributes: String, _ paths: [(String, SvgPen)]) {
      guard !paths.isEmpty else { return }
      parts.append("<g fill=\"none\" \(attributes)>")
      parts += paths.map { "<path d=\"\($0)\"\($1.attributes("stroke"))/>" }
      parts.append("</g>")
    }
    let frames = "stroke-linecap=\"square\" shape-rendering=\"crispEdges\""
    group(
      "stroke-width=\"1\" \(frames)",
      layers.lines.keys.map { pen in
        (layers.lines[pen, default: SvgStrokes()].path, pen)
      })
    group(
      "stroke-width=\"3\" \(frames)",
      layers.heavyLines.keys.map { pen in
        (layers.heavyLines[pen, default: SvgStrokes()].path, pen)
      })
    group(
      "stroke-width=\"3\" stroke-linecap=\"round\"",
      layers.dots.keys.map { pen in
        (layers.dots[pen, default: SvgDots()].path, pen)
      })
    group(
      "stroke-width=\"1.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\"",
      layers.stroked.keys.map { (layers.stroked[$0, default: ""], $0) })
    parts += layers.filled.keys.map { pen in
      "<path d=\"\(layers.filled[pen, default: ""])\"\(pen.attributes("fill"))/>"
    }
    return parts
  }

  private func texts(_ layers: SvgLayers) -> [String] {
    guard !layers.texts.keys.isEmpty else { return [] }
    var parts = [
      "<g font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace\""
        + " font-size=\"13\">"
    ]
    for pen in layers.texts.keys {
      parts.append(
        "<g\(pen.pen.attributes("fill"))\(pen.isBold ? " font-weight=\"bold\"" : "")>")
      for text in layers.texts[pen, default: []] {
        let (x, y) = (text.column * SvgLayers.cell.width, text.row * SvgLayers.cell.height + 12)
        let length =
          text.columns > 1 ? " textLength=\"\(text.columns * SvgLayers.cell.width)\"" : ""
        parts.append("<text x=\"\(x)\" y=\"\(y)\"\(length)>\(Markup.escaped(text.text))</text>")
      }
      parts.append("</g>")
    }
    return parts + ["</g>"]
  }
}
