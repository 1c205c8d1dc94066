// Files and folders whole: read, replaced at a stroke, listed, made and removed.

import Glibc

/// Reading and writing files whole.
enum FileSystem {
  /// All bytes of a file.
  static func read(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
    let file = try FileDescriptor(opening: path, O_RDONLY, action: "read")
    let size = Int(try file.status().st_size)
    return try file.read(at: 0, count: min(max(size, 0), limit))
  }

  /// What the system says about a path, or nil when nothing is there.
  static func status(_ path: String) throws(FileError) -> stat? {
    var status = stat()
    if stat(path, &status) == 0 { return status }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw FileError("look at", path)
  }

  /// True when a folder is there.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// True when something is there.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Replaces a file as a whole: readers see the old content or the new, also after a crash.
  ///
  /// The new content is written beside the file, made durable, and renamed over it.
  static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let temporary = "\(path).\(getpid()).tmp"
    do throws(FileError) {
      let file = try FileDescriptor(
        opening: temporary, O_WRONLY | O_CREAT | O_TRUNC, action: "write")
      try write(bytes, to: file)
      try file.synchronize()
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let error = FileError("replace", path)
      unlink(temporary)
      throw error
    }
    // The rename itself is durable once the folder is.
    let folder = try FileDescriptor(
      opening: parent(of: path), O_RDONLY | O_DIRECTORY, action: "open the folder")
    try folder.synchronize()
  }

  private static func write(
    _ bytes: [UInt8], to file: borrowing FileDescriptor
  ) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { buffer in
        retrying {
          Glibc.write(file.number, buffer.baseAddress.map { $0 + done }, buffer.count - done)
        }
      }
      guard written > 0 else { throw FileError("write", file.path) }
      done += written
    }
  }

  /// Creates a folder, and those above it, with mode 0700; one that is there already is left as it is.
  static func makeFolders(_ path: String) throws(FileError) {
    if path.isEmpty || isFolder(path) { return }
    try makeFolders(parent(of: path))
    guard mkdir(path, 0o700) == 0 || (errno == EEXIST && isFolder(path)) else {
      throw FileError("create the folder", path)
    }
  }

  /// The names in a folder, sorted, without `.` and `..`.
  static func list(_ path: String) throws(FileError) -> [String] {
    guard let folder = opendir(path) else { throw FileError("read the folder", path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a file, or a folder with all that is in it; a symbolic link is removed, not what it points to.
  static func remove(_ path: String) throws(FileError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw FileError("remove", path) }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in try list(path) { try remove("\(path)/\(name)") }
      guard rmdir(path) == 0 else { throw FileError("remove", path) }
    } else {
      guard unlink(path) == 0 else { throw FileError("remove", path) }
    }
  }

  /// The folder that a path lies in.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path, whatever slashes follow it.
  static func name(of path: String) -> String {
    path.split(separator: "/").last.map { String($0) } ?? "/"
  }

  /// The path from the root; the file need not exist.
  static func absolute(_ path: String, from folder: String? = nil) -> String {
    if path.hasPrefix("/") { return path }
    guard let base = folder ?? workingFolder() else { return path }
    return base.hasSuffix("/") ? base + path : "\(base)/\(path)"
  }

  private static func workingFolder() -> String? {
    guard let pointer = getcwd(nil, 0) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
