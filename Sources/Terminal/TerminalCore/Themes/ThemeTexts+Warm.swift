// Dark palettes of warm and of leafy colours, letter for letter those of themes/.

extension ThemeTexts {
  static let ember = """
    # Warm earth colours on charcoal.

    # Text
    theme[main_bg]="#272422 black"
    theme[main_fg]="#ece0c6 white"
    theme[title]="#f2bd4a cyan bold"
    theme[heading]="#ece0c6 white bold"
    theme[hi_fg]="#f09a4e cyan bold"
    theme[key]="#c6c25a yellow bold"
    theme[inactive_fg]="#b0a38f white"
    theme[selected_bg]="#544a3f blue"
    theme[selected_fg]="#fff8e8 white"

    # Frames and plots
    theme[border]="#857a6c white"
    theme[border_focused]="#f09a4e cyan bold"
    theme[div_line]="#857a6c white"
    theme[graph_text]="#b0a38f white"
    theme[axis]="#b0a38f white"
    theme[grid]="#857a6c bright-black"
    theme[plot_bg]="#272422 black"
    theme[warmup_bg]="#322e2b black"
    theme[bar_filled]="#f09a4e cyan"
    theme[meter_bg]="#857a6c bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#9cc45a green"
    theme[warn]="#f2bd4a yellow"
    theme[bad]="#ff8a70 bright-red bold"
    theme[temp_start]="#9cc45a green"
    theme[temp_mid]="#f2bd4a yellow"
    theme[temp_end]="#ff8a70 bright-red"

    # Chains
    theme[chain1]="#1fb0f4 cyan"
    theme[chain2]="#fea003 yellow"
    theme[chain3]="#67aa1f green"
    theme[chain4]="#dc77c9 bright-magenta"
    theme[chain5]="#fafeb2 bright-yellow"
    theme[chain6]="#f6f6fe white"
    theme[chain7]="#fc7e6c bright-red"
    theme[chain8]="#49cdbb bright-cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#7fb0c0 blue"
    theme[corr_mid]="#48423c black"
    theme[corr_pos]="#f29a4e yellow"

    """

  static let forest = """
    # Leaf greens and bark on a soft dark ground.

    # Text
    theme[main_bg]="#272e31 black"
    theme[main_fg]="#d6cdb4 white"
    theme[title]="#abc684 cyan bold"
    theme[heading]="#d6cdb4 white bold"
    theme[hi_fg]="#88c4b4 cyan bold"
    theme[key]="#e0c082 yellow bold"
    theme[inactive_fg]="#a3a896 white"
    theme[selected_bg]="#47524f blue"
    theme[selected_fg]="#fffbef white"

    # Frames and plots
    theme[border]="#7a8478 white"
    theme[border_focused]="#88c4b4 cyan bold"
    theme[div_line]="#7a8478 white"
    theme[graph_text]="#a3a896 white"
    theme[axis]="#a3a896 white"
    theme[grid]="#7a8478 bright-black"
    theme[plot_bg]="#272e31 black"
    theme[warmup_bg]="#30383b black"
    theme[bar_filled]="#88c4b4 cyan"
    theme[meter_bg]="#7a8478 bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#abc684 green"
    theme[warn]="#e0c082 yellow"
    theme[bad]="#f0958e bright-red bold"
    theme[temp_start]="#abc684 green"
    theme[temp_mid]="#e0c082 yellow"
    theme[temp_end]="#f0958e bright-red"

    # Chains
    theme[chain1]="#10adec cyan"
    theme[chain2]="#fdad6a white"
    theme[chain3]="#ebffcb bright-yellow"
    theme[chain4]="#fef0f8 bright-magenta"
    theme[chain5]="#b3ac09 yellow"
    theme[chain6]="#ad98e1 bright-blue"
    theme[chain7]="#f8848f bright-red"
    theme[chain8]="#03ccb6 bright-cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#84b8d8 blue"
    theme[corr_mid]="#47524f black"
    theme[corr_pos]="#e8a878 yellow"

    """

  static let rose = """
    # Muted rose and gold on dark violet grey.

    # Text
    theme[main_bg]="#1b1925 black"
    theme[main_fg]="#e2def4 white"
    theme[title]="#eabdba cyan bold"
    theme[heading]="#e2def4 white bold"
    theme[hi_fg]="#c6a8e8 cyan bold"
    theme[key]="#f4c47a yellow bold"
    theme[inactive_fg]="#9690ae white"
    theme[selected_bg]="#413c55 blue"
    theme[selected_fg]="#ffffff white"

    # Frames and plots
    theme[border]="#716b8b white"
    theme[border_focused]="#c6a8e8 cyan bold"
    theme[div_line]="#716b8b white"
    theme[graph_text]="#9690ae white"
    theme[axis]="#9690ae white"
    theme[grid]="#716b8b bright-black"
    theme[plot_bg]="#1b1925 black"
    theme[warmup_bg]="#252231 black"
    theme[bar_filled]="#c6a8e8 cyan"
    theme[meter_bg]="#716b8b bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#9dd0da green"
    theme[warn]="#f4c47a yellow"
    theme[bad]="#f0809c bright-red bold"
    theme[temp_start]="#9dd0da green"
    theme[temp_mid]="#f4c47a yellow"
    theme[temp_end]="#f0809c bright-red"

    # Chains
    theme[chain1]="#e0f1fd white"
    theme[chain2]="#fed696 yellow"
    theme[chain3]="#84ef8b bright-green"
    theme[chain4]="#fec4d4 bright-magenta"
    theme[chain5]="#8b920e green"
    theme[chain6]="#4296f9 bright-blue"
    theme[chain7]="#e07949 bright-red"
    theme[chain8]="#03b2b6 cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#7fa8d8 blue"
    theme[corr_mid]="#3b3749 black"
    theme[corr_pos]="#f2b07a yellow"

    """
}
