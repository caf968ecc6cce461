// Imports point one way: no folder of lib needs, by way of others, a folder that needs it.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'tape';
import { within } from '../tools/pages.ts';
import { root } from '../tools/root.ts';

/** For each folder of lib, the others from which its files import. */
function importsOf(files: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of files) {
    const folder = folderOf(file);
    const others = found.get(folder) ?? new Set<string>();
    for (const [, path = ''] of readFileSync(join(root, file), 'utf8').matchAll(/from '(\..+)'/g)) {
      const other = folderOf(join(dirname(file), path));
      if (other !== folder) others.add(other);
    }
    found.set(folder, others);
  }
  return found;
}

/** `lib/log`, for a file at any depth below it. */
const folderOf = (file: string): string => file.split('/').slice(0, 2).join('/');

/** A way that leads from a folder back to it; undefined when there is none. */
function circleFrom(
  start: string,
  imports: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | undefined {
  const waiting: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (const way of waiting) {
    for (const next of imports.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return [...way, next];
      if (!seen.has(next)) waiting.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

test('no folder of lib needs a folder that needs it', (t) => {
  const imports = importsOf(within('lib').filter((file) => file.endsWith('.ts')));
  t.ok(imports.size > 10, `${imports.size} folders`);
  for (const folder of imports.keys()) {
    t.equal(circleFrom(folder, imports)?.join(' → '), undefined, folder);
  }
  t.end();
});
