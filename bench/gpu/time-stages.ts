import { CommandQueue } from '../../shared/recommender/backends/webgpu/command-queue.ts';
import type { GpuConnection } from '../../shared/recommender/backends/webgpu/gpu-connection.ts';
import { paddedRows } from '../../shared/recommender/backends/webgpu/kernel-layout.ts';
import { openStages, type Stages } from '../../shared/recommender/backends/webgpu/stages.ts';
import type { DeviceVector } from '../../shared/recommender/backends/webgpu/vector-shards.ts';
import type { Factors, Problem } from '../../shared/recommender/training/compute-backend.ts';
import { StageClock } from './stage-clock.ts';

interface Vectors {
  x: DeviceVector;
  px: DeviceVector;
  g: DeviceVector;
}

/** Milliseconds that the GPU takes for each stage of an ALS-NCG iteration at a point x: medians of some repetitions. */
export async function timeStages(
  gpu: GpuConnection,
  problem: Problem,
  x: Factors,
  repetitions: number,
): Promise<Map<string, number>> {
  const queue = new CommandQueue(gpu);
  const clock = new StageClock(gpu);
  const stages = await queue.settled(openStages(gpu, queue, problem, {}));
  const { memory, layout, shards } = stages;
  try {
    const vectors = queue.guard((): Vectors => {
      const empty = (): DeviceVector =>
        shards.all.map(({ nRows }) => memory.storage(nRows * layout.rowBytes, 'vector'));
      const { nFactors } = problem;
      const at = (['users', 'items'] as const).flatMap((side) =>
        shards[side].map(({ firstRow, nRows }) => {
          const rows = x[side].subarray(firstRow * nFactors, (firstRow + nRows) * nFactors);
          return memory.upload(paddedRows(rows, layout), 'x');
        }),
      );
      return { x: at, px: empty(), g: empty() };
    });
    const runs: Map<string, number>[] = [];
    // The first run is for the caches.
    for (let i = 0; i <= repetitions; i++) {
      await submitStages(queue, clock, stages, vectors);
      const times = await queue.settled(clock.read());
      if (i > 0) runs.push(times);
    }
    const names = [...runs[0]!.keys()];
    return new Map(names.map((name) => [name, median(runs.map((run) => run.get(name)!))]));
  } finally {
    clock.close();
    memory.close();
  }
}

async function submitStages(
  queue: CommandQueue,
  clock: StageClock,
  stages: Stages,
  { x, px, g }: Vectors,
): Promise<void> {
  const { memory, slots, unused, problem, gramians, normalEquations, choleskySolve, rowGradient, lineSearch } = stages;
  const { rowTables } = problem;
  for (const side of ['users', 'items'] as const) {
    const gramian = gramians && (side === 'users' ? gramians.items : gramians.users);
    const allPairs = gramian?.result ?? unused;
    await queue.submit((encoder) => {
      if (gramian) clock.pass(encoder, `Gramian for ${side}`, (pass) => gramian.encode(pass, x, x));
    });
    for (const block of problem[side]) {
      for (const piece of block.pieces) {
        await queue.submit((encoder) => {
          const entries = problem.entries.of(piece);
          const isLast = piece === block.pieces.at(-1);
          clock.pass(encoder, `normal equations, ${side}`, (pass) =>
            normalEquations.encode(pass, piece, entries, x, slots),
          );
          if (isLast) {
            clock.pass(encoder, `Cholesky solve, ${side}`, (pass) =>
              choleskySolve.encode(pass, block, { rowTables, slots, allPairs, solution: px }, null),
            );
          }
          const buffers = { rowTables, slots, allPairs, x, gradient: g };
          clock.pass(encoder, `gradient alone, ${side}`, (pass) => {
            rowGradient.encodePiece(pass, block, piece, entries, buffers);
            if (isLast) rowGradient.encodeFinish(pass, block, buffers);
          });
          if (side === 'users') {
            clock.pass(encoder, 'line search', (pass) => lineSearch.encodePiece(pass, block, piece, entries, x, px));
          }
        });
      }
    }
  }
  const parts = queue.guard(() => memory.storage(stages.dot.partsBytes, 'parts of an inner product'));
  await queue.submit((encoder) => {
    clock.pass(encoder, 'line search', (pass) => lineSearch.encodeRidges(pass, x, px));
    clock.pass(encoder, 'combination', (pass) => stages.combine.encode(pass, g, 1, x, -1, px));
    clock.pass(encoder, 'inner product', (pass) => stages.dot.encode(pass, g, px, parts, 0));
  });
  memory.free(parts);
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
