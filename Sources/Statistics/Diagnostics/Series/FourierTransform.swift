// The discrete Fourier transform of power-of-two lengths, for autocovariances at all lags at once.

import Glibc
import LinearAlgebra

/// A complex Fourier transform that keeps its tables and buffers from one call to the next.
///
/// Stockham's self-sorting radix-2 algorithm (see Van Loan 1992, algorithm 1.7.2): no bit reversal,
/// and from the fourth stage on its inner loops run over neighbouring numbers, eight at a time.
struct FourierTransform: Sendable {
  /// The length, a power of two and at least 8.
  let length: Int
  /// The real parts, before and after `transform()`.
  var real: [Double]
  /// The imaginary parts, before and after `transform()`.
  var imaginary: [Double]

  private var realScratch: [Double]
  private var imaginaryScratch: [Double]
  private let cosines: [Double]
  private let sines: [Double]

  /// A transform of the first power of two that is at least `minimumLength`.
  init(minimumLength: Int) {
    var length = 8
    while length < minimumLength { length *= 2 }
    self.length = length
    real = Array(repeating: 0, count: length)
    imaginary = real
    realScratch = real
    imaginaryScratch = real
    let step = -2 * Double.pi / Double(length)
    cosines = (0..<length / 2).map { cos(step * Double($0)) }
    sines = (0..<length / 2).map { sin(step * Double($0)) }
  }

  /// Replaces the numbers x by Σ_k x_k exp(-2πi jk / length), for every j.
  mutating func transform() {
    var stride = 1
    while stride < length {
      if stride < laneCount {
        Self.shortStage(
          stride: stride, real: real, imaginary: imaginary, cosines: cosines, sines: sines,
          realOut: &realScratch, imaginaryOut: &imaginaryScratch)
      } else {
        Self.longStage(
          stride: stride, real: real, imaginary: imaginary, cosines: cosines, sines: sines,
          realOut: &realScratch, imaginaryOut: &imaginaryScratch)
      }
      swap(&real, &realScratch)
      swap(&imaginary, &imaginaryScratch)
      stride *= 2
    }
  }

  private static func shortStage(
    stride: Int, real: [Double], imaginary: [Double], cosines: [Double], sines: [Double],
    realOut: inout [Double], imaginaryOut: inout [Double]
  ) {
    let (real, imaginary) = (real.span, imaginary.span)
    let half = real.count / 2
    var realTarget = realOut.mutableSpan
    var imaginaryTarget = imaginaryOut.mutableSpan
    for block in 0..<(half / stride) {
      let c = cosines[block * stride]
      let s = sines[block * stride]
      for q in 0..<stride {
        let source = block * stride + q
        let target = 2 * block * stride + q
        let (ar, ai) = (real[source], imaginary[source])
        let (br, bi) = (real[source + half], imaginary[source + half])
        realTarget[target] = ar + br
        imaginaryTarget[target] = ai + bi
        let (dr, di) = (ar - br, ai - bi)
        realTarget[target + stride] = dr * c - di * s
        imaginaryTarget[target + stride] = dr * s + di * c
      }
    }
  }

  private static func longStage(
    stride: Int, real: [Double], imaginary: [Double], cosines: [Double], sines: [Double],
    realOut: inout [Double], imaginaryOut: inout [Double]
  ) {
    let (real, imaginary) = (real.span, imaginary.span)
    let half = real.count / 2
    var realTarget = realOut.mutableSpan
    var imaginaryTarget = imaginaryOut.mutableSpan
    for block in 0..<(half / stride) {
      let c = Lanes(repeating: cosines[block * stride])
      let s = Lanes(repeating: sines[block * stride])
      var q = 0
      while q < stride {
        let source = block * stride + q
        let target = 2 * block * stride + q
        let (ar, ai) = (real.lanes(at: source), imaginary.lanes(at: source))
        let br = real.lanes(at: source + half)
        let bi = imaginary.lanes(at: source + half)
        realTarget.store(ar + br, at: target)
        imaginaryTarget.store(ai + bi, at: target)
        let (dr, di) = (ar - br, ai - bi)
        realTarget.store(dr * c - di * s, at: target + stride)
        imaginaryTarget.store(dr * s + di * c, at: target + stride)
        q += laneCount
      }
    }
  }
}
