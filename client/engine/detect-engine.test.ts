import { describe, expect, test } from 'vitest';
import { deviceEngineText } from './detect-engine.ts';

describe('deviceEngineText', () => {
  test('a GPU is named', () => {
    const gpu = { name: 'Adreno 740', isSoftware: false };
    expect(deviceEngineText({ gpu, threads: 8, isIsolated: true })).toBe(
      'This device has a GPU that Magpie can use: Adreno 740.',
    );
  });

  test('a software GPU is none, and is called what it is', () => {
    const gpu = { name: 'SwiftShader', isSoftware: true };
    expect(deviceEngineText({ gpu, threads: 8, isIsolated: true })).toBe(
      'This browser offers only a GPU made of software (SwiftShader); there are 8 threads.',
    );
  });

  test('without isolation there is one thread, and why is said', () => {
    expect(deviceEngineText({ gpu: null, threads: 1, isIsolated: false })).toContain('may not share memory');
  });
});
