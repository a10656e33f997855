/// <reference types="vite/types/importMeta.d.ts" />
import type { LanguageWords } from './words.ts';

const FILES = import.meta.glob<LanguageWords>(['./languages/*.ts', '!./languages/*.pages.ts'], {
  eager: true,
  import: 'words',
});

/** The words of every language, in browsers, where the bundler lists the folder. */
export const languages: readonly LanguageWords[] = Object.values(FILES);
