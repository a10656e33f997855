import type { Section } from '../bench.ts';
import { convergence } from './convergence.ts';
import { convergenceImplicit } from './convergence-implicit.ts';
import { growth } from './growth.ts';
import { heldOutQuality } from './held-out-quality.ts';
import { sweep } from './sweep.ts';
import { timeToQuality } from './time-to-quality.ts';
import { topK } from './top-k.ts';

/** The sections of the bench, in the order in which they run. */
export const SECTIONS: readonly Section[] = [
  sweep,
  convergence,
  convergenceImplicit,
  timeToQuality,
  topK,
  growth,
  heldOutQuality,
];
