// The preconditioner of a model with one main grouping factor: the joint Hessian as an arrow matrix.

import LinearAlgebra

extension ArrowFactor: TriangularFactor {}

/// x = m + L⁻ᵀ y for the joint mode m and the arrow-shaped joint precision L L' there, O(J q (q + m)) a gradient.
package typealias ArrowPreconditioner = CholeskyPreconditioner<ArrowFactor>
