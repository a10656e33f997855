import { IdMap } from '../interactions/id-map.ts';
import type { FactorModel } from './factor-model.ts';

/** The model without some of its users: neither their ids nor their factors are left. Items are untouched. */
export function withoutUsers(model: FactorModel, isGone: (userId: string) => boolean): FactorModel {
  const { nFactors: k, users, userFactors } = model;
  const kept = users.ids.filter((id) => !isGone(id));
  if (kept.length === users.size) return model;
  const factors = new Float32Array(kept.length * k);
  for (const [row, id] of kept.entries()) {
    const from = users.indexOf(id)! * k;
    factors.set(userFactors.subarray(from, from + k), row * k);
  }
  return { ...model, users: IdMap.of(kept), userFactors: factors };
}
