// Plots of predictive checks as drawings.

import TerminalCore
import Testing

@testable import Plots

@Suite("Predictive plots show")
struct PredictiveDrawingTests {
  @Test("counts as bars with what is expected")
  func bars() {
    #expect(
      drawing(Examples.countBars, 40, 12, .braille) == """
        30┤⣿│⣿⡇
          │⣿│⣿⡇
          │⣿│⣿⡇ │
        20┤⣿●⣿⡇ │
          │⣿│⣿⡇ ●    │
          │⣿│⣿⡇⢰│⣶⣶  ●
        10┤⣿⣿⣿⡇⢸│⣿⣿ ⣀│⣀⡀ │
          │⣿⣿⣿⡇⢸⣿⣿⣿ ⣿│⣿⡇⢰●⣶⣶⡆ │
          │⣿⣿⣿⡇⢸⣿⣿⣿ ⣿⣿⣿⡇⢸│⣿⣿⡇⢠●⣤⣤  ●   │
         0┤⣿⣿⣿⡇⢸⣿⣿⣿ ⣿⣿⣿⡇⢸⣿⣿⣿⡇⢸│⣿⣿ ⣿│⣿⡇⢠●⣤⣤ ⣀●⣀⣀
          └──┬────────┬────────┬────────┬───────
             0        2        4        6
        """)
    #expect(
      drawing(Examples.countBars, 30, 8, .ascii) == """
        30+|::
          ||::|
        20+o::o   |
        10+|::|:: o  |
          |:::::::|: o::o   |
         0+::::::::: |::|:::o: o...o.
          +--+-----+------+-----+-----
             0     2      4     6
        """)
  }

  @Test("bars that hang from what is expected, with the misfit about zero")
  func hanging() {
    #expect(
      drawing(Examples.hangingBars, 40, 12, .block) == """
         │█●█▌▗▄▄▄▖
        4┤███▌▐●██▌
         │███▌▐███▌▐●██
         │███▌▐███▌▐███ ▄●▄▄
        2┤███▌▐███▌▐███ ████ ▄●▄▖
         │███▌▐███▌▐███ ████ ███▌▗●▄▄▖
         │███▌▐███▌▐███ ████ ███▌▐███▌▐●██ ▄●▄▄
         │███▌▝▀▀▀▘▝▀▀▀ ████ ███▌▐███▌▐███
        0┤▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
         │███▌
         └┬─────────┬────────┬────────┬── count
          0        10       20       30
        """)
  }

  @Test(
    "values over predicted intervals, a cross outside, and from the prediction on where that is clearer"
  )
  func bands() {
    #expect(
      drawing(Examples.bands, 40, 12, .braille) == """
          │                                ⢀  ⢰
          │                          ✗  ⢠  ┃  ●
        30┤                       ⢀  ⢰  ┃  ●  ┃
          │                    ⢠  ┃  ┃  ●
          │          ✗     ┃   ┃  ●  ⠘
        20┤          ⢠  ●  ●   ●  ⠈
          │       ●  ┃  ┃  ⠘
          │ ┃  ●  ┃  ⠸  ⠈
        10┤ ●  ┃  ⠘
          │ ⠸  ⠈
          └─┬─────┬─────┬──────┬─────┬─────┬────
            0     2     4      6     8    10
        """)
    #expect(
      drawing(Examples.relativeBands, 40, 10, .ascii) == """
         |          x                x
        5+
         | .  .  .  .   .  .  .  .   .  .  .  .
         | :  :  :  :   :  :  :  :   :  :  :  :
         | #  #  o  #   #  o  #  #   #  #  #  o
        0+'o  o' #''# ''o '#  o' o'' #''o 'o  #'
         | #  #  #  #   #  #  #  #   #  #  #  #
         | :  :  :  :   :  :  :  :   :  :  :  :
         +-+-----+------+-----+------+-----+- x
           0     2      4     6      8    10
        """)
    #expect(!Examples.bands.needsRelative(rows: 20))
    #expect(Examples.bands.needsRelative(rows: 8))
  }
}
