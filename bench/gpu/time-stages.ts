import { CommandQueue } from '../../shared/recommender/backends/webgpu/command-queue.ts';
import type { GpuConnection } from '../../shared/recommender/backends/webgpu/gpu-connection.ts';
import { paddedRows } from '../../shared/recommender/backends/webgpu/kernel-layout.ts';
import { openStages } from '../../shared/recommender/backends/webgpu/stages.ts';
import type { Factors, Problem } from '../../shared/recommender/compute-backend.ts';
import { StageClock } from './stage-clock.ts';

/** Milliseconds that the GPU takes for each stage of a sweep with gradient and of a line search, at a point x. */
export async function timeStages(gpu: GpuConnection, problem: Problem, x: Factors): Promise<Map<string, number>> {
  const queue = new CommandQueue(gpu);
  const clock = new StageClock(gpu);
  const stages = await queue.settled(openStages(gpu, queue, problem, {}));
  const { memory, layout, vectorBytes, slots, unused, problem: onDevice } = stages;
  const { rowTable } = onDevice;
  try {
    const [at, to, g] = queue.guard(() => {
      const numbers = new Float32Array(vectorBytes / 4);
      const users = paddedRows(x.users, layout);
      numbers.set(users);
      numbers.set(paddedRows(x.items, layout), users.length);
      return [
        memory.upload(numbers, 'x'),
        memory.storage(vectorBytes, 'px'),
        memory.storage(vectorBytes, 'g'),
      ] as const;
    });
    const gramians = stages.gramians ?? null;
    for (const side of ['users', 'items'] as const) {
      const rows = onDevice[side];
      const gramian = gramians && (side === 'users' ? gramians.items : gramians.users);
      const allPairs = gramian?.result ?? unused;
      await queue.submit((encoder) => {
        if (gramian) clock.pass(encoder, 'Gramian', (pass) => gramian.encode(pass, at, at));
      });
      for (const block of rows.blocks) {
        await queue.submit((encoder) => {
          const entries = rows.entries(block);
          clock.pass(encoder, `normal equations, ${side}`, (pass) =>
            stages.normalEquations.encode(pass, block, entries, at, slots),
          );
          clock.pass(encoder, `Cholesky solve, ${side}`, (pass) =>
            stages.choleskySolve.encode(pass, block, { rowTable, slots, allPairs, solution: to }, null),
          );
          clock.pass(encoder, `gradient alone, ${side}`, (pass) =>
            stages.rowGradient.encode(pass, block, entries, { rowTable, slots, allPairs, x: at, gradient: g }),
          );
          if (side === 'users') {
            clock.pass(encoder, 'line search', (pass) => stages.lineSearch.encodeBlock(pass, block, entries, at, to));
          }
        });
      }
    }
    await queue.submit((encoder) => {
      clock.pass(encoder, 'combine', (pass) => stages.combine.encode(pass, g, 1, at, -1, to));
    });
    return await queue.settled(clock.read());
  } finally {
    memory.close();
  }
}
