import { open } from 'node:fs/promises';

/** Has a folder's entries on the disk, so that a power cut leaves no file without its name. Windows does so by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
