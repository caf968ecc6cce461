// Every page read as a browser reads it, here and in the website.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import test from 'tape';
import { filesUnder, pageFiles } from '../../tools/pages.ts';
import { buildSite } from '../../tools/site.ts';
import { areFresh, generated } from '../lib/walkthrough/generated.ts';
import { leadSomewhere, readAsMeant } from '../lib/walkthrough/pages-read.ts';

const pages = pageFiles();

test('every generated file is as the code and the traces make it', async (t) => {
  await areFresh(t, [...(await generated()).keys()]);
});

test('every link of every page leads to a file, and to an anchor in it', (t) => {
  leadSomewhere(t, pages);
  t.end();
});

test('every table on every page is a table, and no markup is left over as text', (t) => {
  readAsMeant(t, pages);
  t.end();
});

/** What a browser shows; it would offer to save anything else. */
const isShown = /\.(html|css|svg)$/;

test('in the website every link leads to a file, and to an anchor in it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'raft-site-'));
  buildSite(folder);
  const files = new Set(filesUnder(folder));
  const shown = new Map(
    [...files]
      .filter((file) => file.endsWith('.html'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
  t.ok(shown.size >= pages.length, 'every page is there');
  t.ok(shown.has('index.html'), 'the README is the first page');
  const idsIn = new Map(
    [...shown].map(([file, text]) => [
      file,
      new Set([...text.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id)),
    ]),
  );
  for (const [file, text] of shown) {
    const broken = [...text.matchAll(/\b(?:href|src)="([^"]+)"/g)]
      .map(([, address = '']) => address)
      .filter((address) => !/^[a-z]+:/.test(address))
      .filter((address) => {
        const [path = '', anchor] = address.split('#');
        const target = path === '' ? file : posix.join(posix.dirname(file), path);
        if (!files.has(target) || !isShown.test(target)) return true;
        return anchor !== undefined && !idsIn.get(target)?.has(anchor);
      });
    t.deepEqual(broken, [], file);
  }
  rmSync(folder, { recursive: true });
  t.end();
});
