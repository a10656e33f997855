/**
 * Adds an entry to package-lock.json for every optional platform package that a dependency names but the lock lacks.
 *
 * npm leaves such entries out when the registry at hand does not carry another platform's binary, and `npm ci` then
 * refuses the lock ("Missing: … from lock file"). Run after each change of dependencies: `npm run lock`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface LockEntry {
  version?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
}

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, LockEntry> };
const present = new Set(Object.keys(lock.packages).map((key) => key.replace(/^.*node_modules\//, '')));

const OPERATING_SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const CPUS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** The platform that a binary package's name ends in, e.g. `@rollup/rollup-linux-arm64-musl` → linux, arm64. */
function platformOf(name: string): { os: string[]; cpu: string[] } {
  const words = name.split(/[-/]/);
  const os = OPERATING_SYSTEMS.filter((word) => words.includes(word));
  const cpu = CPUS.filter((word) => words.includes(word));
  // A name without a platform we know is kept off every machine: the real one was not in the registry.
  return { os: os.length > 0 ? os : ['none'], cpu: cpu.length > 0 ? cpu : ['none'] };
}

const added: string[] = [];
for (const entry of Object.values(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (present.has(name)) continue;
    const version = /\d+\.\d+\.\d+\S*/.exec(range)?.[0];
    if (!version) throw new Error(`complete-lockfile: cannot read a version from ${name}@${range}`);
    lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), optional: true };
    present.add(name);
    added.push(name);
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added.length} entries added`);
