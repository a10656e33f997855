import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'ms',
  brandLabel: ['jenama'],
};
