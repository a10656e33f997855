import { globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isExecutable } from '../is-executable.ts';

/** What the tests use beside Magpie. */
export type ServiceName = 'redis' | 'postgres' | 'chromium' | 'mesa';

/**
 * Names on the PATH, and where else distributions keep them (newest version first). Postgres's is `initdb`: the folder
 * that holds it holds the server as well, while the PATH often has no more than `psql`. Mesa's is no executable but the
 * file by which Vulkan finds its driver for the processor.
 */
const PLACES: Record<ServiceName, { names: string[]; patterns: string[] }> = {
  redis: { names: ['redis-server', 'valkey-server'], patterns: ['/opt/homebrew/bin/redis-server'] },
  postgres: {
    names: ['initdb'],
    patterns: [
      '/usr/lib/postgresql/*/bin/initdb',
      '/usr/pgsql-*/bin/initdb',
      '/usr/libexec/postgresql*/initdb',
      '/opt/homebrew/opt/postgresql@*/bin/initdb',
    ],
  },
  chromium: {
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    patterns: [
      '/usr/lib/chromium/chromium',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  },
  mesa: {
    names: [],
    patterns: ['/usr/share/vulkan/icd.d/lvp_icd*.json', '/usr/local/share/vulkan/icd.d/lvp_icd*.json'],
  },
};

/** Path of the executable or file that stands for it, null where the machine has none. */
export function findInstalled(service: ServiceName): string | null {
  const { names, patterns } = PLACES[service];
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const elsewhere = patterns.flatMap((pattern) =>
    globSync(pattern).sort((a, b) => b.localeCompare(a, 'en', { numeric: true })),
  );
  return [...onPath.filter(isExecutable), ...elsewhere][0] ?? null;
}

/** @throws with one line that says what to install. */
export function requireExecutable(service: ServiceName): string {
  const path = findInstalled(service);
  if (path === null) throw new Error(missing([service]));
  return path;
}

/** One line that says what to install. */
export function missing(services: readonly ServiceName[]): string {
  const packages = services.map((service) => DEBIAN_PACKAGES[service]);
  return `the tests need ${services.join(', ')}, which this machine has not: install it, on Debian with "apt-get install ${packages.join(' ')}", or let "npm test" do it as root`;
}

export const DEBIAN_PACKAGES: Record<ServiceName, string> = {
  redis: 'redis-server',
  postgres: 'postgresql',
  chromium: 'chromium',
  mesa: 'mesa-vulkan-drivers',
};
