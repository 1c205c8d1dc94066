// Dark palettes of cool colours, letter for letter those of themes/.

extension ThemeTexts {
  static let frost = """
    # Cool greys and icy blues on slate.

    # Text
    theme[main_bg]="#2a303c black"
    theme[main_fg]="#dfe5ee white"
    theme[title]="#88c6d6 cyan bold"
    theme[heading]="#dfe5ee white bold"
    theme[hi_fg]="#84c3dd cyan bold"
    theme[key]="#ead18b yellow bold"
    theme[inactive_fg]="#aab4c6 white"
    theme[selected_bg]="#44536b blue"
    theme[selected_fg]="#ffffff white"

    # Frames and plots
    theme[border]="#7f8aa0 white"
    theme[border_focused]="#84c3dd cyan bold"
    theme[div_line]="#7f8aa0 white"
    theme[graph_text]="#aab4c6 white"
    theme[axis]="#aab4c6 white"
    theme[grid]="#7f8aa0 bright-black"
    theme[plot_bg]="#2a303c black"
    theme[warmup_bg]="#333a48 black"
    theme[bar_filled]="#84c3dd cyan"
    theme[meter_bg]="#7f8aa0 bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#8fd08a green"
    theme[warn]="#f0d060 yellow"
    theme[bad]="#ff8a8a bright-red bold"
    theme[temp_start]="#8fd08a green"
    theme[temp_mid]="#f0d060 yellow"
    theme[temp_end]="#ff8a8a bright-red"

    # Chains
    theme[chain1]="#f1f8fd white"
    theme[chain2]="#f2a212 yellow"
    theme[chain3]="#64c597 cyan"
    theme[chain4]="#f9a0e3 bright-magenta"
    theme[chain5]="#e6eebe bright-yellow"
    theme[chain6]="#62a7fa bright-blue"
    theme[chain7]="#f19e7f bright-red"
    theme[chain8]="#54d1da bright-cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#7fb0e8 blue"
    theme[corr_mid]="#4a5366 black"
    theme[corr_pos]="#e8b070 yellow"

    """

  static let lagoon = """
    # Deep teal with soft accents, low in glare.

    # Text
    theme[main_bg]="#06252d black"
    theme[main_fg]="#c3d0cf white"
    theme[title]="#5fc4d8 cyan bold"
    theme[heading]="#c3d0cf white bold"
    theme[hi_fg]="#4cb8d8 cyan bold"
    theme[key]="#d8b04a yellow bold"
    theme[inactive_fg]="#8ea5a6 white"
    theme[selected_bg]="#0f4656 blue"
    theme[selected_fg]="#f2fbfa white"

    # Frames and plots
    theme[border]="#5e7d81 white"
    theme[border_focused]="#4cb8d8 cyan bold"
    theme[div_line]="#5e7d81 white"
    theme[graph_text]="#8ea5a6 white"
    theme[axis]="#8ea5a6 white"
    theme[grid]="#5e7d81 bright-black"
    theme[plot_bg]="#06252d black"
    theme[warmup_bg]="#0d323b black"
    theme[bar_filled]="#4cb8d8 cyan"
    theme[meter_bg]="#5e7d81 bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#8fc04a green"
    theme[warn]="#d8b04a yellow"
    theme[bad]="#ff8a74 bright-red bold"
    theme[temp_start]="#8fc04a green"
    theme[temp_mid]="#d8b04a yellow"
    theme[temp_end]="#ff8a74 bright-red"

    # Chains
    theme[chain1]="#ebf6fd white"
    theme[chain2]="#c19926 yellow"
    theme[chain3]="#43ac48 green"
    theme[chain4]="#dd77af bright-magenta"
    theme[chain5]="#f4fca5 bright-yellow"
    theme[chain6]="#7ca2fd bright-blue"
    theme[chain7]="#fec3b5 bright-red"
    theme[chain8]="#08e7d2 bright-cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#58a8e8 blue"
    theme[corr_mid]="#1a444d black"
    theme[corr_pos]="#e59a4a yellow"

    """

  static let midnight = """
    # Indigo night with clear blues.

    # Text
    theme[main_bg]="#171a2b black"
    theme[main_fg]="#c9d2f2 white"
    theme[title]="#86aaff cyan bold"
    theme[heading]="#c9d2f2 white bold"
    theme[hi_fg]="#7fc4ff cyan bold"
    theme[key]="#e6bd72 yellow bold"
    theme[inactive_fg]="#929cc4 white"
    theme[selected_bg]="#2e3a66 blue"
    theme[selected_fg]="#ffffff white"

    # Frames and plots
    theme[border]="#656e98 white"
    theme[border_focused]="#7fc4ff cyan bold"
    theme[div_line]="#656e98 white"
    theme[graph_text]="#929cc4 white"
    theme[axis]="#929cc4 white"
    theme[grid]="#656e98 bright-black"
    theme[plot_bg]="#171a2b black"
    theme[warmup_bg]="#202439 black"
    theme[bar_filled]="#7fc4ff cyan"
    theme[meter_bg]="#656e98 bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#93cc72 green"
    theme[warn]="#e6bd72 yellow"
    theme[bad]="#ff8296 bright-red bold"
    theme[temp_start]="#93cc72 green"
    theme[temp_mid]="#e6bd72 yellow"
    theme[temp_end]="#ff8296 bright-red"

    # Chains
    theme[chain1]="#15c1f8 cyan"
    theme[chain2]="#be8709 yellow"
    theme[chain3]="#549f48 green"
    theme[chain4]="#ee7ad1 bright-magenta"
    theme[chain5]="#f3ed82 bright-yellow"
    theme[chain6]="#f3f7fd white"
    theme[chain7]="#fda996 bright-red"
    theme[chain8]="#10eccf bright-cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#6f9fff blue"
    theme[corr_mid]="#2f3552 black"
    theme[corr_pos]="#ffa35c yellow"

    """
}
