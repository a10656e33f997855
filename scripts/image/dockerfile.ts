export interface Instruction {
  /** `COPY`, in capitals. */
  name: string;
  /** `--from=build` is `{from: 'build'}`. */
  flags: Record<string, string>;
  /** What follows the flags, on one line. */
  text: string;
}

export interface Stage {
  name: string;
  /** Of an image, or of a stage before. */
  from: string;
  instructions: Instruction[];
}

/** Reads a Dockerfile whose stages all have names. */
export function readDockerfile(text: string): Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '');
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    const stage = name === 'FROM' ? /^(\S+) AS (\S+)$/.exec(rest) : null;
    if (stage !== null) stages.push({ from: stage[1]!, name: stage[2]!, instructions: [] });
    else stages.at(-1)?.instructions.push(readInstruction(name, rest));
  }
  return stages;
}

function readInstruction(name: string, rest: string): Instruction {
  const [flagsText = ''] = /^(--\S+\s+)*/.exec(rest) ?? [];
  const flags = [...flagsText.matchAll(/--([\w-]+)=(\S+)/g)].map(([, key, value]) => [key!, value!] as const);
  return { name, flags: Object.fromEntries(flags), text: rest.slice(flagsText.length) };
}

/** The stage's own instructions after those of the stages that it is made from. */
export function allInstructions(stages: readonly Stage[], name: string): Instruction[] {
  const stage = stages.find((each) => each.name === name);
  return stage === undefined ? [] : [...allInstructions(stages, stage.from), ...stage.instructions];
}
