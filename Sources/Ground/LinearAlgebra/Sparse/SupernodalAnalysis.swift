// The order of elimination and the supernodes of a sparse matrix, found by CHOLMOD.

import CCholmod

extension SupernodalStructure {
  /// The structure of the factor of a matrix with this pattern, columns ordered by approximate minimum degree
  /// (Amestoy, Davis & Duff 1996) and supernodes relaxed as CHOLMOD does (Chen, Davis, Hager & Rajamanickam 2008).
  ///
  /// Returns nil when the factor would have more than `limit` elements.
  init?(analysing pattern: LowerPattern, limit: Int) {
    guard pattern.rows.count < Int32.max else { return nil }
    var common = cholmod_common()
    cholmod_start(&common)
    defer { cholmod_finish(&common) }
    // What is too large is found out below; the library must not write to the screen.
    common.print = 0
    common.supernodal = Int32(CHOLMOD_SUPERNODAL)
    cholmod_use_minimum_degree(&common)
    var matrix = cholmod_allocate_sparse(
      pattern.order, pattern.order, pattern.rows.count, 1, 1, -1, Int32(CHOLMOD_PATTERN), &common)
    defer { cholmod_free_sparse(&matrix, &common) }
    guard let sparse = matrix else { return nil }
    let offsets = sparse.pointee.p.assumingMemoryBound(to: Int32.self)
    for (column, offset) in pattern.columnOffsets.enumerated() { offsets[column] = Int32(offset) }
    let rows = sparse.pointee.i.assumingMemoryBound(to: Int32.self)
    for (place, row) in pattern.rows.enumerated() { rows[place] = row }
    var factor = cholmod_analyze(sparse, &common)
    defer { cholmod_free_factor(&factor, &common) }
    guard let found = factor?.pointee, common.status == CHOLMOD_OK, found.is_super == 1,
      common.lnz <= Double(limit), found.xsize <= 2 * limit
    else { return nil }
    func numbers(_ pointer: UnsafeMutableRawPointer, _ count: Int) -> [Int32] {
      Array(UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Int32.self), count: count))
    }
    let count = found.nsuper
    self.init(
      permutation: numbers(found.Perm, pattern.order),
      firstColumns: numbers(found.`super`, count + 1).map { Int($0) },
      rowOffsets: numbers(found.pi, count + 1).map { Int($0) },
      rows: numbers(found.s, found.ssize))
  }
}
