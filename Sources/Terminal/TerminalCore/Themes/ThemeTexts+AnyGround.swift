// The palettes that leave the background to the terminal, letter for letter those of themes/.

extension ThemeTexts {
  static let standard = """
    # The palette for any terminal: the terminal's own background, and colours that can be read on black
    # and on white alike. There is little room between the two, so chains differ by hue alone.

    # Text
    theme[main_bg]=""
    theme[main_fg]=""
    theme[title]="#107bb7 default bold"
    theme[heading]="#767676 default bold"
    theme[hi_fg]="#107bb7 default bold"
    theme[key]="#a66600 default bold"
    theme[inactive_fg]="#767676 default"
    theme[selected_bg]=" reverse"
    theme[selected_fg]=""

    # Frames and plots
    theme[border]="#767676 default"
    theme[border_focused]="#107bb7 default bold"
    theme[div_line]="#767676 default"
    theme[graph_text]="#767676 default"
    theme[axis]="#767676 default"
    theme[grid]="#767676 default"
    theme[plot_bg]=""
    theme[warmup_bg]=""
    theme[bar_filled]="#107bb7 bright-blue"
    theme[meter_bg]="#767676 default"

    # Judgements, and the scale of gravity
    theme[ok]="#048804 default"
    theme[warn]="#a66600 magenta"
    theme[bad]="#da315a red bold"
    theme[temp_start]="#048804 default"
    theme[temp_mid]="#a66600 magenta"
    theme[temp_end]="#da315a red"

    # Chains
    theme[chain1]="#0d7ea3 bright-blue"
    theme[chain2]="#b16004 red"
    theme[chain3]="#00875f magenta"
    theme[chain4]="#cf02cf default"
    theme[chain5]="#5b8008 bright-red"
    theme[chain6]="#6667df green"
    theme[chain7]="#af5f5f bright-magenta"
    theme[chain8]="#906890 cyan"

    # Correlations from -1 through 0 to 1
    theme[corr_neg]="#5fafff blue"
    theme[corr_mid]="#444444"
    theme[corr_pos]="#ffa040 yellow"

    """

  static let monochrome = """
    # No hues, for any terminal: the terminal's own colours, with bold, underline and reverse. Chains are
    # told apart by their names and by bringing one to the front.

    # Text
    theme[main_bg]=""
    theme[main_fg]=""
    theme[title]=" bold"
    theme[heading]=" bold"
    theme[hi_fg]=" bold"
    theme[key]=" bold"
    theme[inactive_fg]="#767676 default"
    theme[selected_bg]=" reverse"
    theme[selected_fg]=""

    # Frames and plots
    theme[border]="#767676 default"
    theme[border_focused]=" bold"
    theme[div_line]="#767676 default"
    theme[graph_text]="#767676 default"
    theme[axis]="#767676 default"
    theme[grid]="#767676 default"
    theme[plot_bg]=""
    theme[warmup_bg]=""
    theme[bar_filled]=""
    theme[meter_bg]="#767676 default"

    # Judgements, and the scale of gravity
    theme[ok]=""
    theme[warn]=" bold"
    theme[bad]=" bold underline"
    theme[temp_start]=""
    theme[temp_mid]=" bold"
    theme[temp_end]=" bold underline"

    # Chains
    theme[chain1]=""
    theme[chain2]=""
    theme[chain3]=""
    theme[chain4]=""
    theme[chain5]=""
    theme[chain6]=""
    theme[chain7]=""
    theme[chain8]=""

    # Correlations from -1 (dark) through 0 to 1 (light)
    theme[corr_neg]="#1c1c1c black"
    theme[corr_mid]="#767676 bright-black"
    theme[corr_pos]="#eeeeee white"

    """
}
