// The README names what there is: every folder of lib/, every command, every package, and no more.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'tape';
import { root } from '../tools/root.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts, devDependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
) as Record<'scripts' | 'devDependencies', Record<string, string>>;

/** All that stands between backquotes in the first column of the README's tables. */
const firstColumn = [...readme.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`(.*?)`/g)].map(([, name = '']) => name),
);

test('the README says what each folder of lib is for', (t) => {
  const named = firstColumn.filter((name) => name.startsWith('lib/'));
  t.deepEqual(
    named.sort(),
    readdirSync(join(root, 'lib'))
      .map((name) => `lib/${name}`)
      .sort(),
  );
  t.end();
});

test('the README says what each command does', (t) => {
  const named = firstColumn
    .map((command) => /^npm (?:run )?([\w:]+)/.exec(command)?.[1])
    .filter((name) => name !== undefined);
  t.deepEqual([...new Set(named)].sort(), Object.keys(scripts).sort());
  t.end();
});

test('the README says why each package is there', (t) => {
  const packages = Object.keys(devDependencies);
  const named = firstColumn.filter((name) => packages.includes(name));
  t.deepEqual(named.sort(), packages.sort());
  t.end();
});
