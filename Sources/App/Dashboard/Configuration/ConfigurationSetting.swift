// The table of settings: reading, writing and explaining config.toml all go by it.

import Diagnostics
import Panes
import TerminalCore

/// A value of TOML, as far as settings have any use for it.
enum ConfigurationValue: Equatable {
  case text(String)
  case number(Double)
  case whole(Int)
  case flag(Bool)
  case list([String])
  /// A date, a table, or a list of something else than texts.
  case other

  /// A number, whole or not.
  var asNumber: Double? {
    switch self {
    case .number(let number) where number.isFinite: number
    case .whole(let number): Double(number)
    default: nil
    }
  }
}

/// The parts of config.toml.
package enum ConfigurationSection: String, CaseIterable, Sendable {
  /// What stands above the first heading.
  case general = ""
  case thresholds
  case keys

  /// What the commented file says about the part.
  var comment: [String] {
    switch self {
    case .general: []
    case .thresholds:
      [
        "The limits of the dashboard's own verdicts, which it reaches while draws come in. The",
        "verdicts that the worker writes into a run at its end keep the recommended limits.",
      ]
    case .keys:
      [
        "Keys by the name of what they do: one key, or a list of keys, or \"none\". A key is written",
        "as x, X, ctrl-x, alt-x, f1, space, enter, tab, shift-tab, backspace, del, ins, up, down,",
        "left, right, shift-up, shift-down, shift-left, shift-right, pgup, pgdn, home or end. A key",
        "that does something else already must be freed there. Esc and Ctrl-C cannot be given away.",
      ]
    }
  }
}

/// One setting.
struct ConfigurationSetting: Sendable {
  let section: ConfigurationSection
  let name: String
  /// What it is for, in lines of the commented file.
  let comment: [String]
  /// The value in force, as TOML has it.
  let text: @Sendable (Configuration) -> String
  /// Takes a value over; what is wrong with it and the mend, if it cannot be used.
  let take: @Sendable (ConfigurationValue, inout Configuration) -> String?

  /// Where errors find it in the text: `thresholds.rhat`.
  var path: String { section == .general ? name : "\(section.rawValue).\(name)" }

  /// All settings but the keys, in the order of the commented file.
  static let all: [ConfigurationSetting] = general + limits

  private static let general: [ConfigurationSetting] = [
    ConfigurationSetting(
      section: .general, name: "theme",
      comment: [
        "The theme: a name (see T in the dashboard), or the path of a *.theme file; btop's serve too."
      ],
      text: { quoted($0.theme ?? Theme.builtIn[0].name) },
      take: { value, configuration in
        guard case .text(let name) = value else { return "is not text in quotes" }
        // The home folder as shells write it.
        let home = name.hasPrefix("~/") ? environment("HOME") : nil
        let theme = home.map { $0 + name.dropFirst() } ?? name
        do throws(LooksError) { _ = try Looks(theme: theme) } catch {
          return "cannot be used: \(error)"
        }
        configuration.theme = theme
        return nil
      }),
    choice(
      "charset", ["The glyphs to draw with: what the terminal can show (auto), or one of a kind."],
      among: Charset.allCases.map(\.rawValue), \.charset?.rawValue
    ) { $1.charset = $0.flatMap { Charset(rawValue: $0) } },
    choice(
      "color",
      ["The colours: what the terminal can show (auto), or fewer. NO_COLOR and --mono win."],
      among: ["none", "8", "16", "256", "true"], \.color
    ) { $1.color = $0 },
    ConfigurationSetting(
      section: .general, name: "mouse",
      comment: ["Whether the mouse is the dashboard's; text is then selected with Shift held."],
      text: { String($0.usesMouse) },
      take: { value, configuration in
        guard case .flag(let flag) = value else { return "is not true or false" }
        configuration.usesMouse = flag
        return nil
      }),
    ConfigurationSetting(
      section: .general, name: "refresh",
      comment: ["Seconds between two readings of a run, from 0.1 to 60; more suits a slow line."],
      text: { Format.compact($0.refresh, digits: 6) },
      take: { value, configuration in
        guard let seconds = value.asNumber, (0.1...60).contains(seconds) else {
          return "is not a number of seconds from 0.1 to 60"
        }
        configuration.refresh = seconds
        return nil
      }),
    choice(
      "pane", ["The pane that the dashboard opens on."], among: PaneKind.allCases.map(\.rawValue),
      hasAutomatic: false, \.pane.rawValue
    ) { if let kind = $0.flatMap({ PaneKind(rawValue: $0) }) { $1.pane = kind } },
  ]

  private static let limits: [ConfigurationSetting] = [
    limit(
      "rhat", ["R-hat above which a parameter is suspect (Vehtari and others 2021)."],
      \.rHat, "a number above 1"
    ) { $0 > 1 },
    limit(
      "rhat-failed", ["R-hat above which the chains plainly disagree."],
      \.rHatFailed, "a number above 1"
    ) { $0 > 1 },
    limit(
      "ess-per-chain",
      ["Effective draws that each chain should give in bulk and tail (Vehtari and others 2021)."],
      \.effectiveDrawsPerChain, "a number above 0"
    ) { $0 > 0 },
    limit(
      "ess-per-chain-failed",
      ["Effective draws of each chain below which not even the diagnostics can be trusted."],
      \.effectiveDrawsPerChainFailed, "a number of at least 0"
    ) { $0 >= 0 },
    ConfigurationSetting(
      section: .thresholds, name: "divergences",
      comment: ["Divergent transitions that are borne without a warning (Stan: none)."],
      text: { String($0.thresholds.divergences) },
      take: { value, configuration in
        guard case .whole(let count) = value, count >= 0 else {
          return "is not a whole number of at least 0"
        }
        configuration.thresholds.divergences = count
        return nil
      }),
    limit(
      "divergent-share-failed",
      ["The share of divergent transitions above which a fit has failed."],
      \.divergentShareFailed, "a number from 0 to 1"
    ) { (0...1).contains($0) },
    limit(
      "ebfmi", ["E-BFMI below which a chain explores energies badly (CmdStan)."],
      \.energyFraction, "a number from 0 to 1"
    ) { (0...1).contains($0) },
    limit(
      "ebfmi-failed", ["E-BFMI below which a chain has failed (rstan)."],
      \.energyFractionFailed, "a number from 0 to 1"
    ) { (0...1).contains($0) },
  ]

  /// The pairs of limits of which the first may not be graver than the second, and why not.
  static let orders: [(first: String, second: String, isKept: @Sendable (Configuration) -> Bool)] =
    [
      ("rhat", "rhat-failed", { $0.thresholds.rHat <= $0.thresholds.rHatFailed }),
      (
        "ess-per-chain-failed", "ess-per-chain",
        { $0.thresholds.effectiveDrawsPerChainFailed <= $0.thresholds.effectiveDrawsPerChain }
      ),
      (
        "ebfmi-failed", "ebfmi",
        { $0.thresholds.energyFractionFailed <= $0.thresholds.energyFraction }
      ),
    ]

  private static func choice(
    _ name: String, _ comment: [String], among choices: [String], hasAutomatic: Bool = true,
    _ value: @escaping @Sendable (Configuration) -> String?,
    set: @escaping @Sendable (String?, inout Configuration) -> Void
  ) -> ConfigurationSetting {
    let known = (hasAutomatic ? ["auto"] : []) + choices
    return ConfigurationSetting(
      section: .general, name: name,
      comment: comment + ["One of: \(known.joined(separator: ", "))."],
      text: { quoted(value($0) ?? "auto") },
      take: { given, configuration in
        guard case .text(let text) = given, known.contains(text) else {
          return "is not one of " + known.map(quoted).joined(separator: ", ")
        }
        set(text == "auto" ? nil : text, &configuration)
        return nil
      })
  }

  private static func limit(
    _ name: String, _ comment: [String],
    _ place: any WritableKeyPath<ConvergenceThresholds, Double> & Sendable, _ wanted: String,
    where isRight: @escaping @Sendable (Double) -> Bool
  ) -> ConfigurationSetting {
    ConfigurationSetting(
      section: .thresholds, name: name, comment: comment,
      text: { Format.compact($0.thresholds[keyPath: place], digits: 6) },
      take: { value, configuration in
        guard let number = value.asNumber, isRight(number) else { return "is not \(wanted)" }
        configuration.thresholds[keyPath: place] = number
        return nil
      })
  }
}

/// A text as TOML writes it.
func quoted(_ text: String) -> String {
  var out = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": out += "\\\""
    case "\\": out += "\\\\"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out + "\""
}
