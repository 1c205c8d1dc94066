// From what the user typed to a run that can be watched.

import Glibc
import RunFolder

/// Opens runs and starts them.
package enum RunOpening {
  /// A run by its name, its number in the list or its path; or files of draws by theirs.
  package static func open(
    _ argument: String, in catalog: RunCatalog
  ) throws(RunError) -> FolderRunControl {
    do throws(RunError) {
      return try FolderRunControl(folder: catalog.resolve(argument))
    } catch {
      guard case .noSuchRun = error, access(argument, F_OK) == 0 else { throw error }
      return try FolderRunControl(paths: [argument])
    }
  }

  /// Looks whether a data file can be read, before anything is created for it.
  package static func checkData(_ path: String) throws(RunError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .file(FileError("read", path)) }
    if status.st_mode & S_IFMT == S_IFDIR { throw .file(FileError("read", path, code: EISDIR)) }
    guard access(path, R_OK) == 0 else { throw .file(FileError("read", path)) }
  }

  /// Creates the folder of a run and starts a worker on it.
  ///
  /// - Parameter name: the folder's name; made of the data's name and the day if `nil`.
  package static func start(
    _ request: RunRequest, named name: String?, in catalog: RunCatalog
  ) throws(RunError) -> (folder: RunFolder, worker: LaunchedWorker) {
    try checkData(request.dataPath)
    // Before the folder is made, so that nothing is left behind where the program is missing.
    _ = try WorkerLauncher.locate(FitProgram.name)
    var request = request
    request.dataPath = absolute(request.dataPath)
    let folder: RunFolder
    do throws(FileError) {
      if let name {
        folder = try RunFolder.create(for: request, at: "\(catalog.root)/\(name)")
      } else {
        folder = try RunFolder.create(for: request, in: catalog.root)
      }
    } catch { throw .file(error) }
    return (folder, try FitProgram.start(on: folder))
  }

  private static func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
