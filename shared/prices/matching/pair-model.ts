import { FEATURE_NAMES, type Features } from './features.ts';

/** Log-odds of two offers being of one product: `bias` plus the sum of weight times feature. */
export interface PairModel {
  readonly bias: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
}

/** The model whose log-odds are the weighted mean of two models' log-odds. */
export function mixModels(one: PairModel, other: PairModel, shareOfOther: number): PairModel {
  const mix = (a: number, b: number) => (1 - shareOfOther) * a + shareOfOther * b;
  const weights = { ...one.weights };
  for (const name of FEATURE_NAMES) weights[name] = mix(one.weights[name], other.weights[name]);
  return { bias: mix(one.bias, other.bias), weights };
}
