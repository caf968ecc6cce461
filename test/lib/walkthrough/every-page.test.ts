// What holds for every page of the project: it is up to date and complete, and no link leads nowhere. Of the pages and
// diagrams of runs, which are all made in the same way, a part is made and read here, and all by `npm run test:long`.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { pageFile } from '../../../lib/walkthrough/links.ts';
import { pageFiles } from '../../../tools/pages.ts';
import { root } from '../../../tools/root.ts';
import { staleFiles } from '../../../tools/walkthroughs.ts';
import { nameOf, recorded } from '../../support.ts';
import { areFresh, generated, someOf } from './generated.ts';
import { leadSomewhere, read, readAsMeant } from './pages-read.ts';

const runs = recorded.map(({ trace }) => pageFile(trace.header));
/** The lessons, the lists, and some runs. */
const sample = someOf(pageFiles());

test('a generated file is as the code and the traces make it, and none is left over', async (t) => {
  const files = await generated();
  await areFresh(t, someOf(files.keys()));
  for (const file of files.keys()) t.ok(existsSync(join(root, file)), file);
  t.deepEqual(staleFiles(files), [], 'none is left over; otherwise: npm run walkthroughs');
});

test('every chapter has its lesson, and every run its page', (t) => {
  const pages = new Set(pageFiles());
  for (const { name } of chapters) t.ok(pages.has(`chapters/${name}/README.md`), name);
  for (const run of runs) t.ok(pages.has(run), run);
  t.end();
});

test('every link leads to a file, and to an anchor in it', (t) => {
  leadSomewhere(t, sample);
  t.end();
});

test('every step of a run is on its page, once and in order, and no other', (t) => {
  for (const each of recorded) {
    const anchors = [...read(pageFile(each.trace.header)).matchAll(/<a id="step-(\d+)"><\/a>/g)];
    t.deepEqual(
      anchors.map(([, step]) => Number(step)),
      each.trace.steps.map(({ step }) => step),
      nameOf(each),
    );
  }
  t.end();
});

test('every table on a page is a table, and no markup is left over as text', (t) => {
  readAsMeant(t, sample);
  t.end();
});
