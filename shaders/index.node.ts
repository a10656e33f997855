/** The kernels' text, in Node, read from this folder; index.web.ts has the same for browsers. */
import { readdirSync, readFileSync } from 'node:fs';
import { ShaderTexts } from './shader-texts.ts';

const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.wgsl'));

export const shaders = new ShaderTexts(
  files.map((file) => [file, readFileSync(new URL(file, import.meta.url), 'utf8')] as const),
);
