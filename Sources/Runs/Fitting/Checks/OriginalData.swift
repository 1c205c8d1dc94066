// The data file that a run was started with, as long as it is the same.

import RunFolder
import Tables

extension FinishedRun {
  /// The file that the run was started with, with all its columns; nil where it has gone or has changed since.
  package func originalTable() -> Table? {
    guard let hash = try? SHA256.hexadecimal(ofFile: request.dataPath),
      hash == request.dataSHA256,
      let levels = try? PreparedModel.levels(request.levels)
    else { return nil }
    return try? DelimitedFile.read(
      path: request.dataPath,
      options: DelimitedFile.Options(factors: Set(request.factors), levels: levels))
  }
}
