import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { readDockerIgnore } from './docker-ignore.ts';
import { allInstructions, type Instruction, readDockerfile, type Stage } from './dockerfile.ts';

/** What `docker build` would make of one stage, as a folder of this machine. */
export interface FolderImage {
  /** The image's root. */
  root: string;
  workdir: string;
  env: Record<string, string>;
  user: { uid: number; gid: number };
  command: string[];
  healthcheck: string[];
  /** `RUN`s that would change this machine, and so were not run. */
  notRun: string[];
}

/**
 * Follows the Dockerfile where there is no engine: `COPY` copies what .dockerignore lets through, and `RUN npm …` runs, on
 * this machine's system and Node instead of the base image's.
 * @param scratch an empty folder for the stages. @throws when a command fails.
 */
export function buildFolder(context: string, target: string, scratch: string): FolderImage {
  const stages = readDockerfile(readFileSync(join(context, 'Dockerfile'), 'utf8'));
  const isIgnored = readDockerIgnore(readFileSync(join(context, '.dockerignore'), 'utf8'));
  const built = new Map<string, string>();
  const notRun: string[] = [];

  const build = (name: string): string => {
    const known = built.get(name);
    if (known !== undefined) return known;
    const stage = stages.find((each) => each.name === name);
    if (stage === undefined) throw new Error(`the Dockerfile has no stage "${name}"`);
    const root = join(scratch, name);
    if (stages.some((each) => each.name === stage.from)) link(build(stage.from), root);
    else mkdirSync(root);
    built.set(name, root);
    const workdir = join(root, workdirOf(stages, stage));
    mkdirSync(workdir, { recursive: true });
    for (const { name: kind, flags, text } of stage.instructions) {
      if (kind === 'COPY' && flags['from'] !== undefined) copyFromStage(build(flags['from']), text, workdir);
      if (kind === 'COPY' && flags['from'] === undefined) copyFromContext(context, isIgnored, text, workdir);
      if (kind === 'RUN' && text.startsWith('npm ')) run(text, workdir);
      if (kind === 'RUN' && !text.startsWith('npm ')) notRun.push(text);
    }
    return root;
  };

  const root = build(target);
  const instructions = allInstructions(stages, target);
  const last = (kind: string): string => instructions.findLast(({ name }) => name === kind)?.text ?? '';
  const [uid = 0, gid = 0] = last('USER').split(':').map(Number);
  return {
    root,
    workdir: join(root, last('WORKDIR')),
    env: environmentOf(instructions),
    user: { uid, gid },
    command: JSON.parse(last('CMD')),
    healthcheck: JSON.parse(last('HEALTHCHECK').replace(/^CMD /, '')),
    notRun,
  };
}

function workdirOf(stages: readonly Stage[], stage: Stage): string {
  return allInstructions(stages, stage.name).findLast(({ name }) => name === 'WORKDIR')?.text ?? '/';
}

function environmentOf(instructions: readonly Instruction[]): Record<string, string> {
  const assignments = instructions.filter(({ name }) => name === 'ENV').flatMap(({ text }) => text.split(/\s+/));
  return Object.fromEntries(assignments.map((each) => each.split(/=(.*)/, 2)));
}

function copyFromContext(context: string, isIgnored: (path: string) => boolean, text: string, workdir: string): void {
  const { sources, target } = copyOperands(text, workdir);
  for (const source of sources) {
    cpSync(join(context, source), placeOf(join(context, source), target), {
      recursive: true,
      filter: (path) => path === context || !isIgnored(relative(context, path)),
    });
  }
}

function copyFromStage(root: string, text: string, workdir: string): void {
  const { sources, target } = copyOperands(text, workdir);
  for (const source of sources) link(join(root, source), placeOf(join(root, source), target));
}

function copyOperands(text: string, workdir: string): { sources: string[]; target: string } {
  const operands = text.split(/\s+/);
  return { sources: operands.slice(0, -1), target: join(workdir, operands.at(-1)!) };
}

/** A file goes into the target folder, of a folder its contents. */
function placeOf(source: string, target: string): string {
  return statSync(source).isDirectory() ? target : join(target, basename(source));
}

/** Stages only add and remove files, so that they may share them. */
function link(source: string, target: string): void {
  const { status, stderr } = spawnSync('cp', ['-al', source, target], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${source} could not be copied: ${stderr}`);
}

function run(command: string, workdir: string): void {
  console.log(`  ${command}`);
  const { status } = spawnSync('sh', ['-ec', command], { cwd: workdir, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`"${command}" failed with status ${status}`);
}
