import { DeviceFailure } from '../../training/device-failure.ts';

/** There is no WebGPU here, or no GPU that it can use. */
export class NoGpuError extends Error {
  override readonly name = 'NoGpuError';
}

/** The GPU has gone: reset by its driver, taken away, or destroyed. Nothing that lived on it can be read any more. */
export class DeviceLostError extends DeviceFailure {
  override readonly name = 'DeviceLostError';
}

/** The GPU has no room for what was asked. */
export class GpuOutOfMemoryError extends DeviceFailure {
  override readonly name = 'GpuOutOfMemoryError';
}

const SCOPES = ['validation', 'internal', 'out-of-memory'] as const;

/**
 * Runs GPU calls under error scopes. The scopes of a device are a stack, so `calls` must not wait for anything.
 * @returns what they return, and a promise that rejects with the first error of theirs
 */
export function withErrorScopes<T>(device: GPUDevice, calls: () => T): { result: T; checked: Promise<void> } {
  for (const scope of SCOPES) device.pushErrorScope(scope);
  let popped: Promise<GPUError | null>[] = [];
  let result: T;
  try {
    result = calls();
  } finally {
    popped = SCOPES.map(() => device.popErrorScope());
  }
  return { result, checked: firstError(popped) };
}

async function firstError(popped: readonly Promise<GPUError | null>[]): Promise<void> {
  for (const error of await Promise.all(popped)) {
    if (error === null) continue;
    if (error instanceof GPUOutOfMemoryError) {
      throw new GpuOutOfMemoryError(`the GPU has no memory left: fewer factors need less (${error.message})`);
    }
    throw new Error(`the GPU refused a command: ${error.message}`);
  }
}
