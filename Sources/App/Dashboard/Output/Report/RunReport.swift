// A whole run as one page of HTML: verdicts, model, and every pane that has something to show.

import Panes
import RunFolder
import TerminalCore

/// A run as a page that needs nothing beside itself: no scripts, no fonts, no pictures from elsewhere.
package struct RunReport {
  private let run: RunSnapshot
  private let figures: ReportFigures

  /// A report of a run.
  ///
  /// - Parameters:
  ///   - theme: the colours of the plots.
  ///   - now: seconds since 1970; matters only while the run is live.
  package init(_ run: RunSnapshot, theme: Theme = .standard, now: Double) {
    self.run = run
    figures = ReportFigures(run, theme: theme, now: now)
  }

  /// The page.
  package func html() -> String {
    var figures = figures
    let verdicts = figures.verdicts()
    let sections =
      [verdicts, ReportModel(run).section()] + figures.estimates() + figures.convergence()
      + figures.traces() + figures.randomEffects() + figures.residuals() + figures.predictive()
      + figures.sampler() + figures.progress() + figures.others()
    let title = Markup.escaped("mglmm-tui: \(run.name)")
    let contents = sections.map {
      "<li><a href=\"#\($0.id)\">\(Markup.escaped($0.title))</a></li>"
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="generator" content="mglmm-tui \(Markup.escaped(programVersion))"/>
      <title>\(title)</title>
      <style>\(ReportStyle.sheet)</style>
      </head>
      <body>
      <header>
      <h1>\(Markup.escaped(run.name))</h1>
      <p>\(Markup.escaped(model))</p>
      </header>
      <nav aria-label="Contents">
      <ol>
      \(contents.joined(separator: "\n"))
      </ol>
      </nav>
      <main>
      \(sections.map(\.html).joined(separator: "\n"))
      </main>
      <footer><p>Made by mglmm-tui \(Markup.escaped(programVersion)).</p></footer>
      </body>
      </html>

      """
  }

  private var model: String {
    run.request?.modelText ?? run.fitReport?.model.formula ?? "Draws of another program"
  }
}

/// A part of the page with a heading.
struct ReportSection {
  /// The name by which the list of contents leads here.
  var id: String
  var title: String
  /// What stands under the heading, as markup.
  var body: [String]

  /// The section as markup.
  var html: String {
    "<section id=\"\(id)\">\n<h2>\(Markup.escaped(title))</h2>\n"
      + body.joined(separator: "\n") + "\n</section>"
  }
}

/// Small pieces of the page.
enum ReportMarkup {
  /// A paragraph of plain text.
  static func paragraph(_ text: String, role: String = "") -> String {
    "<p\(role.isEmpty ? "" : " class=\"\(role)\"")>\(Markup.escaped(text))</p>"
  }

  /// A heading inside a section.
  static func heading(_ text: String) -> String { "<h3>\(Markup.escaped(text))</h3>" }
}
