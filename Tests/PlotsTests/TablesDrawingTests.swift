// Tables, intervals, heat maps and bars as drawings.

import TerminalCore
import Testing

@testable import Plots

@Suite("Tables and their kin show")
struct TablesDrawingTests {
  @Test("estimates with two intervals each")
  func intervals() {
    #expect(
      drawing(Examples.intervals, 70, 8, .braille) == """
        b_math_Intercept            ┆ ───────━━━●━━━─────    1.20 [0.20, 2.10]
        b_math_SES        ────━━●━━─────                   -0.40 [-1.10, 0.30]
        σ                           ┆    –                                   –
        cor                         ┆  ──●──
                         ──┬────────┬─────────┬────────┬──
                          -1        0         1        2


        """)
    #expect(
      drawing(Examples.intervals, 36, 5, .block) == """
        b_math_Inte…         ┆─────━━●━━────
        b_math_SES   ────━●━────
        σ                    ┆  –
                     ────────┬────────────┬─
                             0            2
        """)
    #expect(
      drawing(Examples.intervals, 36, 5, .ascii) == """
        b_math_Inte~         :-----==o==----
        b_math_SES   ----=o=----
        s                    :  -
                     --------+------------+-
                             0            2
        """)
  }

  @Test("an interval with a fainter one behind or under it, cut off by arrows")
  func bars() {
    let row = IntervalRow(
      "x", point: 1, inner: 0.5...1.5, outer: -0.5...2.5, faint: -9...9, role: .chain(1))
    let bar = IntervalBar(row, on: Scale(from: -2, to: 4), reference: 0)
    #expect(
      drawing(bar, 25, 1, .braille) == """
        ◂┈┈┈┈┈────━━●━━────┈┈┈┈┈▸
        """)
    #expect(
      drawing(bar, 25, 2, .ascii) == """
              ----==o==----
        <.......................>
        """)
    let far = IntervalRow("x", point: 49, outer: 48...50)
    #expect(
      drawing(IntervalBar(far, on: Scale(from: 0, to: 10)), 11, 1, .braille)
        == "          ▸")
    let low = IntervalRow("x", point: -49, outer: (-50)...(-48))
    #expect(
      drawing(IntervalBar(low, on: Scale(from: 0, to: 10)), 11, 1, .ascii)
        == "<")
  }

  @Test("names that begin alike are told by numbers over the columns")
  func alikeHeads() {
    let names = ["math_score (Intercept)", "math_score SES", "passed (Intercept)", "passed SES"]
    let map = HeatMap(labels: names, values: Array(repeating: 0.5, count: 16))
    let heads = drawing(map, 70, 6, .braille).split(separator: "\n")[0]
    #expect(heads.split(separator: " ") == ["1", "2", "3", "4"], "\(heads)")
  }

  @Test("a matrix with its numbers, or signs and shades")
  func heat() {
    #expect(
      drawing(Examples.heat, 40, 6, .braille) == """
                math  passed count
        math    1.00   -0.43  0.20
        passed  -0.43  1.00     –
        count   0.20     –    1.00


        """)
    #expect(
      drawing(Examples.heat, 20, 4, .block) == """
                 1  2  3
        1 math   +█ -░ +
        2 passed -░ +█  –
        3 count  +   – +█
        """)
    #expect(
      drawing(Examples.heat, 20, 4, .ascii) == """
                 1  2  3
        1 math   +# -. +
        2 passed -. +#  -
        3 count  +   - +#
        """)
  }

  @Test("long names by number, and what did not fit by count")
  func longHeat() {
    #expect(
      drawing(Examples.longHeat, 60, 7, .braille) == """
                                 1      2      3      4      5
        1 math_score_Intercept  -0.50  -0.33  -0.17  0.00   0.17
        2 passed_Intercept      0.33   0.50   -0.50  -0.33  -0.17
        3 math_score_SES        0.00   0.17   0.33   0.50   -0.50
        4 passed_SES            -0.33  -0.17  0.00   0.17   0.33
        5 z                     0.50   -0.50  -0.33  -0.17  0.00

        """)
    #expect(
      drawing(Examples.longHeat, 30, 6, .block) == """
                     1  2  3  4  5
        1 math_scor… -▒ -░ -  +  +
        2 passed_In… +░ +▒ -▒ -░ -
        3 math_scor… +  +  +░ +▒ -▒
        4 passed_SES -░ -  +  +  +░
        5 z          +▒ -▒ -░ -  +
        """)
    #expect(
      drawing(Examples.longHeat, 16, 6, .ascii) == """
        +1      1 2 3 4
        1 math~ -:-.- +
        2 pass~ +.+:-:-.
        3 math~ + + +.+:
        4 pass~ -.- + +
        5 z     +:-:-.-
        """)
  }

  @Test("intervals under the numbers where there is room")
  func notedHeat() {
    #expect(
      drawing(Examples.notedHeat, 60, 7, .braille) == """
                  math      passed

        math      1.00       -0.43
                          -.61, -.20

        passed    -0.43      1.00
               -.61, -.20
        """)
    #expect(
      drawing(Examples.notedHeat, 24, 7, .block) == """
                math   passed
        math     1.00   -0.43

        passed  -0.43    1.00



        """)
    #expect(
      drawing(Examples.notedHeat, 24, 7, .ascii) == """
                math   passed
        math     1.00   -0.43

        passed  -0.43    1.00



        """)
  }

  @Test("how far something has come, with the end of a phase")
  func bar() {
    #expect(
      drawing(Examples.bar, 40, 1, .braille) == """
        █████████│█████▍░░░░░░░░░░░░░░░░░░░░ 43%
        """)
    #expect(
      drawing(Examples.bar, 6, 1, .block) == """
        █│▌░░░
        """)
    #expect(
      drawing(Examples.bar, 20, 1, .ascii) == """
        ####|#.......... 43%
        """)
  }

  @Test("names with marks, and how many are left out")
  func legend() {
    #expect(
      drawing(Examples.legend, 50, 1, .braille) == """
        ━ chain 1  ━ chain 2  ━ chain 3  ━ chain 4
        """)
    #expect(
      drawing(Examples.legend, 24, 1, .block) == """
        ━ chain 1  +3
        """)
    #expect(
      drawing(Examples.legend, 3, 1, .ascii) == """
        +4
        """)
  }

  @Test("the columns there is room for, in order of rank")
  func table() {
    #expect(
      drawing(Examples.table, 80, 6, .braille) == """
          parameter                     mean    sd  ▼ R-hat  ESS bulk  ESS tail
          b_math_score_predictor2      -0.26  0.12     1.02       426       314
        ▶ b_math_score_predictor3       1.11  0.12     1.03       439       321
          b_math_score_predictor4       2.48  0.12     1.04       452       328
          b_math_score_predictor5       3.85  0.12     1.05       465       335
          b_math_score_predictor6       5.22  0.12     1.06       478       342
        """)
    #expect(
      drawing(Examples.table, 44, 5, .block) == """
          parameter          mean  ▼ R-hat  ESS bulk
          b_math_score_pr…  -0.26     1.02       426
        ▶ b_math_score_pr…   1.11     1.03       439
          b_math_score_pr…   2.48     1.04       452
          b_math_score_pr…   3.85     1.05       465
        """)
    #expect(
      drawing(Examples.table, 24, 5, .ascii) == """
          parameter      v R-hat
          b_math_score~     1.02
        > b_math_score~     1.03
          b_math_score~     1.04
          b_math_score~     1.05
        """)
    #expect(
      drawing(Examples.table, 10, 4, .braille) == """
        par…  ▼ R…
        b_m…  1.02
        b_m…  1.03
        b_m…  1.04
        """)
  }
}
