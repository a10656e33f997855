import type { FactorModel } from '../../../shared/recommender/model/factor-model.ts';
import type { Scorer } from '../../../shared/recommender/scoring/scorer.ts';
import { openScorer } from '../../../shared/recommender/scoring/scorer-cpu.ts';
import type { DeviceEngine, EngineChoice } from '../recommender-types.ts';

/** A scorer, and what it computes with. */
export interface DeviceScorer {
  scorer: Scorer;
  engine: DeviceEngine;
  close(): void;
}

/** Plain JavaScript in the worker's own thread: a shopper is scored in milliseconds, which more threads would only delay. */
export function processorScorer(model: FactorModel, reason: string): DeviceScorer {
  return { scorer: openScorer(model), engine: { kind: 'processor', name: '1 thread', reason }, close: () => {} };
}

/** Opens the fastest engine that this device really has, or the one asked for. Where a GPU cannot be used, the processor scores, and `engine.reason` says why. */
export async function openDeviceScorer(model: FactorModel, choice: EngineChoice): Promise<DeviceScorer> {
  if (choice === 'threads') return processorScorer(model, 'You have chosen threads.');
  try {
    const { openWebGpu } = await import('../../../shared/recommender/backends/webgpu/webgpu-backend.ts');
    const gpu = await openWebGpu();
    if (gpu.isSoftware && choice === 'auto') {
      gpu.close();
      return processorScorer(
        model,
        `The browser’s only GPU (${gpu.adapterName}) is made of software, which is slower than plain JavaScript.`,
      );
    }
    try {
      const scorer = await gpu.openScorer(model);
      const close = () => {
        scorer.close();
        gpu.close();
      };
      return {
        scorer,
        engine: { kind: 'gpu', name: gpu.adapterName, reason: gpuReason(choice, gpu.isSoftware) },
        close,
      };
    } catch (error) {
      gpu.close();
      throw error;
    }
  } catch (error) {
    const because = `No GPU: ${error instanceof Error ? error.message : String(error)}.`;
    return processorScorer(model, choice === 'webgpu' ? `You have chosen the GPU. ${because}` : because);
  }
}

function gpuReason(choice: EngineChoice, isSoftware: boolean): string {
  if (choice === 'auto') return 'This device has a GPU.';
  return isSoftware ? 'You have chosen the GPU; this one is made of software, and slow.' : 'You have chosen the GPU.';
}
