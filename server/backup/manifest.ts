import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** Raised when an older Magpie could not restore it. */
export const BACKUP_FORMAT = 1;

/** Where it stands in the archive: first, so that what follows can be checked as it is read. */
export const MANIFEST_PATH = 'magpie-backup.json';

export const manifestSchema = z.object({
  format: z.number(),
  magpie: z.string(),
  made_at: z.string(),
  /** Rows by file and table, of each file that is a database or the dump of one. */
  rows: z.record(z.string(), z.record(z.string(), z.number())),
  /** All files of the archive but this one, in its order. Paths are those in the data folder, with `/`. */
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
