import { spawn } from 'node:child_process';
import { guideExamples } from '../../server/testing/guide-examples.ts';
import type { CheckedServer } from './start-server.ts';

/** Runs the Python examples of docs/api-guide.md. @returns one sentence for each that fails. */
export async function runPythonExamples({ url, token }: CheckedServer, python: string): Promise<string[]> {
  const failures: string[] = [];
  for (const [n, example] of (await guideExamples('python')).entries()) {
    const child = spawn(python, ['-c', example], {
      stdio: 'inherit',
      env: { ...process.env, MAGPIE_URL: url, MAGPIE_KEY: token },
    });
    const status = await new Promise((resolve) => child.once('close', resolve));
    if (status !== 0) failures.push(`Python example ${n + 1} of the guide ended with status ${status}`);
  }
  return failures;
}
