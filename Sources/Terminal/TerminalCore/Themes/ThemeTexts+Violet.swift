// Dark palettes of violet colours, letter for letter those of themes/.

extension ThemeTexts {
  static let dusk = """
    # Violet evening colours on near black.

    # Text
    theme[main_bg]="#231f2e black"
    theme[main_fg]="#eae6f2 white"
    theme[title]="#c7a6ff cyan bold"
    theme[heading]="#eae6f2 white bold"
    theme[hi_fg]="#ff9ad0 cyan bold"
    theme[key]="#f5d87a yellow bold"
    theme[inactive_fg]="#a9a1bd white"
    theme[selected_bg]="#473f66 blue"
    theme[selected_fg]="#ffffff white"

    # Frames and plots
    theme[border]="#7b7392 white"
    theme[border_focused]="#ff9ad0 cyan bold"
    theme[div_line]="#7b7392 white"
    theme[graph_text]="#a9a1bd white"
    theme[axis]="#a9a1bd white"
    theme[grid]="#7b7392 bright-black"
    theme[plot_bg]="#231f2e black"
    theme[warmup_bg]="#2d283a black"
    theme[bar_filled]="#ff9ad0 cyan"
    theme[meter_bg]="#7b7392 bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#72e0a0 green"
    theme[warn]="#f5d87a yellow"
    theme[bad]="#ff8b98 bright-red bold"
    theme[temp_start]="#72e0a0 green"
    theme[temp_mid]="#f5d87a yellow"
    theme[temp_end]="#ff8b98 bright-red"

    # Chains
    theme[chain1]="#1bc6f1 cyan"
    theme[chain2]="#cd8b12 yellow"
    theme[chain3]="#689e78 green"
    theme[chain4]="#fdecf3 white"
    theme[chain5]="#ffecb5 bright-yellow"
    theme[chain6]="#638ffd bright-blue"
    theme[chain7]="#e6978a bright-red"
    theme[chain8]="#c0fef0 bright-cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#8aa8ff blue"
    theme[corr_mid]="#453e58 black"
    theme[corr_pos]="#ffb070 yellow"

    """

  static let velvet = """
    # Soft pastels on a dark plum ground.

    # Text
    theme[main_bg]="#1f1f2d black"
    theme[main_fg]="#d3d9f2 white"
    theme[title]="#c9aaf5 cyan bold"
    theme[heading]="#d3d9f2 white bold"
    theme[hi_fg]="#8fb8fa cyan bold"
    theme[key]="#f7e0b0 yellow bold"
    theme[inactive_fg]="#a3a9c2 white"
    theme[selected_bg]="#434560 blue"
    theme[selected_fg]="#ffffff white"

    # Frames and plots
    theme[border]="#71768f white"
    theme[border_focused]="#8fb8fa cyan bold"
    theme[div_line]="#71768f white"
    theme[graph_text]="#a3a9c2 white"
    theme[axis]="#a3a9c2 white"
    theme[grid]="#71768f bright-black"
    theme[plot_bg]="#1f1f2d black"
    theme[warmup_bg]="#29293a black"
    theme[bar_filled]="#8fb8fa cyan"
    theme[meter_bg]="#71768f bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#a8e2a4 green"
    theme[warn]="#f7e0b0 yellow"
    theme[bad]="#f596ae bright-red bold"
    theme[temp_start]="#a8e2a4 green"
    theme[temp_mid]="#f7e0b0 yellow"
    theme[temp_end]="#f596ae bright-red"

    # Chains
    theme[chain1]="#e4f5ff white"
    theme[chain2]="#d7a010 yellow"
    theme[chain3]="#5eda9f green"
    theme[chain4]="#f8c2f1 bright-magenta"
    theme[chain5]="#eef679 bright-yellow"
    theme[chain6]="#4493f9 bright-blue"
    theme[chain7]="#e68763 bright-red"
    theme[chain8]="#58abb4 cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#8fb4fa blue"
    theme[corr_mid]="#45475c black"
    theme[corr_pos]="#fab48a yellow"

    """
}
