import { readdirSync } from 'node:fs';
import type { LanguageWords } from './words.ts';

const FOLDER = new URL('./languages/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.ts') && !file.endsWith('.pages.ts'));

/** The words of every language, in Node: a language is a file in `languages/`. index.web.ts has the same for browsers. */
export const languages: readonly LanguageWords[] = await Promise.all(
  FILES.toSorted().map(async (file) => {
    const { words }: { words: LanguageWords } = await import(new URL(file, FOLDER).href);
    return words;
  }),
);
