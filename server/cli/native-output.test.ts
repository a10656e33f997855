import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type VulkanSituation, vulkanEnvironment } from '../testing/vulkan-situations.ts';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const RATINGS = `user_id,item_id,rating
${Array.from({ length: 60 }, (_, t) => `u${t % 10},i${(t * 7) % 12},${1 + (t % 5)}`).join('\n')}
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-native-output-'));
  await writeFile(join(folder, 'ratings.csv'), RATINGS);
});
afterAll(() => rm(folder, { recursive: true }));

interface Output {
  code: number | null;
  stdout: string;
  stderr: string;
}

async function node(args: string[], situation: VulkanSituation, environment = {}): Promise<Output> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...vulkanEnvironment(situation, folder), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, stdout, stderr };
}

const SMALL = ['--factors', '4', '--iterations', '2', '--threads', '1'];
const COMMANDS = {
  train: ['train', '--ratings', 'ratings.csv', '--out', 'model.safetensors', ...SMALL],
  evaluate: ['evaluate', '--train', 'ratings.csv', '--test', 'ratings.csv', ...SMALL],
};
type CommandName = keyof typeof COMMANDS;

/** All that a command writes on stdout; each line is Magpie's own. */
const TRAINED_ON = {
  train: (engine: string): RegExp =>
    new RegExp(`^computing on [^\\n]+\\n2 iterations in [\\d.]+ s on ${engine}: loss [^\\n]+\\nwritten to [^\\n]+\\n$`),
  evaluate: (engine: string): RegExp => new RegExp(`^RMSE [\\d.]+ · trained in [\\d.]+ s on ${engine}[^\\n]*\\n$`),
};
const THREADS = 'threads \\(1\\)';
const SOFTWARE_GPU = 'webgpu \\(SwiftShader[^)]*\\)';
const NO_VULKAN = 'magpie: this machine has no Vulkan (libvulkan.so.1), through which a GPU would be used\n';
const NO_GPU = 'magpie: WebGPU finds no GPU on this machine\n';
const TALKATIVE = 'a software GPU, and a loader that talks';

describe.runIf(process.platform === 'linux')(
  'a command writes its own lines, and nothing of what native code says',
  () => {
    test('there is something to catch: opened as it is, a GPU makes native code talk', async () => {
      const webgpu = import.meta.resolve('webgpu');
      const script = `const { create } = await import('${webgpu}'); await create([]).requestAdapter();`;
      const { stderr } = await node(['--input-type=module', '--eval', script], TALKATIVE);
      expect(stderr).toContain('Vulkan Loader');
    });

    test.each<[VulkanSituation, 'auto' | 'webgpu', CommandName, string | null, string]>([
      ['no Vulkan', 'auto', 'train', THREADS, ''],
      ['no Vulkan', 'auto', 'evaluate', THREADS, ''],
      ['no Vulkan', 'webgpu', 'train', null, NO_VULKAN],
      ['no drivers', 'auto', 'train', THREADS, ''],
      ['no drivers', 'webgpu', 'evaluate', null, NO_GPU],
      ['Mesa’s drivers', 'auto', 'train', THREADS, ''],
      ['Mesa’s drivers', 'auto', 'evaluate', THREADS, ''],
      [TALKATIVE, 'auto', 'train', THREADS, ''],
      [TALKATIVE, 'auto', 'evaluate', THREADS, ''],
      [TALKATIVE, 'webgpu', 'train', SOFTWARE_GPU, ''],
      [TALKATIVE, 'webgpu', 'evaluate', SOFTWARE_GPU, ''],
    ])('%s, --backend %s: %s', { timeout: 120_000 }, async (situation, backend, command, engine, stderr) => {
      const output = await node([CLI, ...COMMANDS[command], '--backend', backend], situation);
      expect(output).toEqual({
        code: engine === null ? 1 : 0,
        stdout: engine === null ? '' : expect.stringMatching(TRAINED_ON[command](engine)),
        stderr,
      });
    });

    /** A training on the software GPU that never ends by itself, once it is under way. */
    async function started(): Promise<{
      outer: ChildProcess;
      inner: number;
      ended: Promise<[Output['code'], string]>;
    }> {
      const args = [CLI, ...COMMANDS.train, '--iterations', '1000000', '--backend', 'webgpu', '--json'];
      const env = { ...process.env, ...vulkanEnvironment(TALKATIVE, folder) };
      const outer = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
      const closed = new Promise<number | null>((resolve) => outer.once('close', resolve));
      const ended = Promise.all([closed, text(outer.stderr)]);
      await once(outer.stdout, 'data');
      outer.stdout.resume();
      const inner = Number((await readFile(`/proc/${outer.pid}/task/${outer.pid}/children`, 'utf8')).trim());
      return { outer, inner, ended };
    }

    test('a signal ends the training as it does without a GPU', { timeout: 120_000 }, async () => {
      const { outer, ended } = await started();
      outer.kill('SIGTERM');
      expect(await ended).toEqual([1, expect.stringMatching(/^magpie: stopped (?:at iteration|before)[^\n]*\n$/)]);
    });

    test('a driver that crashes is named as what crashed', { timeout: 120_000 }, async () => {
      const { inner, ended } = await started();
      process.kill(inner, 'SIGSEGV');
      expect(await ended).toEqual([1, expect.stringMatching(/^magpie: the GPU's driver crashed \(SIGSEGV[^\n]*\)\n$/)]);
    });

    test('a command that is killed leaves no process behind', { timeout: 120_000 }, async () => {
      const { outer, inner, ended } = await started();
      outer.kill('SIGKILL');
      await ended;
      await vi.waitFor(() => expect(() => process.kill(inner, 0)).toThrow('ESRCH'), { timeout: 30_000 });
    });
  },
);
