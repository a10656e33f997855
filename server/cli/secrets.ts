import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { OperatorError } from '../operator-error.ts';

/** What `docker-compose.yml` does not start without. */
const COMPOSE_SECRETS = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD'] as const;

/** 256 bits, as letters that need no escaping in a URL, a shell or an `.env` file. */
const SECRET_BYTES = 32;

export function secretsCommand(): Command {
  return new Command('secrets')
    .description('write the passwords that docker compose needs')
    .option('--out <file>', 'where to: a new file that only you can read; "-" prints them', '.env')
    .action(async ({ out }: { out: string }) => {
      const lines = COMPOSE_SECRETS.map((name) => `${name}=${randomBytes(SECRET_BYTES).toString('base64url')}\n`);
      if (out === '-') {
        process.stdout.write(lines.join(''));
        return;
      }
      await writeNewFile(out, lines.join(''));
      console.log(`${out} has ${COMPOSE_SECRETS.join(' and ')}. Keep it: the database opens with nothing else.`);
    });
}

/** @throws OperatorError when there is such a file: databases may have been made with the passwords in it. */
async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new OperatorError(
      code === 'EEXIST'
        ? `${path} is there already and stays as it is, since its passwords may be in use: "--out -" prints new ones to be added by hand`
        : `${path} cannot be written: ${message}`,
      { cause },
    );
  }
}
