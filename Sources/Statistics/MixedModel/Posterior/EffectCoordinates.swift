// The coordinates of sampled random effects: how far each is from where data and θ expect it.

import LinearAlgebra
import Probability

/// The map between sampled coordinates z and standard effects u (b = Λ u), level by level.
///
/// The likelihood of a level's effects is taken to be exp(h'b − ½ b'W b), with h and W from the mode. Under it and
/// u ~ N(0, I) the effects would be normal given θ, and
/// ```
/// H(θ) = Λ'WΛ + I = L L'        u = L⁻ᵀ (L⁻¹ Λ'h + z)        z ~ N(0, I)
/// ```
/// So z is free of θ as far as W and h are right: no funnel is left for a Gaussian outcome, and little for others. With
/// W = 0 these are standard (non-centred) effects; with W → ∞ they become centred ones; between the two lie
/// the partially non-centred ones of Papaspiliopoulos, Roberts & Sköld (2007, section 4), for vectors and for each
/// level by its own data.
package struct EffectCoordinates: Sendable {
  let layout: RandomEffectLayout
  let sections: [EffectSection]

  /// Standard effects: z = u.
  package init(layout: RandomEffectLayout) {
    self.layout = layout
    sections = EffectSection.all(of: layout)
  }

  /// Coordinates for what the data say of each effect on the scale of b.
  ///
  /// - Parameters:
  ///   - information: its diagonal blocks, filled on both sides, are the W of every level; what is not positive
  ///     semidefinite in them is left out.
  ///   - scores: h, in the order of b.
  package init(layout: RandomEffectLayout, information: ArrowMatrix, scores: [Double]) {
    self.layout = layout
    sections = EffectSection.all(of: layout).map {
      $0.informed(by: information, scores: scores, cornerStart: layout.cornerStart)
    }
  }

  /// u from z at the factors Λ, with log |∂u/∂z| as the result; what `pullBack` needs stays in `workspace`.
  func standardEffects(
    _ z: Span<Double>, _ factors: CovarianceFactors, into u: inout [Double],
    _ workspace: inout EffectWorkspace
  ) -> Double {
    var logJacobian = 0.0
    let all = sections.span
    var target = u.mutableSpan
    for index in all.indices {
      logJacobian -= all[index].standardEffects(
        z, factors, into: &target, &workspace.sections[index])
    }
    return logJacobian
  }

  /// u from z at the factors Λ.
  package func standardEffects(_ z: [Double], _ factors: CovarianceFactors) -> [Double] {
    var workspace = EffectWorkspace(self)
    var u = z
    _ = standardEffects(z.span, factors, into: &u, &workspace)
    return u
  }

  /// z from u at the factors Λ.
  package func coordinates(_ u: [Double], _ factors: CovarianceFactors) -> [Double] {
    var workspace = EffectWorkspace(self)
    var z = u
    for index in sections.indices {
      var target = z.mutableSpan
      sections[index].coordinates(
        u.span, factors, into: &target, &workspace.sections[index])
    }
    return z
  }

  /// Replaces `adjoint`, a derivative in u at fixed Λ, by that in z, and leaves the derivative in Λ in `workspace`.
  ///
  /// Belongs to the last `standardEffects`, whose result is `u`; `effectGradient` is the derivative in b.
  func pullBack(
    adjoint: inout [Double], effectGradient: [Double], u: [Double], _ factors: CovarianceFactors,
    _ workspace: inout EffectWorkspace
  ) {
    let all = sections.span
    var target = adjoint.mutableSpan
    for index in all.indices {
      all[index].pullBack(
        &target, effectGradient.span, u.span, factors,
        &workspace.sections[index])
    }
  }

  /// Writes the derivative in Λ of block `index`, k × k column by column, that `pullBack` left.
  func copyLambdaGradient(
    block index: Int, _ workspace: borrowing EffectWorkspace, into gradient: inout [Double]
  ) {
    let all = sections.span
    for place in all.indices where all[place].blocks.contains(where: { $0.index == index }) {
      for block in all[place].blocks where block.index == index {
        let (k, offset) = (block.size, block.offset)
        for c in 0..<k {
          for r in c..<k {
            gradient[r + c * k] = workspace.sections[place].lambdaGradient(offset + r, offset + c)
          }
        }
      }
    }
  }
}

/// The memory of the map, made once for each chain.
struct EffectWorkspace: Sendable {
  var sections: [EffectSectionWorkspace]

  init(_ coordinates: EffectCoordinates) {
    sections = coordinates.sections.map(EffectSectionWorkspace.init)
  }
}
