// Theme files of the user and of the installation.

import Glibc
import RunFolder
import TerminalCore

/// Finds and reads theme files.
enum ThemeFile {
  /// All theme files: the user's own, then those that were installed, then btop's; by name in each folder.
  static func all() -> [(origin: ThemeShelf.Origin, path: String)] {
    var folders: [(ThemeShelf.Origin, String)] = []
    let config = environment("XDG_CONFIG_HOME") ?? environment("HOME").map { "\($0)/.config" }
    if let config { folders.append((.own, "\(config)/mglmm-tui/themes")) }
    if let share = SharedFiles.folder("themes") { folders.append((.installed, share)) }
    if let config { folders.append((.btop, "\(config)/btop/themes")) }
    folders += [(.btop, "/usr/local/share/btop/themes"), (.btop, "/usr/share/btop/themes")]
    return folders.flatMap { origin, folder in
      files(in: folder).map { (origin: origin, path: "\(folder)/\($0)") }
    }
  }

  /// The names of the theme files in a folder; none if there is no such folder.
  private static func files(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".theme"), name != ".theme" { names.append(name) }
    }
    return names.sorted()
  }

  /// The name of a theme by its file.
  static func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".theme") ? String(file.dropLast(6)) : file
  }

  /// The theme in a file, named after it.
  static func read(_ path: String) throws(LooksError) -> Theme {
    let text: String
    do throws(FileError) { text = try TextFile.read(path) } catch {
      throw LooksError(description: error.description)
    }
    do throws(ThemeError) { return try Theme(name: name(of: path), parsing: text) } catch {
      throw LooksError(description: "\(path):\(error)")
    }
  }
}

/// Files that come with the program.
package enum SharedFiles {
  /// A folder of these files: in `$MGLMM_SHARE`, in `../share/mglmm-tui` beside the program, or in the
  /// source tree above it.
  package static func folder(_ name: String) -> String? {
    candidates(name).first { access($0, R_OK | X_OK) == 0 }
  }

  /// Where ``folder(_:)`` looks, in this order.
  package static func candidates(_ name: String) -> [String] {
    var places: [String] = []
    if let share = environment("MGLMM_SHARE") { places.append("\(share)/\(name)") }
    guard var place = programFolder else { return places }
    places.append("\(place)/../share/mglmm-tui/\(name)")
    while let slash = place.lastIndex(of: "/"), slash != place.startIndex {
      place = String(place[..<slash])
      places.append("\(place)/\(name)")
    }
    return places
  }

  private static var programFolder: String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count)
    guard length > 0 else { return nil }
    let path = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
