// Large files of draws as CmdStan writes them, made fast.

import Glibc
import Probability

/// Writes files of draws.
enum DrawFiles {
  /// Writes `chain-K.csv` for each chain into a folder; how many bytes.
  ///
  /// The draws are independent normal numbers with eight digits, as Stan writes them, taken from a pool of 60,000.
  static func write(
    parameters: Int, draws: Int, chains: Int, in folder: String
  ) throws -> Int {
    var random = RandomStream(seed: 5, stream: 1)
    // Box and Muller (1958).
    func normal() -> Double {
      (-2 * log(random.nextUniform())).squareRoot() * cos(2 * .pi * random.nextUniform())
    }
    let pool = (0..<60_000).map { _ in Array(text(normal()).utf8) }
    var total = 0
    for chain in 1...chains {
      guard let file = fopen("\(folder)/chain-\(chain).csv", "w") else {
        throw BenchError("cannot write into \(folder)")
      }
      defer { fclose(file) }
      setvbuf(file, nil, _IOFBF, 1 << 20)
      var row = Array(header(parameters, draws, chain).utf8)
      var isWhole = fwrite(row, 1, row.count, file) == row.count
      total += row.count
      for draw in 0..<draws {
        row.removeAll(keepingCapacity: true)
        row += "\(-1000 - draw % 97),0.9,0.5,3,7,\(draw % 997 == 500 ? 1 : 0),1010".utf8
        for _ in 0..<parameters {
          row.append(UInt8(ascii: ","))
          row += pool[Int(random.next() % 60_000)]
        }
        row.append(0x0A)
        isWhole = isWhole && fwrite(row, 1, row.count, file) == row.count
        total += row.count
      }
      let ending =
        "# \n#  Elapsed Time: 1 seconds (Warm-up)\n#                2 seconds (Sampling)\n"
      isWhole = isWhole && fwrite(Array(ending.utf8), 1, ending.utf8.count, file) > 0
      guard isWhole else { throw BenchError("cannot write into \(folder)") }
    }
    return total
  }

  private static func header(_ parameters: Int, _ draws: Int, _ chain: Int) -> String {
    // Half of the parameters are effects of levels, as in a mixed model.
    let names = (1...parameters).map { index in
      index <= parameters / 2 ? "b_y_x\(index)" : "r_g__y.\(index - parameters / 2).1"
    }
    return """
      # num_samples = \(draws)
      # num_warmup = 1000
      # save_warmup = 0
      # id = \(chain)
      lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,\
      \(names.joined(separator: ","))
      # Adaptation terminated
      # Step size = 0.5

      """
  }

  private static func text(_ value: Double) -> String {
    NumberText.fixed(value, decimals: 7)
  }
}
