import { readFile } from 'node:fs/promises';

const GUIDE = new URL('../../docs/api-guide.md', import.meta.url);

/** The examples of the API's guide in one language, in order. */
export async function guideExamples(language: 'sh' | 'ts' | 'python'): Promise<string[]> {
  const text = await readFile(GUIDE, 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, written, code = '']) =>
    written === language ? [code] : [],
  );
}
