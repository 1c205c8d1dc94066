// The work on large supernodes through BLAS and LAPACK, whose leading dimension lets them see a part of the values.

import COpenBLAS

/// Dense operations on one trapezoid of a supernodal factor.
enum TrapezoidKernels {
  /// Replaces the own columns by their Cholesky factor and the rows below by L_R = A_R L_D⁻ᵀ.
  ///
  /// Returns nil, or the first column that fails.
  static func failingColumn(factoring values: inout [Double], _ trapezoid: Trapezoid) -> Int? {
    let (width, height) = (trapezoid.width, trapezoid.height)
    var info = 0 as Int32
    values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let top = base + trapezoid.start
      var lower = CChar(UInt8(ascii: "L"))
      var (order, leading) = (Int32(width), Int32(height))
      dpotrf_(&lower, &order, top, &leading, &info, 1)
      guard info == 0 && trapezoid.tail > 0 else { return }
      cblas_dtrsm(
        CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, Int32(trapezoid.tail),
        order, 1, top, leading, top + width, leading)
    }
    if info > 0 { return Int(info) - 1 }
    precondition(info == 0, "dpotrf was given a bad argument \(info)")
    // LAPACK lets NaN pass on some paths; a NaN pivot is a failure too.
    return (0..<width).first { !(values[trapezoid.start + $0 * (height + 1)] > 0) }
  }

  /// The lower triangle of L_R L_R', a square column by column.
  static func multiplyTail(
    _ values: [Double], _ trapezoid: Trapezoid, into update: inout [Double]
  ) {
    let tail = Int32(trapezoid.tail)
    values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      cblas_dsyrk(
        CblasColMajor, CblasLower, CblasNoTrans, tail, Int32(trapezoid.width), 1,
        base + trapezoid.start + trapezoid.width, Int32(trapezoid.height), 0, &update, tail)
    }
  }

  /// Writes Y = L_R L_D⁻¹ of the rows below, tail × width.
  static func solveTail(_ values: [Double], _ trapezoid: Trapezoid, into y: inout [Double]) {
    let (width, height, tail) = (trapezoid.width, trapezoid.height, trapezoid.tail)
    guard tail > 0 else { return }
    for c in 0..<width {
      for i in 0..<tail { y[c * tail + i] = values[trapezoid.start + c * height + width + i] }
    }
    values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      cblas_dtrsm(
        CblasColMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, Int32(tail),
        Int32(width), 1, base + trapezoid.start, Int32(height), &y, Int32(tail))
    }
  }

  /// The inverse's share in one trapezoid, from the lower triangle of Σ_RR, Y and the factor of the own columns:
  /// Z_R = −Σ_RR Y and Z_D = (L_D L_D')⁻¹ − Y' Z_R, both triangles.
  static func invert(
    _ values: [Double], _ trapezoid: Trapezoid, _ sigma: [Double], _ y: [Double],
    into inverse: inout [Double]
  ) {
    let (width, height, tail) = (trapezoid.width, trapezoid.height, trapezoid.tail)
    for place in trapezoid.range { inverse[place] = values[place] }
    inverse.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let top = base + trapezoid.start
      var lower = CChar(UInt8(ascii: "L"))
      var (order, leading, info) = (Int32(width), Int32(height), Int32(0))
      dpotri_(&lower, &order, top, &leading, &info, 1)
      precondition(info == 0, "dpotri was given a bad argument \(info)")
      for c in 0..<width {
        for r in 0..<c { top[r + c * height] = top[c + r * height] }
      }
      guard tail > 0 else { return }
      cblas_dsymm(
        CblasColMajor, CblasLeft, CblasLower, Int32(tail), order, -1, sigma, Int32(tail), y,
        Int32(tail), 0, top + width, leading)
      cblas_dgemm(
        CblasColMajor, CblasTrans, CblasNoTrans, order, order, Int32(tail), -1, y, Int32(tail),
        top + width, leading, 1, top, leading)
    }
  }
}
