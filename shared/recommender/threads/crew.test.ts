import { wrap } from 'comlink';
import { afterEach, describe, expect, test } from 'vitest';
import { Worker } from '#worker-thread';
import { InlineCrew, type ThreadedLane, WorkerCrew } from './crew.ts';
import type { CrewSetup, LaneService } from './lane.ts';
import { shareableBytes } from './shared-memory.ts';
import { type FailingJob, FailingLane, N_BLOCKS } from './testing/failing-lane.ts';
import { WORK_SHARING_BYTES } from './work-sharing.ts';

function setupOf(nLanes: number): CrewSetup {
  return { nLanes, workSharing: shareableBytes(WORK_SHARING_BYTES) };
}

function startLane(): ThreadedLane<CrewSetup, FailingJob> {
  const thread = new Worker(new URL('./testing/failing-lane.worker.ts', import.meta.url), { type: 'module' });
  return { thread, remote: wrap<LaneService<CrewSetup, FailingJob>>(thread.endpoint) };
}

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const crew of opened.splice(0)) crew.close();
});

async function threadedCrew(): Promise<WorkerCrew<CrewSetup, FailingJob>> {
  const crew = await WorkerCrew.open(setupOf(3), startLane);
  opened.push(crew);
  return crew;
}

function inlineCrew(): InlineCrew<FailingJob> {
  const setup = setupOf(1);
  return new InlineCrew(new FailingLane(setup), setup);
}

describe('a crew', () => {
  test.for([
    ['in threads', threadedCrew],
    ['in the caller’s thread', async () => inlineCrew()],
  ] as const)('%s does every block of a job once, job after job', async ([, open]) => {
    const crew = await open();
    for (let job = 0; job < 3; job++) {
      await crew.run('work');
      expect(crew.takeBlocksDone()).toBe(N_BLOCKS);
    }
  });

  test.for([
    ['in threads', threadedCrew],
    ['in the caller’s thread', async () => inlineCrew()],
  ] as const)('%s runs nothing any more once it was stopped', async ([, open]) => {
    const crew = await open();
    crew.stop();
    await expect(crew.run('work')).rejects.toMatchObject({ name: 'StoppedError' });
  });
});

describe('a crew in threads', () => {
  test('throws the error of the lane that failed, not that of the lanes that it stopped', async () => {
    const crew = await threadedCrew();
    await expect(crew.run('fail')).rejects.toMatchObject({
      name: 'RangeError',
      message: 'the first block cannot be done',
    });
    await expect(crew.run('work')).rejects.toMatchObject({ name: 'StoppedError' });
  });

  test('rejects when a thread dies, then and later', async () => {
    const crew = await threadedCrew();
    await expect(crew.run('die')).rejects.toThrow('this thread dies');
    await expect(crew.run('work')).rejects.toThrow('this thread dies');
  });

  test('rejects once it is closed', async () => {
    const crew = await threadedCrew();
    crew.close();
    await expect(crew.run('work')).rejects.toThrow('the worker threads were closed');
  });
});
