// The view of a run as it is kept between two dashboards.

import Glibc
import Testing

@testable import RunFolder

@Suite("The view of a run is kept and read back")
struct ViewRecordTests {
  private let record = ViewRecord(
    pane: "trace", other: "estimates", parameter: "b_SES", filter: "^b_\"x",
    pinned: ["b_SES", "é"],
    chain: 3, includesWarmup: true, panes: ["trace": ["view": "2"], "sampler": ["view": "1"]])

  @Test("JSON holds all of it; what is missing stays missing")
  func json() throws {
    #expect(try ViewRecord(json: record.json) == record)
    let small = ViewRecord(pane: "overview")
    #expect(try ViewRecord(json: small.json) == small)
    #expect(throws: JSONError.self) { try ViewRecord(json: .object([])) }
  }

  @Test(
    "own runs keep it in their folder, draws of others beside the runs; a folder that is gone stays so"
  )
  func file() throws {
    let root = "/tmp/view-record-\(getpid())"
    try FileSystem.makeFolders("\(root)/runs/one")
    defer { try? FileSystem.remove(root) }
    let own = ViewFile(runPath: "\(root)/runs/one", isOwn: true, root: "\(root)/runs")
    #expect(own.path == "\(root)/runs/one/view.json" && own.read() == nil)
    try own.write(record)
    #expect(own.read() == record)
    let foreign = ViewFile(runPath: "\(root)/stan", isOwn: false, root: "\(root)/runs")
    #expect(foreign.path.hasPrefix("\(root)/views/"))
    try foreign.write(record)
    #expect(foreign.read() == record)
    let gone = ViewFile(runPath: "\(root)/runs/gone", isOwn: true, root: "\(root)/runs")
    try gone.write(record)
    #expect(!FileSystem.exists("\(root)/runs/gone"))
    try FileSystem.replace(own.path, with: Array("nonsense".utf8))
    #expect(own.read() == nil)
  }
}
