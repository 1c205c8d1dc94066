// The palettes of the strongest contrast, letter for letter those of themes/.

extension ThemeTexts {
  static let contrastDark = """
    # The strongest contrast on black: 7 to 1 and more for every word (WCAG 2.1, level AAA).

    # Text
    theme[main_bg]="#000000 black"
    theme[main_fg]="#ffffff bright-white"
    theme[title]="#ffff66 cyan bold"
    theme[heading]="#ffffff white bold"
    theme[hi_fg]="#66d9ff cyan bold"
    theme[key]="#ffd24d yellow bold"
    theme[inactive_fg]="#d0d0d0 white"
    theme[selected_bg]="#ffffff bright-white"
    theme[selected_fg]="#000000 black bold"

    # Frames and plots
    theme[border]="#b0b0b0 white"
    theme[border_focused]="#66d9ff cyan bold"
    theme[div_line]="#b0b0b0 white"
    theme[graph_text]="#d0d0d0 white"
    theme[axis]="#d0d0d0 white"
    theme[grid]="#b0b0b0 bright-black"
    theme[plot_bg]="#000000 black"
    theme[warmup_bg]="#1c1c1c black"
    theme[bar_filled]="#66d9ff cyan"
    theme[meter_bg]="#b0b0b0 bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#66ff8c green"
    theme[warn]="#ffd24d yellow"
    theme[bad]="#ff9d96 bright-red bold"
    theme[temp_start]="#66ff8c green"
    theme[temp_mid]="#ffd24d yellow"
    theme[temp_end]="#ff9d96 bright-red"

    # Chains
    theme[chain1]="#13c0fb cyan"
    theme[chain2]="#d89f02 yellow"
    theme[chain3]="#33c05c green"
    theme[chain4]="#ff88bf bright-magenta"
    theme[chain5]="#f6fd93 bright-yellow"
    theme[chain6]="#a09dfd bright-blue"
    theme[chain7]="#fd8965 bright-red"
    theme[chain8]="#9bfeef bright-cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#4da6ff blue"
    theme[corr_mid]="#303030 black"
    theme[corr_pos]="#ff9a3c yellow"

    """

  static let contrastLight = """
    # The strongest contrast on white: 7 to 1 and more for every word (WCAG 2.1, level AAA).

    # Text
    theme[main_bg]="#ffffff bright-white"
    theme[main_fg]="#000000 black"
    theme[title]="#00337a blue bold"
    theme[heading]="#000000 black bold"
    theme[hi_fg]="#003c99 blue bold"
    theme[key]="#5c2e00 magenta bold"
    theme[inactive_fg]="#3a3a3a black"
    theme[selected_bg]="#000000 black"
    theme[selected_fg]="#ffffff bright-white bold"

    # Frames and plots
    theme[border]="#5a5a5a black"
    theme[border_focused]="#003c99 blue bold"
    theme[div_line]="#5a5a5a black"
    theme[graph_text]="#3a3a3a black"
    theme[axis]="#3a3a3a black"
    theme[grid]="#5a5a5a bright-black"
    theme[plot_bg]="#ffffff bright-white"
    theme[warmup_bg]="#ededed bright-white"
    theme[bar_filled]="#003c99 blue"
    theme[meter_bg]="#5a5a5a bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#00551f blue"
    theme[warn]="#5c3d00 magenta"
    theme[bad]="#8f0010 red bold"
    theme[temp_start]="#00551f blue"
    theme[temp_mid]="#5c3d00 magenta"
    theme[temp_end]="#8f0010 red"

    # Chains
    theme[chain1]="#294e77 blue"
    theme[chain2]="#783e06 red"
    theme[chain3]="#015b26 bright-black"
    theme[chain4]="#7b345b magenta"
    theme[chain5]="#534d00 black"
    theme[chain6]="#13003a bright-blue"
    theme[chain7]="#360102 bright-red"
    theme[chain8]="#01251d bright-magenta"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#0f5fb0 blue"
    theme[corr_mid]="#f2f2f2 bright-white"
    theme[corr_pos]="#c75a00 yellow"

    """
}
