/** The kernels' text, in browsers, where the bundler brings along every file of this folder. */
/// <reference types="vite/types/importMeta.d.ts" />
import { ShaderTexts } from './shader-texts.ts';

export const shaders = new ShaderTexts(
  Object.entries(import.meta.glob<string>('./*.wgsl', { query: '?raw', import: 'default', eager: true })),
);
