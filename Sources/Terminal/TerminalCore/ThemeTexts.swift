// The texts of the built-in palettes, letter for letter those of themes/.

let standardThemeText = """
  # The palette for any terminal: the terminal's own background, and colours that can be read on black
  # and on white alike. The colours of chains follow Okabe and Ito (2008), evened out in lightness.

  # Text
  theme[main_bg]=""
  theme[main_fg]=""
  theme[title]="#107bb7 blue bold"
  theme[heading]="#757575 default bold"
  theme[hi_fg]="#107bb7 default bold"
  theme[key]="#a66600 default bold"
  theme[inactive_fg]="#757575 default"
  theme[selected_bg]=" reverse"
  theme[selected_fg]=""

  # Frames and plots
  theme[border]="#757575 default"
  theme[border_focused]="#107bb7 default bold"
  theme[div_line]="#757575 default"
  theme[graph_text]="#757575 default"
  theme[axis]="#757575 default"
  theme[grid]="#757575 default"
  theme[plot_bg]=""
  theme[warmup_bg]=""
  theme[bar_filled]="#107bb7 blue"
  theme[meter_bg]="#757575 default"

  # Judgements, and the scale of gravity
  theme[ok]="#008800 green"
  theme[warn]="#a66600 magenta"
  theme[bad]="#d44040 red bold"
  theme[temp_start]="#008800 green"
  theme[temp_mid]="#a66600 magenta"
  theme[temp_end]="#d44040 red"

  # Chains
  theme[chain1]="#107bb7 blue"
  theme[chain2]="#db7423 red"
  theme[chain3]="#008561 green"
  theme[chain4]="#c776a3 magenta"
  theme[chain5]="#bf8400 yellow"
  theme[chain6]="#4897c4 cyan"
  theme[chain7]="#8161d0 blue"
  theme[chain8]="#7d7722 default"

  # Correlations from -1 through 0 to 1
  theme[corr_neg]="#5fafff blue"
  theme[corr_mid]="#444444"
  theme[corr_pos]="#ffa040 yellow"

  """

let darkThemeText = """
  # A quiet dark palette with its own background. The colours of chains follow Okabe and Ito (2008).

  # Text
  theme[main_bg]="#16191f black"
  theme[main_fg]="#d7dae0 white"
  theme[title]="#8ec7ff cyan bold"
  theme[heading]="#aab2c0 white bold"
  theme[hi_fg]="#56b4e9 cyan bold"
  theme[key]="#e6b450 yellow bold"
  theme[inactive_fg]="#8b93a1 white"
  theme[selected_bg]="#2f4562 blue"
  theme[selected_fg]="#ffffff white"

  # Frames and plots
  theme[border]="#4b5363 white"
  theme[border_focused]="#56b4e9 cyan"
  theme[div_line]="#4b5363 white"
  theme[graph_text]="#8b93a1 white"
  theme[axis]="#8b93a1 white"
  theme[grid]="#4b5363 white"
  theme[plot_bg]="#16191f black"
  theme[warmup_bg]="#23272f black"
  theme[bar_filled]="#56b4e9 cyan"
  theme[meter_bg]="#4b5363 white"

  # Judgements, and the scale of gravity
  theme[ok]="#5fd38d green"
  theme[warn]="#e6b450 yellow"
  theme[bad]="#ff7b72 red bold"
  theme[temp_start]="#5fd38d green"
  theme[temp_mid]="#e6b450 yellow"
  theme[temp_end]="#ff7b72 red"

  # Chains
  theme[chain1]="#56b4e9 cyan"
  theme[chain2]="#e69f00 yellow"
  theme[chain3]="#00b887 green"
  theme[chain4]="#e08cba magenta"
  theme[chain5]="#f0e442 yellow"
  theme[chain6]="#4a90e2 blue"
  theme[chain7]="#ff7d33 red"
  theme[chain8]="#c0c4cc white"

  # Correlations from -1 through 0 to 1
  theme[corr_neg]="#5fafff blue"
  theme[corr_mid]="#303540 black"
  theme[corr_pos]="#ffa040 yellow"

  """

let lightThemeText = """
  # A light palette with its own background, for bright rooms. The colours of chains follow Okabe and
  # Ito (2008), darkened for a light ground.

  # Text
  theme[main_bg]="#fbfaf7 white"
  theme[main_fg]="#23272e black"
  theme[title]="#005f9e blue bold"
  theme[heading]="#4c5561 black bold"
  theme[hi_fg]="#005f9e blue bold"
  theme[key]="#8a4b00 red bold"
  theme[inactive_fg]="#646c78 black"
  theme[selected_bg]="#cfe3f5 cyan"
  theme[selected_fg]="#10243a black"

  # Frames and plots
  theme[border]="#a4abb5 black"
  theme[border_focused]="#0072b2 blue"
  theme[div_line]="#a4abb5 black"
  theme[graph_text]="#646c78 black"
  theme[axis]="#646c78 black"
  theme[grid]="#b5bbc4 black"
  theme[plot_bg]="#fbfaf7 white"
  theme[warmup_bg]="#ecebe6 white"
  theme[bar_filled]="#0072b2 blue"
  theme[meter_bg]="#a4abb5 black"

  # Judgements, and the scale of gravity
  theme[ok]="#177a3c green"
  theme[warn]="#8f5a00 magenta"
  theme[bad]="#c0262c red bold"
  theme[temp_start]="#177a3c green"
  theme[temp_mid]="#8f5a00 magenta"
  theme[temp_end]="#c0262c red"

  # Chains
  theme[chain1]="#0072b2 blue"
  theme[chain2]="#d55e00 red"
  theme[chain3]="#00805d green"
  theme[chain4]="#b0467f magenta"
  theme[chain5]="#a87400 magenta"
  theme[chain6]="#3a8fbf cyan"
  theme[chain7]="#6b4fc4 blue"
  theme[chain8]="#55595f black"

  # Correlations from -1 through 0 to 1
  theme[corr_neg]="#2f7fc1 blue"
  theme[corr_mid]="#eeeeea white"
  theme[corr_pos]="#e07b1a yellow"

  """
