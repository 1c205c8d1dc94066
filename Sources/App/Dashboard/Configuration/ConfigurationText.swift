// The commented config.toml, made from the same tables that it is read by.

import TerminalCore

/// Writes settings as config.toml has them.
package enum ConfigurationText {
  /// A file in which every setting stands with its comment and its usual value, commented out.
  package static func commented() -> String {
    var lines = [
      "# The settings of mglmm-tui. What is commented out is the default: take the # away and change",
      "# the value. Options of the command line win over this file; mglmm-tui config --check reads it.",
      "# Written by mglmm-tui config --write.",
    ]
    let usual = Configuration()
    for section in ConfigurationSection.allCases {
      lines.append("")
      // A heading without entries is nothing, so it need not be commented out.
      if section != .general { lines += ["", "[\(section.rawValue)]"] }
      lines += section.comment.map { "# \($0)" }
      if section == .keys {
        for group in KeyGroup.allCases {
          lines += ["", "# \(group.rawValue)"]
          for binding in usual.keys where binding.group == group {
            lines += ["# \(binding.help)", "#\(binding.name) = \(keys(of: binding))"]
          }
        }
        continue
      }
      for setting in ConfigurationSetting.all where setting.section == section {
        lines.append("")
        lines += setting.comment.map { "# \($0)" }
        lines.append("#\(setting.name) = \(setting.text(usual))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The settings in force without comments; another file of the same meaning.
  package static func plain(_ configuration: Configuration) -> String {
    var lines: [String] = []
    for section in ConfigurationSection.allCases {
      if section != .general { lines += ["", "[\(section.rawValue)]"] }
      if section == .keys {
        lines += configuration.keys.map { "\($0.name) = \(keys(of: $0))" }
      } else {
        lines += ConfigurationSetting.all.filter { $0.section == section }
          .map { "\($0.name) = \($0.text(configuration))" }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func keys(of binding: KeyBinding) -> String {
    let names = binding.keys.map { quoted($0.name) }
    switch names.count {
    case 0: return "\"none\""
    case 1: return names[0]
    default: return "[\(names.joined(separator: ", "))]"
    }
  }
}
