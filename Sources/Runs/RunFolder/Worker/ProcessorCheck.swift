// Whether this processor has the instructions that the programs are built with.

import Glibc

/// The check at the start of both programs: they are built for x86-64-v3, and on an older processor the first vector
/// instruction would end them without a word.
package enum ProcessorCheck {
  /// What to tell the user of a processor that cannot run the programs; nil when it can.
  package static func complaint() -> String? {
    #if arch(x86_64)
      guard let facts = open("/proc/cpuinfo") else { return nil }
      let missing = missingFeatures(in: facts)
      guard !missing.isEmpty else { return nil }
      return "this processor lacks \(missing.joined(separator: ", ")); the programs are built for "
        + "x86-64-v3 (2013 and later): build them without -march=x86-64-v3 in Package.swift"
    #else
      return nil
    #endif
  }

  /// The needed features that the text of /proc/cpuinfo does not name.
  static func missingFeatures(in facts: String) -> [String] {
    guard let line = facts.split(separator: "\n").first(where: { $0.hasPrefix("flags") }) else {
      return []  // a kernel that does not say; better to try than to refuse
    }
    let flags = Set(line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init))
    return ["avx2", "fma", "bmi2"].filter { !flags.contains($0) }
  }

  /// The first kilobytes of a file; nil when it cannot be read.
  private static func open(_ path: String) -> String? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
  }
}
