// What holds for every page of the project: it is up to date, complete, and no link leads nowhere.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { pageFile } from '../../../lib/walkthrough/links.ts';
import { addressesOf, anchorsOf, parser } from '../../../tools/markdown.ts';
import { filesUnder, pageFiles } from '../../../tools/pages.ts';
import { root } from '../../../tools/root.ts';
import { buildSite } from '../../../tools/site.ts';
import { staleFiles, textOf } from '../../../tools/walkthroughs.ts';
import { nameOf, recorded } from '../../support.ts';
import { generated } from './generated.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** What the tests need to know of a page. The rest of a parsed page is too much to keep. */
interface Page {
  readonly addresses: readonly string[];
  readonly anchors: ReadonlySet<string>;
  readonly tables: number;
  /** Markup that reads as text. */
  readonly left: readonly string[];
}

const markdown = parser();
const pages = new Map(pageFiles().map((file) => [file, readPage(read(file))]));

test('every generated file is as the code and the traces make it', async (t) => {
  const files = await generated();
  for (const [file, text] of files) {
    t.ok(textOf(file) === text, `${file} is fresh; otherwise: npm run walkthroughs`);
  }
  t.deepEqual(staleFiles(files), [], 'none is left over; otherwise: npm run walkthroughs');
});

test('every chapter has its lesson, and every run its page', (t) => {
  for (const { name } of chapters) t.ok(pages.has(`chapters/${name}/README.md`), name);
  for (const { trace } of recorded) t.ok(pages.has(pageFile(trace.header)));
  t.end();
});

function readPage(text: string): Page {
  const tokens = markdown.parse(text, {});
  return {
    addresses: addressesOf(tokens).filter((address) => !/^[a-z]+:/.test(address)),
    anchors: anchorsOf(tokens),
    tables: tokens.filter(({ type }) => type === 'table_open').length,
    left: tokens
      .flatMap(({ children }) => children ?? [])
      .filter(({ type, content }) => type === 'text' && /\*\*|~~|\]\(|<\/?[a-z]+>/.test(content))
      .map(({ content }) => content),
  };
}

test('every link leads to a file, and to an anchor in it', (t) => {
  for (const [file, { addresses }] of pages) {
    const broken = addresses.filter((address) => !resolves(file, address));
    t.deepEqual(broken, [], file);
  }
  t.end();
});

function resolves(file: string, address: string): boolean {
  const [path = '', anchor] = address.split('#');
  const target = path === '' ? file : posix.join(posix.dirname(file), path);
  const page = pages.get(target);
  if (!page) return anchor === undefined && existsSync(join(root, target));
  return anchor === undefined || page.anchors.has(anchor);
}

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
  for (const [file, { tables, left }] of pages) {
    const written = read(file).match(/^\|( ?:?-+:? ?\|)+$/gm)?.length ?? 0;
    t.equal(tables, written, `${file} has ${written} tables`);
    t.deepEqual(left, [], file);
  }
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
  t.ok(shown.size >= pages.size, 'every page is there');
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
