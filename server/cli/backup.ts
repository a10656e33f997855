import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { applyDeletions } from '../backup/apply-deletions.ts';
import { readDeletions } from '../backup/known-deletions.ts';
import { makeBackup } from '../backup/make-backup.ts';
import type { Manifest } from '../backup/manifest.ts';
import type { Place } from '../backup/place.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { readConfig } from '../config.ts';
import { openCommandLog } from '../logging/log.ts';
import { OperatorError } from '../operator-error.ts';
import { printJson, printLine } from './output.ts';

export function backupCommand(): Command {
  return new Command('backup')
    .description(
      'write all that is kept (events, prices, jobs, models, shops, keys, secrets) into one file, also while a server runs',
    )
    .argument('<file>', 'a new .tar.gz, readable by its owner only')
    .option('--json', 'print its list of contents', false)
    .action(async (file: string, flags: { json: boolean }) => {
      const config = readConfig();
      const manifest = await untilStopped('stopped; no backup was written', (signal) =>
        makeBackup(config, file, packageJson.version, { signal }),
      );
      if (flags.json) printJson(manifest);
      else printLine(`${file} holds ${describe(manifest)}. It contains secrets and what people did: keep it safe.`);
    });
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('restore a backup into an empty data folder (MAGPIE_DATA_DIR) and an empty database (DATABASE_URL)')
    .argument('<file>')
    .option(
      '--deleted-of <place>',
      'delete whom the installation in use until now knows to be deleted since: its data folder, its DATABASE_URL, or both (may be repeated)',
      (place: string, places: string[]) => [...places, place],
      [],
    )
    .option('--json', 'print its list of contents', false)
    .action(async (file: string, flags: { deletedOf: string[]; json: boolean }) => {
      const config = readConfig();
      const known = flags.deletedOf.length === 0 ? null : await readDeletions(flags.deletedOf);
      let nDeleted = 0;
      const prepare = async (restored: Place): Promise<void> => {
        nDeleted = await applyDeletions(restored, known, openCommandLog(config.log));
      };
      const manifest = await untilStopped('stopped; nothing was restored', (signal) =>
        restoreBackup(file, config, prepare, { signal }),
      );
      if (flags.json) return printJson({ ...manifest, shoppers_deleted: nDeleted });
      const deleted =
        known === null
          ? ' Who was deleted since then is in it again: to keep them deleted, restore with --deleted-of FOLDER.'
          : ` Shoppers who were deleted since and are gone from it: ${nDeleted}.`;
      printLine(`${config.dataDir} has ${describe(manifest)}, as of ${manifest.made_at}.${deleted}`);
    });
}

/** What SIGINT or SIGTERM stops leaves no copy of what people did behind. @throws OperatorError that says so */
async function untilStopped<T>(saying: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new OperatorError(saying));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    return await work(stop.signal);
  } catch (error) {
    // A pipeline that was stopped throws an error of its own.
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

function describe({ files, rows }: Manifest): string {
  const nRows = Object.values(rows).flatMap((tables) => Object.values(tables));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return `${nRows.reduce((sum, count) => sum + count, 0)} rows and ${files.length} files (${(bytes / 1e6).toFixed(1)} MB)`;
}
