// What the setup may do in the world: list, read, check, open; the real world and its door for tests.

import RunFolder

/// All that the screens of the setup need of the world.
package protocol SetupWorld: AnyObject {
  /// The runs there are.
  func listRuns() -> any Pending<ListedRuns>
  /// The data files here.
  func listFiles() -> any Pending<ListedFiles>
  /// Looks at a data file; some numeric columns may be factors.
  func read(_ path: String, factors: [String]) -> any Pending<Result<DataProfile, DataFault>>
  /// Checks models of data.
  var checker: any ModelChecker { get }
  /// Removes a run with its draws.
  func remove(_ folder: RunFolder) throws(RunError)
  /// Asks the worker of a run to stop.
  func stop(_ folder: RunFolder) throws(RunError)
  /// Opens what was chosen; what is to be watched is ready then.
  func open(_ choice: SetupChoice) throws(RunError)
}

/// The folders and programs of this machine.
package final class FolderSetupWorld: SetupWorld {
  /// Where runs are.
  package let catalog: RunCatalog
  /// The name for the folder of a run that is started, if the user gave one.
  private let name: String?
  package let checker: any ModelChecker = ProcessModelChecker()
  /// The run that was opened.
  package private(set) var control: FolderRunControl?
  /// Whether it was started here.
  package private(set) var isNewRun = false

  /// The runs of a place, and the working folder.
  package init(catalog: RunCatalog, name: String? = nil) {
    self.catalog = catalog
    self.name = name
  }

  package func listRuns() -> any Pending<ListedRuns> {
    let catalog = catalog
    return Background { ListedRuns.read(catalog) }
  }

  package func listFiles() -> any Pending<ListedFiles> { Background { ListedFiles.read() } }

  package func read(
    _ path: String, factors: [String]
  ) -> any Pending<Result<DataProfile, DataFault>> {
    Background {
      do throws(DataFault) {
        return .success(try DataProfile.read(path, factors: factors))
      } catch { return .failure(error) }
    }
  }

  package func remove(_ folder: RunFolder) throws(RunError) { try catalog.remove(folder) }

  package func stop(_ folder: RunFolder) throws(RunError) {
    do throws(FileError) { try folder.send(.stop) } catch { throw .file(error) }
  }

  package func open(_ choice: SetupChoice) throws(RunError) {
    switch choice {
    case .run(let folder):
      control = FolderRunControl(folder: folder)
      isNewRun = false
    case .draws(let paths):
      control = try FolderRunControl(paths: paths)
      isNewRun = false
    case .demo(let name):
      guard let demo = DemoRun.all.first(where: { $0.name == name }) else {
        preconditionFailure("the list of demonstrations has no \(name)")
      }
      try start(try demo.request(), named: nil)
    case .start(let request): try start(request, named: name)
    }
  }

  private func start(_ request: RunRequest, named name: String?) throws(RunError) {
    let (folder, worker) = try RunOpening.start(request, named: name, in: catalog)
    control = FolderRunControl(folder: folder, worker: worker)
    isNewRun = true
  }
}
