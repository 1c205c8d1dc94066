// Dense symmetric work through LAPACK: the Cholesky factor, its inverse, and eigenvectors.

import COpenBLAS
import Glibc

/// LAPACK on one thread: two threads are 2 to 5 times slower on matrices of our sizes.
package enum Dense {
  /// Told to OpenBLAS once, before the first call.
  private static let isSingleThreaded: Bool = {
    openblas_set_num_threads(1)
    return true
  }()

  /// Replaces the lower triangle of the n × n matrix `a` by its Cholesky factor.
  package static func choleskyFactor(_ a: inout [Double], order n: Int) throws(NotPositiveDefinite)
  {
    guard n > 0 else { return }
    precondition(isSingleThreaded && a.count >= n * n)
    var lower = CChar(UInt8(ascii: "L"))
    var order = Int32(n)
    var leading = Int32(n)
    var info: Int32 = 0
    dpotrf_(&lower, &order, &a, &leading, &info, 1)
    if info > 0 { throw NotPositiveDefinite(index: Int(info) - 1) }
    precondition(info == 0, "dpotrf was given a bad argument \(info)")
    // LAPACK lets NaN pass on some paths; a NaN pivot is a failure too.
    for i in 0..<n where !(a[i + i * n] > 0) { throw NotPositiveDefinite(index: i) }
  }

  /// Replaces a Cholesky factor in the lower triangle by the whole symmetric inverse.
  package static func invertFactored(_ a: inout [Double], order n: Int) {
    guard n > 0 else { return }
    var lower = CChar(UInt8(ascii: "L"))
    var order = Int32(n)
    var leading = Int32(n)
    var info: Int32 = 0
    dpotri_(&lower, &order, &a, &leading, &info, 1)
    precondition(info == 0, "dpotri was given a bad argument \(info)")
    for c in 0..<n {
      for r in (c + 1)..<max(n, c + 1) { a[c + r * n] = a[r + c * n] }
    }
  }

  /// x ← A⁻¹ x from the Cholesky factor in the lower triangle of `l`.
  package static func solveFactored(_ l: [Double], order n: Int, _ x: inout [Double]) {
    guard n > 0 else { return }
    cblas_dtrsv(CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, Int32(n), l, Int32(n), &x, 1)
    cblas_dtrsv(CblasColMajor, CblasLower, CblasTrans, CblasNonUnit, Int32(n), l, Int32(n), &x, 1)
  }

  /// The eigenvalues in ascending order and the eigenvectors, column by column, of a symmetric matrix.
  ///
  /// Only the lower triangle is read. Returns nil when the matrix holds a number that is not finite.
  package static func eigenSystem(_ matrix: [Double], order n: Int) -> (
    values: [Double], vectors: [Double]
  )? {
    precondition(isSingleThreaded && matrix.count == n * n)
    guard n > 0 else { return ([], []) }
    guard matrix.allSatisfy(\.isFinite) else { return nil }
    var a = matrix
    var (jobs, range, lower) = (
      CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "A")), CChar(UInt8(ascii: "L"))
    )
    var (order, leading, leadingZ) = (Int32(n), Int32(n), Int32(n))
    var (lowValue, highValue, tolerance) = (0.0, 0.0, 0.0)
    var (lowIndex, highIndex, found, info) = (Int32(0), Int32(0), Int32(0), Int32(0))
    var values = [Double](repeating: 0, count: n)
    var vectors = [Double](repeating: 0, count: n * n)
    var support = [Int32](repeating: 0, count: 2 * n)
    var work = [Double](repeating: 0, count: max(26 * n, 64))
    var integerWork = [Int32](repeating: 0, count: max(10 * n, 64))
    var (workSize, integerWorkSize) = (Int32(work.count), Int32(integerWork.count))
    dsyevr_(
      &jobs, &range, &lower, &order, &a, &leading, &lowValue, &highValue, &lowIndex, &highIndex,
      &tolerance, &found, &values, &vectors, &leadingZ, &support, &work, &workSize, &integerWork,
      &integerWorkSize, &info, 1, 1, 1)
    return info == 0 ? (values, vectors) : nil
  }
}

extension Dense {
  /// The natural logarithm, from the C library.
  package static func logarithm(_ x: Double) -> Double { Glibc.log(x) }
}
