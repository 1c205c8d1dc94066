// TEMPORARY gallery.

import Foundation
import Panes
import SampleRuns
import Testing

@Suite struct Gallery {
  @Test func write() throws {
    var text = ""
    for (columns, rows) in [(80, 21), (120, 37), (40, 9), (200, 57)] {
      for (name, run) in SampleRun.named {
        for kind in PaneKind.allCases {
          text +=
            "=== \(kind) \(name) \(columns)x\(rows)\n" + drawing(kind, of: run, columns, rows)
            + "\n"
        }
      }
    }
    try text.write(
      toFile: ProcessInfo.processInfo.environment["GALLERY"] ?? "/dev/null", atomically: true,
      encoding: .utf8)
  }
}
