// The palettes for every kind of colour vision, letter for letter those of themes/.

extension ThemeTexts {
  static let colorblindDark = """
    # Dark, for every kind of colour vision: judgements and chains stay apart for people who lack one
    # kind of cone (checked with the simulations of Machado et al. 2009). After Okabe and Ito (2008).

    # Text
    theme[main_bg]="#12151b black"
    theme[main_fg]="#e4e6ea white"
    theme[title]="#8cc8f5 cyan bold"
    theme[heading]="#e4e6ea white bold"
    theme[hi_fg]="#56b4e9 cyan bold"
    theme[key]="#f0c95a yellow bold"
    theme[inactive_fg]="#9aa2ae white"
    theme[selected_bg]="#2b4468 blue"
    theme[selected_fg]="#ffffff white"

    # Frames and plots
    theme[border]="#67707e white"
    theme[border_focused]="#56b4e9 cyan bold"
    theme[div_line]="#67707e white"
    theme[graph_text]="#9aa2ae white"
    theme[axis]="#9aa2ae white"
    theme[grid]="#67707e bright-black"
    theme[plot_bg]="#12151b black"
    theme[warmup_bg]="#20252d black"
    theme[bar_filled]="#56b4e9 cyan"
    theme[meter_bg]="#67707e bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#6ebbd4 cyan"
    theme[warn]="#f5ed07 yellow"
    theme[bad]="#d27369 bright-red bold"
    theme[temp_start]="#6ebbd4 cyan"
    theme[temp_mid]="#f5ed07 yellow"
    theme[temp_end]="#d27369 bright-red"

    # Chains
    theme[chain1]="#20c5f6 cyan"
    theme[chain2]="#fba704 yellow"
    theme[chain3]="#28a083 green"
    theme[chain4]="#eabdc5 white"
    theme[chain5]="#fef8de bright-yellow"
    theme[chain6]="#7482fd bright-blue"
    theme[chain7]="#fc5650 bright-red"
    theme[chain8]="#c7e8fe bright-cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#5fafff blue"
    theme[corr_mid]="#303540 black"
    theme[corr_pos]="#ffa040 yellow"

    """

  static let colorblindLight = """
    # Light, for every kind of colour vision: judgements and chains stay apart for people who lack one
    # kind of cone (checked with the simulations of Machado et al. 2009). After Okabe and Ito (2008).

    # Text
    theme[main_bg]="#ffffff bright-white"
    theme[main_fg]="#1b1f26 black"
    theme[title]="#005a96 blue bold"
    theme[heading]="#1b1f26 black bold"
    theme[hi_fg]="#0064a6 blue bold"
    theme[key]="#7a4a00 magenta bold"
    theme[inactive_fg]="#5f6772 black"
    theme[selected_bg]="#cfe3f5 cyan"
    theme[selected_fg]="#10243a black"

    # Frames and plots
    theme[border]="#7d848e black"
    theme[border_focused]="#0064a6 blue bold"
    theme[div_line]="#7d848e black"
    theme[graph_text]="#5f6772 black"
    theme[axis]="#5f6772 black"
    theme[grid]="#7d848e bright-black"
    theme[plot_bg]="#ffffff bright-white"
    theme[warmup_bg]="#efefec bright-white"
    theme[bar_filled]="#0064a6 blue"
    theme[meter_bg]="#7d848e bright-black"

    # Judgements, and the scale of gravity
    theme[ok]="#19678b blue"
    theme[warn]="#896703 magenta"
    theme[bad]="#551600 red bold"
    theme[temp_start]="#19678b blue"
    theme[temp_mid]="#896703 magenta"
    theme[temp_end]="#551600 red"

    # Chains
    theme[chain1]="#304b96 bright-blue"
    theme[chain2]="#905c06 red"
    theme[chain3]="#297258 bright-black"
    theme[chain4]="#7d1f52 magenta"
    theme[chain5]="#513903 black"
    theme[chain6]="#150164 blue"
    theme[chain7]="#3c0d01 bright-red"
    theme[chain8]="#434533 bright-magenta"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#2f7fc1 blue"
    theme[corr_mid]="#eeeeea bright-white"
    theme[corr_pos]="#e07b1a yellow"

    """
}
