// Residual plots as drawings.

import TerminalCore
import Testing

@testable import Plots

@Suite("Residual plots show")
struct ResidualsDrawingTests {
  @Test("residuals against the uniform distribution")
  func quantiles() {
    #expect(
      drawing(Examples.quantiles, 40, 14, .braille) == """
        1.0┤                                ⠊⣀⢠⠖
           │                            ⠔⠊⣀⠔⠊⢀⠇⠔
        0.8┤                        ⡠⠔ ⣀⠔⠊ ⣀⡰⠉
           │                     ⡠  ⣀⠔⠊⢀⡠⢀⣰⠂
        0.6┤                 ⢀  ⠉⣀⠔⠊⢀  ⠁⣰⠋
           │                ⠒⠁⣀⠔⠊  ⠒⠁ ⡰⠚⠁
           │            ⠤⠒ ⡠⠔⠉ ⠤⠊  ⣀⡤⠖⠁
        0.4┤        ⢀⠤  ⡠⠔⠉⣀⠤   ⣠⠖⠉⠁
           │     ⢀  ⠁⡠⠔⠉⣀     ⣐⠒⠃
        0.2┤    ⠊⠁⡠⠔⠉  ⠊ ⢀⣠⠴⠒⠋⠁
           │⠔⠊ ⡠⠔⠉ ⠔⢀⣀⡤⠴⠋⠉
        0.0┤⣀⣀⣠⠤⠴⠒⠚⠉⠉
           └┬──────┬──────┬──────┬──── expected
           0.0    0.2    0.4    0.6    0.8   1.0
        """)
    #expect(
      drawing(Examples.quantiles, 24, 8, .block) == """
        1.0┤                ▄▄▗▛
           │            ▗▗█▟▗▟▀
           │        ▗ ▟▄▀▛▗▟▀
        0.5┤      ▟▄▀▛ ▄▟▀▀
           │  ▄▄▛█▗▄▄▟▀▘
        0.0┤▄▄▄▛▀▀▀
           └┬───────── expected
           0.0       0.5     1.0
        """)
    #expect(
      drawing(Examples.quantiles, 24, 8, .ascii) == """
        1.0+                ...:
           |            ...'.:'
           |         ...''.:'
        0.5+     . .':'.:''
           | . .::'..:''
        0.0+...:'''
           ++--------- expected
           0.0       0.5     1.0
        """)
  }

  @Test("points with guide lines, curves and outliers")
  func scatter() {
    #expect(
      drawing(Examples.scatter, 60, 12, .braille) == """
        1.0┤        ⠠      ⠂             ⠈              *⠈
           │            ⠁⠈⠈                ⠈                  ⡀
           │⠤⠄  ⡀⠠  ⠂⠤  ⠤⠤  ⠤⠤  ⠤⠤  ⠤⠤ ⠈⠤⠤⠁ ⠤⠤  ⠤⠤  ⠤⠤  ⠤⠤  ⠤⠤⠄ ⠤⠤
           │ ⡀ ⣀⡀ ⣀⡀ ⠤⠄⠄⠤⠄ ⠒⠂ ⠒⠂ ⠒⠂ ⠉⠁⠐⠉⠁ ⠉⠁ ⠑⠂ ⠒⠂ ⠒⠂ ⠤⠄ ⠤⠄ ⣀⡀ ⣀⡀⢀⣀⢀
           │⠉                    ⠄                                 ⠁
        0.5┤⠂⠁  ⠉⠉ ⠂⠉⠉  ⠉⠉  ⠉⠉⢀ ⠉⠉  ⠉⠉  ⠉⠉  ⠉⠉  ⠉⠉ ⠄⠉⠉  ⠉⠉  ⠉⠉  ⠉⠉⣀⣀
           │⣀⣀⣀⡀    ⢀                ⠂ ⠈     ⠄      ⢀⣀⣀⡠⠤⠤⠤⠒⠒⠒⠊⠉⠉⠉ ⠄
           │⠒⠠ ⠈⠉⠉⠉⠉⠉⠉⠑⠒⠒⠒⠒⠒⠒⠢⠤⠤⠤⠤⠤⠤⢄⣀⣀⣀⣀⣀⠤⠤⠤⠔⠒⠒⠒⠉⠉⠉⠁⠁  ⠒⠒  ⠒⠒  ⠒⠒
           │  ⠑⡀                    ⢀                   ⠈  ⠠     ⠁
        0.0┤           ⠁  ⠠  *⡀⠈         ⠡              ⠐
           └┬──────────┬──────────┬──────────┬── rank of prediction
           0.0        0.2        0.4        0.6        0.8       1.0
        """)
    #expect(
      drawing(Examples.scatter, 30, 7, .block) == """
        1.0┤    ▘▗▄▘     ▝▗     *▘
           │▝ ▞▄▖▖▄▖▀▄▖ ▄▖▀▄▖ ▄▖▀▄▖▘▖
        0.5┤▀▘▄▗▄ ▄ ▗▝▄ ▗ ▄ ▄ ▖ ▄ ▗▄▝▘
           │▀▀▀▀▀▀▚▄▄▄▄▄▄▄▄▄▞▀▀▀▀▀▘ ▐▘
        0.0┤ ▀   ▘▗ *▘ ▝ ▐      ▗ ▘
           └┬───── rank of prediction
           0.0          0.5        1.0
        """)
    #expect(
      drawing(Examples.scatter, 30, 7, .ascii) == """
        1.0+    '..:     '.     *'
           |''. '....'  ... ''.... '''
        0.5+'' ...  .'  ..  ... ....''
           |'''''''.........''''''  :'
        0.0+ '   '. *' ' :      .'
           ++----- rank of prediction
           0.0          0.5        1.0
        """)
  }
}
