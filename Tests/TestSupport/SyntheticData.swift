// Tables of made-up data with every kind of column that a model can use, from a fixed seed.

import Glibc
import Probability
import Tables

/// A table with grouping factors in no order, covariates, and responses of every family.
package enum SyntheticData {
  /// A table with these columns.
  ///
  /// - `g` (9 levels, rows in no order), `h` (5 levels, crossed), `k` (3 levels), `s` (2 levels, for `g/s`), `row` (one
  ///   level for each row);
  /// - `x`, `z`, `w` standard normal, `o` an offset, `n` trials from 1 to 9;
  /// - `y`, `v` measurements, `c` overdispersed counts, `d` positive measurements, `p` 0 or 1, `m` successes in `n`;
  ///   (the effects of the groups on counts and successes are correlated with those on `y`, not equal to them);
  /// - `ym` is `y` missing in every seventh row and in the whole level `g1`; `pm` is `p` missing in every fifth row;
  /// - `few` is `y` in `observed` rows spread over the table.
  package static func table(
    rows n: Int = 90, observed: Int = 1, seed: UInt64 = 1, levels: Int = 9
  ) -> Table {
    var stream = RandomStream(seed: seed, stream: 17)
    var columns: [(name: String, column: Column)] = []
    var shift = [Double](repeating: 0.4, count: n)
    var other = shift
    var leading: [Int] = []
    for (name, count) in [("g", levels), ("h", 5), ("k", 3), ("s", 2)] {
      // Every level occurs; beyond that the levels are in no order.
      let drawn = (0..<n).map { $0 < count ? count - 1 - $0 : stream.nextInt(below: count) }
      let effects = (0..<count).map { _ in 0.6 * stream.nextNormal() }
      let others = (0..<count).map { _ in 0.6 * stream.nextNormal() }
      for row in 0..<n where name != "s" {
        shift[row] += effects[drawn[row]]
        other[row] += 0.5 * effects[drawn[row]] + others[drawn[row]]
      }
      if name == "g" { leading = drawn }
      columns.append((name, factor(drawn, prefix: name, count: count)))
    }
    columns.append(("row", factor(Array(0..<n), prefix: "r", count: n)))
    var rows: [SyntheticRow] = []
    for row in 0..<n {
      rows.append(
        SyntheticRow(
          shifts: (shift[row], other[row]),
          isMissing: (row % 7 == 3 || leading[row] == 1, row % 5 == 2),
          isChosen: (row + 1) * observed / n > row * observed / n, &stream))
    }
    for (place, name) in SyntheticRow.names.enumerated() {
      columns.append((name, .numeric(rows.map { $0.values[place] })))
    }
    return Table(rowCount: n, columns: columns)
  }

  /// A factor with levels `prefix0`, `prefix1`, ...
  package static func factor(_ codes: [Int], prefix: String, count: Int) -> Column {
    .factor(Factor(levels: (0..<count).map { "\(prefix)\($0)" }, codes: codes.map { Int32($0) }))
  }
}

/// The numbers of one row.
private struct SyntheticRow {
  static let names = ["x", "z", "w", "o", "n", "y", "v", "c", "d", "p", "m", "ym", "pm", "few"]
  let values: [Double]

  init(
    shifts: (Double, Double), isMissing: (y: Bool, p: Bool), isChosen: Bool,
    _ stream: inout RandomStream
  ) {
    let (x, z, w) = (stream.nextNormal(), stream.nextNormal(), stream.nextNormal())
    let eta = shifts.0 + 0.5 * x - 0.3 * z
    let other = shifts.1 + 0.5 * x - 0.3 * z
    let offset = 0.3 * stream.nextNormal()
    let trials = Double(1 + stream.nextInt(below: 9))
    let probability = 1 / (1 + exp(-other))
    let y = eta + (0.8 + 0.1 * z) * stream.nextNormal()
    let v = 1 - 0.7 * eta + 0.5 * stream.nextNormal()
    let c = stream.nextNegativeBinomial(mean: exp(other), shape: 3)
    let d = exp(0.3 * eta + 0.2 * stream.nextNormal())
    let p: Double = stream.nextUniform() < probability ? 1 : 0
    let m = stream.nextBinomial(trials: trials, probability: probability)
    let missing = Double.nan
    values = [
      x, z, w, offset, trials, y, v, c, d, p, m, isMissing.y ? missing : y,
      isMissing.p ? missing : p, isChosen ? y : missing,
    ]
  }
}
