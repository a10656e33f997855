import type { LanguageWords } from '../words.ts';

export const words: LanguageWords = {
  language: 'is',
  nothingFound: ['ekki fannst'],
};
