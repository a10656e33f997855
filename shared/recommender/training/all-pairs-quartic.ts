/**
 * The all-pairs part of the quartic along a line, Σ_{u,i} (s₀ + αs₁ + α²s₂)² with s₀ = u·v, s₁ = u·q + p·v, s₂ = p·q,
 * out of six k × k Gramians, in O(k²): Σ_{u,i} (a_u·b_i)(c_u·d_i) = ⟨Σ_u a_u c_uᵀ, Σ_i b_i d_iᵀ⟩. Every backend makes the
 * Gramians in its own way and ends here. Derivation: docs/decisions/0004-als-ncg.md.
 */
import type { QuarticCoefficients } from './quartic.ts';

/** k × k each: uu = UᵀU, up = UᵀP, … of users U, items V and their directions P, Q. */
export interface SixGramians {
  uu: Float64Array;
  up: Float64Array;
  pp: Float64Array;
  vv: Float64Array;
  vq: Float64Array;
  qq: Float64Array;
}

/** The coefficients of the all-pairs part, still to be multiplied by α₀. */
export function combineGramians({ uu, up, pp, vv, vq, qq }: SixGramians, k: number): QuarticCoefficients {
  const pv = transposed(vq, k);
  return {
    c0: inner(uu, vv),
    c1: 2 * (inner(uu, vq) + inner(up, vv)),
    // Σs₁² = ⟨uu,qq⟩ + ⟨pp,vv⟩ + 2Σ(u·q)(p·v), and (u·q)(p·v) pairs up = Σ u pᵀ with Σ q vᵀ, the transpose of vq.
    c2: inner(uu, qq) + inner(pp, vv) + 2 * inner(up, pv) + 2 * inner(up, vq),
    c3: 2 * (inner(up, qq) + inner(pp, vq)),
    c4: inner(pp, qq),
  };
}

function transposed(a: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) out[j * k + i] = a[i * k + j]!;
  return out;
}

/** ⟨A, B⟩ = Σ a_ij b_ij. */
function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
