// The pane of residuals: kinds of simulation, outcomes and predictors by their keys.

import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@Suite("The residuals pane shows both kinds of simulation, outcomes, predictors and groups")
struct ResidualsPaneTests {
  /// The drawing after some commands.
  private func text(_ commands: PaneCommand..., of run: RunSnapshot = SampleRun.likelihood)
    -> String
  {
    var panes = PaneSet()
    var browsing = browsing(run)
    for command in commands {
      _ = panes.update(
        command, in: .residuals, snapshot(run), &browsing, size: Size(columns: 120, rows: 37))
    }
    return drawing(.residuals, of: run, 120, 37, panes: panes, browsing: browsing)
  }

  @Test("the kind is named, with what it came from, and which test it does not calibrate")
  func kinds() {
    let conditional = text()
    #expect(conditional.contains("250 simulations from 250 draws, random effects found, seed 1"))
    #expect(conditional.contains("not calibrated: see new random effects"))
    #expect(conditional.contains("Enter new random effects"))
    let other = text(.open)
    #expect(other.contains("250 simulations from 250 draws, new random effects, seed 1"))
    #expect(other.contains("✓ data spread as the model says"))
    #expect(other.contains("not calibrated: see the random effects found"))
    #expect(other.contains("1963 observations"))
    #expect(text(.open, .open) == conditional)
  }

  @Test("predictors by left and right: levels as boxes, numbers as points, and round again")
  func predictors() {
    let category = text(.right)
    #expect(category.contains("Residual by gender") && category.contains("h l: 2 of 3"))
    #expect(category.contains("female") && category.contains("p 0.018 n 149"))
    #expect(
      category.contains("spread by gender") && category.contains("not uniform at every level"))
    let numbers = text(.right, .right)
    #expect(numbers.contains("Residual by SES") && numbers.contains("rank of SES"))
    #expect(numbers.contains("along SES"))
    #expect(text(.right, .right, .right) == text())
    #expect(text(.left) == numbers)
  }

  @Test("groups belong to new random effects")
  func groups() {
    let grouped = text(.open, .right)
    #expect(grouped.contains("Sums by school_id") && grouped.contains("60 groups"))
    #expect(!grouped.contains("not calibrated"))
    // A choice that the other kind does not have falls back to the prediction.
    #expect(text(.open, .right, .open).contains("Residual by predicted"))
  }

  @Test("the correlation between outcomes stands with both")
  func correlations() {
    #expect(text().contains("with passed") && text(.nextSection).contains("with math_score"))
    #expect(text().contains("go together in a row beyond their random effects"))
  }

  @Test("residuals of an older version: one kind, and nothing said that is not known")
  func older() throws {
    var run = SampleRun.likelihood
    run.residualReport?.unconditional = nil
    run.residualReport?.points = nil
    run.residualReport?.correlations = []
    for index in 0..<2 { run.residualReport?.outcomes[index].calibrated = nil }
    let drawn = text(.open, of: run)
    #expect(drawn.contains("250 simulations, random effects found, seed 1"))
    #expect(!drawn.contains("Enter") && !drawn.contains("not calibrated"))
    let availability = PaneSet().availability(
      of: .open, in: .residuals, snapshot(run), browsing(run))
    #expect(availability == .disabled("there is one kind of simulation"))
  }

  @Test("every view stays inside its area at any size")
  func sizes() {
    let run = SampleRun.likelihood
    for commands in [[PaneCommand.right], [.right, .right], [.open], [.open, .right]] {
      var panes = PaneSet()
      var browsing = browsing(run)
      for command in commands {
        _ = panes.update(
          command, in: .residuals, snapshot(run), &browsing, size: Size(columns: 80, rows: 20))
      }
      for (columns, rows) in [(0, 0), (5, 3), (24, 8), (56, 9), (80, 21), (200, 60)] {
        var buffer = CellBuffer(
          size: Size(columns: columns + 4, rows: rows + 4), filledWith: Cell("x"))
        let area = Rect(column: 2, row: 2, columns: columns, rows: rows)
        panes.draw(.residuals, snapshot(run), browsing, into: &buffer, in: area)
        for row in 0..<rows + 4 {
          for column in 0..<columns + 4 where !area.contains(Point(column: column, row: row)) {
            #expect(buffer[Point(column: column, row: row)] == Cell("x"))
          }
        }
      }
    }
  }
}
