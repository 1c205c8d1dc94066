// The preconditioner of a model with one main grouping factor: its joint Hessian is an arrow.

import LinearAlgebra

extension ArrowFactor: TriangularFactor {}

/// x = m + L⁻ᵀ y for the joint mode m and the arrow precision L L' there, O(J q (q + m)) a
/// gradient.
package typealias ArrowPreconditioner = CholeskyPreconditioner<ArrowFactor>
