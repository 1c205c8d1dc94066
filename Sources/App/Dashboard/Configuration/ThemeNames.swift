// The names of all themes that can be chosen, for the completion of command lines.

import Glibc
import TerminalCore

extension Looks {
  /// The built-in themes, and the files that are found by their name.
  package static var themeNames: [String] {
    var names = Theme.builtIn.map(\.name)
    var folders: [String] = []
    if let config = environment("XDG_CONFIG_HOME") ?? environment("HOME").map({ "\($0)/.config" }) {
      folders += ["\(config)/mglmm-tui/themes", "\(config)/btop/themes"]
    }
    if let share = SharedFiles.folder("themes") { folders.append(share) }
    for folder in folders {
      guard let stream = opendir(folder) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
          tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name.hasSuffix(".theme") else { continue }
        let stem = String(name.dropLast(6))
        if !names.contains(stem) { names.append(stem) }
      }
    }
    return names
  }
}
