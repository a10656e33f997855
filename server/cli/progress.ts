import { SingleBar } from 'cli-progress';

/** A bar is worth showing for work that takes longer than this. */
const SHOW_AFTER_MS = 1000;

export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** A progress bar on stderr: on a terminal only, and only once the work has taken a second. */
export function progressBar(label: string, unit: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const startedAt = performance.now();
  const bar = new SingleBar({
    stream: process.stderr,
    format: `${label} {bar} {percentage}% · {value}/{total} ${unit} · {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    formatValue: (value, _options, type) =>
      type === 'value' || type === 'total' ? String(Math.round(value * 10) / 10) : String(value),
  });
  let shown = false;
  return {
    update(done, total) {
      if (!shown && performance.now() - startedAt < SHOW_AFTER_MS) return;
      if (!shown) bar.start(total, done);
      shown = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop() {
      if (shown) bar.stop();
    },
  };
}
