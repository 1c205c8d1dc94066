// The checkpoint of a chain, read back: whole, or refused with what to do about it.

import Glibc
import RunFolder
import Sampling

/// Reads the checkpoints of a run.
enum ChainCheckpoint {
  /// The state of a chain and what it has cost; nil where the chain has no checkpoint yet.
  ///
  /// Checkpoints are replaced as a whole and end with a checksum, so one that cannot be read was damaged from outside.
  static func read(
    _ number: Int, in folder: RunFolder
  ) throws(FittingError) -> (state: ChainState, effort: ChainEffort)? {
    do {
      guard let bytes = try folder.checkpoint(number) else { return nil }
      let (state, effort) = ChainEffort.split(checkpoint: bytes)
      return (try ChainState(bytes: state), effort)
    } catch let error as ChainStateError {
      let path = folder.checkpointPath(number)
      let what =
        error == .damaged ? "the checkpoint is damaged" : "this is no checkpoint of this version"
      throw FittingError(
        "\(path): \(what); remove it and \(folder.chainPath(number)) to draw this chain anew",
        exitCode: 65)
    } catch {
      throw FittingError(error)
    }
  }
}

/// How often the state of a chain is made safe.
enum CheckpointInterval {
  /// Two seconds, or what the environment says in `MGLMM_CHECKPOINT_SECONDS`.
  static let seconds: Double = {
    guard let text = getenv("MGLMM_CHECKPOINT_SECONDS"), let value = Double(String(cString: text)),
      value >= 0
    else { return 2 }
    return value
  }()
}
