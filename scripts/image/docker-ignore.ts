import { matchesGlob } from 'node:path';

/**
 * Reads a `.dockerignore` without exceptions (`!`): which paths, relative to the context, `docker build` does not see.
 * A folder that matches is left out with all that is in it.
 */
export function readDockerIgnore(text: string): (path: string) => boolean {
  const patterns = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return (path) => {
    const parts = path.split('/');
    const pathAndFolders = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    return pathAndFolders.some((each) => patterns.some((pattern) => matchesGlob(each, pattern)));
  };
}
