// A dark and a light palette for every day, letter for letter those of themes/.

extension ThemeTexts {
  static let dark = """
    # A quiet dark palette with its own background.

    # Text
    theme[main_bg]="#16191f black"
    theme[main_fg]="#d7dae0 white"
    theme[title]="#8ec7ff cyan bold"
    theme[heading]="#d7dae0 white bold"
    theme[hi_fg]="#56b4e9 cyan bold"
    theme[key]="#e6b450 yellow bold"
    theme[inactive_fg]="#8b93a1 white"
    theme[selected_bg]="#2f4562 blue"
    theme[selected_fg]="#ffffff white"

    # Frames and plots
    theme[border]="#697284 white"
    theme[border_focused]="#56b4e9 cyan bold"
    theme[div_line]="#697284 white"
    theme[graph_text]="#8b93a1 white"
    theme[axis]="#8b93a1 white"
    theme[grid]="#697284 bright-black"
    theme[plot_bg]="#16191f black"
    theme[warmup_bg]="#23272f black"
    theme[bar_filled]="#56b4e9 cyan"
    theme[meter_bg]="#697284 bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#5fd38d green"
    theme[warn]="#e6b450 yellow"
    theme[bad]="#ff7b72 bright-red bold"
    theme[temp_start]="#5fd38d green"
    theme[temp_mid]="#e6b450 yellow"
    theme[temp_end]="#ff7b72 bright-red"

    # Chains
    theme[chain1]="#169eb9 cyan"
    theme[chain2]="#ffe7b6 white"
    theme[chain3]="#45b791 green"
    theme[chain4]="#e581df bright-magenta"
    theme[chain5]="#c0920e yellow"
    theme[chain6]="#9bc4fe bright-cyan"
    theme[chain7]="#fdbeb2 bright-red"
    theme[chain8]="#f6f6fe bright-yellow"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#5fafff blue"
    theme[corr_mid]="#303540 black"
    theme[corr_pos]="#ffa040 yellow"

    """

  static let light = """
    # A light palette with its own background, for bright rooms.

    # Text
    theme[main_bg]="#fbfaf7 bright-white"
    theme[main_fg]="#23272e black"
    theme[title]="#005f9e blue bold"
    theme[heading]="#23272e black bold"
    theme[hi_fg]="#0066a8 blue bold"
    theme[key]="#8a4b00 magenta bold"
    theme[inactive_fg]="#5f6772 black"
    theme[selected_bg]="#cfe3f5 cyan"
    theme[selected_fg]="#10243a black"

    # Frames and plots
    theme[border]="#7d848e black"
    theme[border_focused]="#0066a8 blue bold"
    theme[div_line]="#7d848e black"
    theme[graph_text]="#5f6772 black"
    theme[axis]="#5f6772 black"
    theme[grid]="#7d848e bright-black"
    theme[plot_bg]="#fbfaf7 bright-white"
    theme[warmup_bg]="#ecebe6 bright-white"
    theme[bar_filled]="#0066a8 blue"
    theme[meter_bg]="#7d848e bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#14793b blue"
    theme[warn]="#8f5a00 magenta"
    theme[bad]="#c0262c red bold"
    theme[temp_start]="#14793b blue"
    theme[temp_mid]="#8f5a00 magenta"
    theme[temp_end]="#c0262c red"

    # Chains
    theme[chain1]="#012935 black"
    theme[chain2]="#451f00 red"
    theme[chain3]="#056044 bright-blue"
    theme[chain4]="#63153d magenta"
    theme[chain5]="#866033 bright-black"
    theme[chain6]="#007186 blue"
    theme[chain7]="#1f003f bright-magenta"
    theme[chain8]="#3a446f bright-red"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#2f7fc1 blue"
    theme[corr_mid]="#eeeeea bright-white"
    theme[corr_pos]="#e07b1a yellow"

    """
}
