/** What the shopper lets compute: `auto` is the GPU where there is a real one, else threads. */
export const ENGINE_CHOICES = ['auto', 'webgpu', 'threads'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];
