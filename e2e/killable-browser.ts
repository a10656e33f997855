import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type BrowserContext, chromium } from '@playwright/test';
import { CHROMIUM_FLAGS } from '../scripts/chromium-flags.ts';

export interface KillableBrowser {
  context: BrowserContext;
  /** SIGKILL to all of its processes: nothing is saved that is not on the disk. */
  kill(): Promise<void>;
}

/** Chromium on a profile that outlives it, as a process of its own: Playwright only ever closes browsers in good order. */
export async function startBrowser(profileDir: string): Promise<KillableBrowser> {
  const flags = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${profileDir}`, '--lang=en-GB'];
  const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const browser = spawn(chromiumPath, [...CHROMIUM_FLAGS, ...flags, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own group, so that its children die with it.
    detached: true,
  });
  const connection = await chromium.connectOverCDP(await debuggerUrl(browser));
  const [context] = connection.contexts();
  if (context === undefined) throw new Error('the browser has no profile');
  return {
    context,
    async kill() {
      const ended = once(browser, 'exit');
      process.kill(-(browser.pid ?? 0), 'SIGKILL');
      await ended;
    },
  };
}

async function debuggerUrl(browser: ChildProcess): Promise<string> {
  if (browser.stderr === null) throw new Error('stderr is no pipe');
  for await (const line of createInterface({ input: browser.stderr })) {
    const url = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
    if (url !== undefined) {
      browser.stderr.resume();
      return url;
    }
  }
  throw new Error('Chromium ended before it listened');
}
