import type { Csr, Interactions } from '../interactions/interactions.ts';
import { shareableBytes } from '../threads/shared-memory.ts';

/**
 * How an observed value becomes the confidence c of its pair (implicit feedback):
 *
 * | spec       | c                                                                  |
 * |------------|--------------------------------------------------------------------|
 * | `C`        | the constant C > 0; the default is `1`                              |
 * | `linear:A` | 1 + A·value (Hu, Koren & Volinsky 2008, §4)                         |
 * | `log:A,E`  | 1 + A·ln(1 + value/E), E > 0 (the same paper, §6)                   |
 */
export type Confidence = (value: number) => number;

/** @throws RangeError that shows the grammar when the spec does not follow it. */
export function parseConfidence(spec: string): Confidence {
  const [, name = 'constant', list = ''] = /^(?:(linear|log):)?([^:]+)$/.exec(spec.trim()) ?? [];
  const numbers = list.split(',').map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  const [first = Number.NaN, second = Number.NaN] = numbers;
  if (name === 'constant' && numbers.length === 1 && first > 0 && Number.isFinite(first)) return () => first;
  if (name === 'linear' && numbers.length === 1 && first >= 0 && Number.isFinite(first)) {
    return (value) => 1 + first * value;
  }
  if (name === 'log' && numbers.length === 2 && first >= 0 && Number.isFinite(first) && second > 0) {
    return (value) => 1 + first * Math.log1p(value / second);
  }
  throw new RangeError(
    `the confidence ${JSON.stringify(spec)} is not understood: write a number above 0, "linear:A" for 1 + A·value, or "log:A,E" for 1 + A·ln(1 + value/E)`,
  );
}

/**
 * Implicit feedback out of observed values: every pair gets target 1 and the confidence of its value.
 * Row pointers and columns are shared with the argument.
 * @throws RangeError naming a value whose confidence is not a positive number.
 */
export function withConfidence(interactions: Interactions, confidence: Confidence): Interactions {
  return {
    byUser: confidentRows(interactions.byUser, confidence),
    byItem: confidentRows(interactions.byItem, confidence),
  };
}

function confidentRows(csr: Csr, confidence: Confidence): Csr {
  const nnz = csr.values.length;
  const values = new Float32Array(shareableBytes(4 * nnz)).fill(1);
  const weights = new Float32Array(shareableBytes(4 * nnz));
  let allOne = true;
  for (let e = 0; e < nnz; e++) {
    const c = confidence(csr.values[e]!);
    if (!(c > 0 && Number.isFinite(c))) {
      throw new RangeError(
        `the value ${csr.values[e]} would have the confidence ${c}: implicit feedback needs values that count for something; leave such rows out or use another --confidence`,
      );
    }
    weights[e] = c;
    allOne &&= c === 1;
  }
  return { ...csr, values, weights: allOne ? null : weights };
}
