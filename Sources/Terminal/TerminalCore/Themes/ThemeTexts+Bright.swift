// Light palettes with a colour of their own, letter for letter those of themes/.

extension ThemeTexts {
  static let parchment = """
    # Ink on warm paper.

    # Text
    theme[main_bg]="#fbf3df bright-white"
    theme[main_fg]="#3a3226 black"
    theme[title]="#7a4a00 blue bold"
    theme[heading]="#3a3226 black bold"
    theme[hi_fg]="#00616e blue bold"
    theme[key]="#8c2f1c magenta bold"
    theme[inactive_fg]="#6d6250 black"
    theme[selected_bg]="#eadcb4 cyan"
    theme[selected_fg]="#2a2318 black"

    # Frames and plots
    theme[border]="#8d806a black"
    theme[border_focused]="#00616e blue bold"
    theme[div_line]="#8d806a black"
    theme[graph_text]="#6d6250 black"
    theme[axis]="#6d6250 black"
    theme[grid]="#8d806a bright-black"
    theme[plot_bg]="#fbf3df bright-white"
    theme[warmup_bg]="#f2e8cd bright-white"
    theme[bar_filled]="#00616e blue"
    theme[meter_bg]="#8d806a bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#2a6f35 blue"
    theme[warn]="#8a5a00 magenta"
    theme[bad]="#b3261a red bold"
    theme[temp_start]="#2a6f35 blue"
    theme[temp_mid]="#8a5a00 magenta"
    theme[temp_end]="#b3261a red"

    # Chains
    theme[chain1]="#226295 bright-blue"
    theme[chain2]="#562c00 black"
    theme[chain3]="#033900 red"
    theme[chain4]="#96186e magenta"
    theme[chain5]="#080600 bright-black"
    theme[chain6]="#211672 blue"
    theme[chain7]="#c12a28 bright-red"
    theme[chain8]="#217267 bright-magenta"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#3f86b0 blue"
    theme[corr_mid]="#efe5c8 bright-white"
    theme[corr_pos]="#d4792a yellow"

    """

  static let daybreak = """
    # Pale blue morning light.

    # Text
    theme[main_bg]="#f3f6fb bright-white"
    theme[main_fg]="#26304a black"
    theme[title]="#2352b8 blue bold"
    theme[heading]="#26304a black bold"
    theme[hi_fg]="#1a62c8 blue bold"
    theme[key]="#8f3a78 magenta bold"
    theme[inactive_fg]="#5b6684 black"
    theme[selected_bg]="#d2dff7 cyan"
    theme[selected_fg]="#14203c black"

    # Frames and plots
    theme[border]="#7a86a1 black"
    theme[border_focused]="#1a62c8 blue bold"
    theme[div_line]="#7a86a1 black"
    theme[graph_text]="#5b6684 black"
    theme[axis]="#5b6684 black"
    theme[grid]="#7a86a1 bright-black"
    theme[plot_bg]="#f3f6fb bright-white"
    theme[warmup_bg]="#e6ecf6 bright-white"
    theme[bar_filled]="#1a62c8 blue"
    theme[meter_bg]="#7a86a1 bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#20703a blue"
    theme[warn]="#8a5600 magenta"
    theme[bad]="#bc2344 red bold"
    theme[temp_start]="#20703a blue"
    theme[temp_mid]="#8a5600 magenta"
    theme[temp_end]="#bc2344 red"

    # Chains
    theme[chain1]="#10738e bright-black"
    theme[chain2]="#764f2c red"
    theme[chain3]="#256534 bright-blue"
    theme[chain4]="#a63d6e magenta"
    theme[chain5]="#0b0800 black"
    theme[chain6]="#150940 blue"
    theme[chain7]="#390c04 bright-red"
    theme[chain8]="#023e40 bright-magenta"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#3f7fd0 blue"
    theme[corr_mid]="#e6eaf2 bright-white"
    theme[corr_pos]="#d9762b yellow"

    """
}
