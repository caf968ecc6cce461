// Writes a file whole or not at all, so that a grader that is killed leaves the results it had.

import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Replaces the file by this text at one instant. Throws when it cannot, and then the file is what it was. */
export function writeWhole(file: string, text: string): void {
  const beside = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    // `wx`: never through a file or a link that someone else put there.
    writeFileSync(beside, text, { flag: 'wx' });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
