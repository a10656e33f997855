/** Runs in a process of its own, see `find-gpu.node.ts`: looks for a GPU and sends what it finds. */
import { systemGpu } from './dawn.node.ts';
import { describeAdapter, type FoundGpu, requestAdapter } from './found-gpu.ts';

/** A GPU, or the sentence that says why there is none. */
export type ProbeAnswer = { found: FoundGpu } | { reason: string };

async function answer(): Promise<ProbeAnswer> {
  try {
    return { found: describeAdapter(await requestAdapter(await systemGpu())) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

process.send?.(await answer());
