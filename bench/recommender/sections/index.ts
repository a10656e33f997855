import type { Section } from '../bench.ts';
import { sweep } from './sweep.ts';
import { timeToQuality } from './time-to-quality.ts';
import { topK } from './top-k.ts';

export const SECTIONS: readonly Section[] = [sweep, timeToQuality, topK];
