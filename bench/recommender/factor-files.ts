import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '../../shared/recommender/interactions/interactions.ts';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import type { Factors } from '../../shared/recommender/training/compute-backend.ts';
import { defaultParameters, type TrainingParameters } from '../../shared/recommender/training/parameters.ts';
import { readFloat32Npy, writeNpy } from './npy.ts';

/** Factors as `users.npy` and `items.npy`, whichever side made them. */
export function writeFactors(folder: string, { users, items }: Factors): void {
  mkdirSync(folder, { recursive: true });
  writeNpy(join(folder, 'users.npy'), Float32Array.from(users));
  writeNpy(join(folder, 'items.npy'), Float32Array.from(items));
}

export function readFactors(folder: string): { users: Float32Array; items: Float32Array } {
  return { users: readFloat32Npy(join(folder, 'users.npy')), items: readFloat32Npy(join(folder, 'items.npy')) };
}

/** The factors in a folder as a model of a dataset. */
export function modelOf(
  { users, items }: Dataset,
  folder: string,
  nFactors: number,
  parameters: Partial<TrainingParameters>,
): FactorModel {
  const factors = readFactors(folder);
  return {
    nFactors,
    users,
    items,
    userFactors: factors.users,
    itemFactors: factors.items,
    parameters: { ...defaultParameters(parameters.feedback ?? 'implicit'), ...parameters, nFactors },
  };
}
