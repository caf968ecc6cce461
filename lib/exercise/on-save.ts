// Tells when a file is saved, also by an editor that writes another file and renames it.

import { readdirSync, statSync, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** An editor does several things in one save; this many wall milliseconds without one, and it is done. */
const quiet = 30;

/**
 * Calls `saved` each time that the file, or another TypeScript file in its folder, was saved. Gives a
 * function that ends it.
 */
export function onSave(file: string, saved: () => void): () => void {
  const folder = dirname(resolve(file));
  let known = fingerprint(folder);
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const now = fingerprint(folder);
    if (now === known) return;
    known = now;
    saved();
  };
  const watcher = watch(folder, (_, name) => {
    if (name !== null && !name.endsWith('.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(look, quiet);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

/** Changes whenever a TypeScript file of the folder is saved. */
function fingerprint(folder: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return names
    .map((name) => {
      const stat = statSync(join(folder, name), { throwIfNoEntry: false });
      return stat ? `${name} ${stat.ino} ${stat.mtimeMs} ${stat.size}` : '';
    })
    .join('\n');
}
