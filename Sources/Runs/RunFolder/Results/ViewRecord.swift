// What a dashboard showed of a run when it was left, so that it comes back as it was.

import Glibc

/// What a dashboard showed of a run: `view.json`, schema `mglmm-view/1`.
package struct ViewRecord: Sendable, Equatable {
  /// The pane in front.
  package var pane: String
  /// The other pane, where two were shown.
  package var other: String?
  package var parameter: String?
  package var filter: String
  package var pinned: [String]
  /// The chain in front.
  package var chain: Int?
  package var includesWarmup: Bool
  /// What each pane wants to know again, by the pane's name.
  package var panes: [String: [String: String]]

  package init(
    pane: String, other: String? = nil, parameter: String? = nil, filter: String = "",
    pinned: [String] = [], chain: Int? = nil, includesWarmup: Bool = false,
    panes: [String: [String: String]] = [:]
  ) {
    self.pane = pane
    self.other = other
    self.parameter = parameter
    self.filter = filter
    self.pinned = pinned
    self.chain = chain
    self.includesWarmup = includesWarmup
    self.panes = panes
  }
}

extension ViewRecord: JSONConvertible {
  /// The record as `view.json` holds it.
  package var json: JSONValue {
    .object([
      JSONMember("schema", .string(Schema.view)), JSONMember("pane", .string(pane)),
      JSONMember("other", other.map { .string($0) } ?? .null),
      JSONMember("parameter", parameter.map { .string($0) } ?? .null),
      JSONMember("filter", .string(filter)),
      JSONMember("pinned", .array(pinned.map { .string($0) })),
      JSONMember("chain", chain.map { .integer($0) } ?? .null),
      JSONMember("warmup", .bool(includesWarmup)),
      JSONMember(
        "panes",
        .object(
          panes.sorted { $0.key < $1.key }.map { pane in
            JSONMember(
              pane.key,
              .object(
                pane.value.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }
              ))
          })),
    ])
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the view")
    try Schema.check(fields, is: Schema.view)
    self.init(pane: try fields.string("pane"))
    if fields.optional("other") != nil { other = try fields.string("other") }
    if fields.optional("parameter") != nil { parameter = try fields.string("parameter") }
    filter = try fields.string("filter")
    pinned = try fields.strings("pinned")
    if fields.optional("chain") != nil { chain = try fields.integer("chain") }
    includesWarmup = try fields.bool("warmup")
    guard case .object(let members)? = fields.optional("panes") else { return }
    for member in members {
      guard case .object(let values) = member.value else { continue }
      for value in values {
        guard case .string(let text) = value.value else { continue }
        panes[cleanText(member.key), default: [:]][cleanText(value.key)] = cleanText(text)
      }
    }
  }
}

/// Where the view of a run is kept.
package struct ViewFile: Sendable {
  /// The file.
  package let path: String
  private let isOwn: Bool

  /// The file of a run's view: in the folder of a run of ours; among the program's own files for draws
  /// of another program, whose folders are left as they are.
  ///
  /// - Parameter root: the folder of all runs; the other views stand beside it.
  package init(runPath: String, isOwn: Bool, root: String = RunFolder.defaultRoot()) {
    // A folder that takes no files, as that of a demo that was installed, is left as it is too.
    let isOwn = isOwn && (access(runPath, W_OK) == 0 || access(runPath, F_OK) != 0)
    self.isOwn = isOwn
    let absolute = FileSystem.absolute(runPath)
    if isOwn {
      path = "\(absolute)/view.json"
    } else {
      // FNV-1a of the path: the same for the same draws, and a plain name.
      let hash = absolute.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01b3
      }
      path = "\(FileSystem.parent(of: root))/views/\(String(hash, radix: 16)).json"
    }
  }

  /// The view as it was left; nil if none was kept, or one that is not understood any more.
  package func read() -> ViewRecord? {
    guard FileSystem.exists(path), let bytes = try? FileSystem.read(path, limit: 1 << 20) else {
      return nil
    }
    // A view that cannot be read is worth no error: the dashboard then opens as for a new run.
    return try? ViewRecord(json: JSONValue(parsing: bytes))
  }

  /// Keeps a view; not that of a run whose folder has been removed.
  package func write(_ record: ViewRecord) throws(FileError) {
    let folder = FileSystem.parent(of: path)
    if isOwn && !FileSystem.isFolder(folder) { return }
    try FileSystem.makeFolders(folder)
    try FileSystem.replace(path, with: Array(record.json.prettyText.utf8))
  }
}
