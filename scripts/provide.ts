import { spawnSync } from 'node:child_process';
import { DEBIAN_PACKAGES, findInstalled, missing, type ServiceName } from '../server/testing/executables.ts';

/** What the tests need on this machine; Mesa's drivers are Linux's. */
export const NEEDS = [
  'redis',
  'postgres',
  'chromium',
  ...(process.platform === 'linux' ? ['mesa' as const] : []),
] as const;

/**
 * Makes sure that the real servers, the browser and the drivers which the tests use are on this machine: as they are,
 * else by its package manager.
 * @returns the path of each (for Postgres that of `initdb`, beside which the server lies).
 * @throws with one line that says what to install.
 */
export function provide<Name extends ServiceName>(services: readonly Name[]): Record<Name, string> {
  const absent = services.filter((service) => findInstalled(service) === null);
  if (absent.length > 0) install(absent);
  const stillAbsent = services.filter((service) => findInstalled(service) === null);
  if (stillAbsent.length > 0) throw new Error(missing(stillAbsent));
  return Object.fromEntries(services.map((service) => [service, findInstalled(service)])) as Record<Name, string>;
}

interface PackageManager {
  command: string;
  packages: Record<ServiceName, string>;
  /** For `sh`, with the packages as its arguments. */
  script: string;
  needsRoot: boolean;
}

/**
 * While Debian's packages are installed, policy-rc.d tells their scripts not to start the services: the tests start
 * their own, and nobody who runs tests wants a Redis on the default port.
 */
const APT_SCRIPT = `
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > "$policy" && chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -qq -o DPkg::Lock::Timeout=120 update &&
apt-get -qq -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"`;

const PACKAGE_MANAGERS: PackageManager[] = [
  { command: 'apt-get', packages: DEBIAN_PACKAGES, script: APT_SCRIPT, needsRoot: true },
  {
    command: 'dnf',
    packages: {
      redis: 'redis',
      postgres: 'postgresql-server',
      chromium: 'chromium',
      mesa: 'mesa-vulkan-drivers',
    },
    script: 'dnf install -y -q "$@"',
    needsRoot: true,
  },
  {
    command: 'apk',
    packages: { redis: 'redis', postgres: 'postgresql', chromium: 'chromium', mesa: 'mesa-vulkan-swrast' },
    script: 'apk add -q "$@"',
    needsRoot: true,
  },
  {
    command: 'brew',
    packages: { redis: 'redis', postgres: 'postgresql@17', chromium: 'chromium', mesa: 'mesa' },
    script: 'brew install -q "$@"',
    needsRoot: false,
  },
];

/** Tries to install the services. Reports no failure: the caller looks again, and names what is still missing. */
function install(services: readonly ServiceName[]): void {
  const manager = PACKAGE_MANAGERS.find(({ command }) => succeeds('sh', ['-c', `command -v ${command}`]));
  if (manager === undefined) return;
  const asRoot = manager.needsRoot && process.getuid?.() !== 0 ? ['sudo', '-n'] : [];
  if (asRoot.length > 0 && !succeeds('sudo', ['-n', 'true'])) return;
  const packages = services.map((service) => manager.packages[service]);
  console.log(`Installing ${packages.join(', ')} with ${manager.command}, which the tests need …`);
  const [command = 'sh', ...rest] = [...asRoot, 'sh', '-c', manager.script, 'install', ...packages];
  const { status, stderr } = spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (status !== 0) console.error(stderr);
}

function succeeds(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

if (import.meta.main) {
  try {
    for (const [service, path] of Object.entries(provide(NEEDS))) {
      console.log(`${service}: ${path}`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
