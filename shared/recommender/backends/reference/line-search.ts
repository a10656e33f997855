/** The coefficients of L(x + αp), in double precision, term by term. Derivation: docs/decisions/0004-als-ncg.md. */
import type { Csr } from '../../interactions/interactions.ts';
import { combineGramians } from '../../training/all-pairs-quartic.ts';
import type { QuarticCoefficients } from '../../training/quartic.ts';
import { dot, gramian } from './stages.ts';

/** The part of the observed pairs, Σ_S c (e + αs + α²t)² with e = u·v − r, s = u·q + p·v, t = p·q. */
export function observedCoefficients(
  byUser: Csr,
  users: Float64Array,
  items: Float64Array,
  userDirections: Float64Array,
  itemDirections: Float64Array,
  k: number,
): QuarticCoefficients {
  let [c0, c1, c2, c3, c4] = [0, 0, 0, 0, 0];
  for (let r = 0; r < byUser.nRows; r++) {
    const u = users.subarray(r * k, (r + 1) * k);
    const p = userDirections.subarray(r * k, (r + 1) * k);
    for (let entry = byUser.rowPtr[r]!; entry < byUser.rowPtr[r + 1]!; entry++) {
      const at = byUser.cols[entry]! * k;
      const v = items.subarray(at, at + k);
      const q = itemDirections.subarray(at, at + k);
      const c = byUser.weights === null ? 1 : byUser.weights[entry]!;
      const e = dot(u, v) - byUser.values[entry]!;
      const s = dot(u, q) + dot(p, v);
      const t = dot(p, q);
      c0 += c * e * e;
      c1 += c * 2 * e * s;
      c2 += c * (s * s + 2 * e * t);
      c3 += c * 2 * s * t;
      c4 += c * t * t;
    }
  }
  return { c0, c1, c2, c3, c4 };
}

/**
 * The part of all pairs, Σ_{u,i} (s₀ + αs₁ + α²s₂)² with s₀ = u·v, s₁ = u·q + p·v, s₂ = p·q, from six k × k Gramians:
 * Σ_{u,i} (a_u·b_i)(c_u·d_i) = ⟨Σ_u a_u c_uᵀ, Σ_i b_i d_iᵀ⟩. Multiply by α₀.
 */
export function allPairsCoefficients(
  users: Float64Array,
  items: Float64Array,
  userDirections: Float64Array,
  itemDirections: Float64Array,
  k: number,
): QuarticCoefficients {
  const uu = gramian(users, users, k);
  const up = gramian(users, userDirections, k);
  const pp = gramian(userDirections, userDirections, k);
  const vv = gramian(items, items, k);
  const vq = gramian(items, itemDirections, k);
  const qq = gramian(itemDirections, itemDirections, k);
  return combineGramians({ uu, up, pp, vv, vq, qq }, k);
}

/** The regularisation of one side, Σ_r ridge_r ‖x_r + αp_r‖². */
export function ridgeCoefficients(
  ridges: Float64Array,
  x: Float64Array,
  p: Float64Array,
  k: number,
): QuarticCoefficients {
  let [c0, c1, c2] = [0, 0, 0];
  for (let r = 0; r < ridges.length; r++) {
    const xr = x.subarray(r * k, (r + 1) * k);
    const pr = p.subarray(r * k, (r + 1) * k);
    c0 += ridges[r]! * dot(xr, xr);
    c1 += 2 * ridges[r]! * dot(xr, pr);
    c2 += ridges[r]! * dot(pr, pr);
  }
  return { c0, c1, c2, c3: 0, c4: 0 };
}
