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

test('rules that did not fire are named up to three, and counted from four on', (t) => {
  const page = read('traces/11-membership/joint-consensus.md');
  const named = [...page.matchAll(/<summary>Also listened, but did not fire: (.*)<\/summary>/g)];
  for (const [, names = ''] of named) t.ok(names.split(/, | and /).length <= 3, names);
  const counted = [...page.matchAll(/<summary>(\d+) more rules listened and did not fire</g)];
  t.ok(counted.length > 0 && counted.every(([, count]) => Number(count) > 3));
  t.end();
});

test('every lesson ends with links to the one before, to all, and to the next', (t) => {
  for (const [index, { name }] of chapters.entries()) {
    const last = read(`chapters/${name}/README.md`).trimEnd().split('\n').at(-3) ?? '';
    const leads = [...last.matchAll(/\]\((.*?)\)/g)].map(([, address]) => address);
    const around = [chapters[index - 1], undefined, chapters[index + 1]];
    const expected = around.flatMap((to, place) =>
      place === 1 ? ['../../README.md#the-chapters'] : to ? [`../${to.name}/README.md`] : [],
    );
    t.deepEqual(leads, expected, name);
  }
  t.end();
});

test('every table on a page is a table, and no markup is left over as text', (t) => {
  readAsMeant(t, sample);
  t.end();
});
