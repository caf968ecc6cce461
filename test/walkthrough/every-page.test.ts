// What holds for every page of the project: it is up to date, complete, and no link leads nowhere.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { pageFile } from '../../lib/walkthrough/links.ts';
import type { Token } from '../../tools/markdown.ts';
import { addressesOf, anchorsOf, parser } from '../../tools/markdown.ts';
import { filesUnder, pageFiles } from '../../tools/pages.ts';
import { root } from '../../tools/root.ts';
import { buildSite } from '../../tools/site.ts';
import { generatedFiles, staleFiles, textOf } from '../../tools/walkthroughs.ts';
import { nameOf, recorded } from '../support.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const tokensOf = new Map<string, Token[]>(
  pageFiles().map((file) => [file, parser().parse(read(file), {})]),
);

test('every generated file is as the code and the traces make it', async (t) => {
  const files = await generatedFiles();
  for (const [file, text] of files) {
    t.ok(textOf(file) === text, `${file} is fresh; otherwise: npm run walkthroughs`);
  }
  t.deepEqual(staleFiles(files), [], 'none is left over; otherwise: npm run walkthroughs');
});

test('every chapter has its lesson, and every run its page', (t) => {
  for (const { name } of chapters) t.ok(tokensOf.has(`chapters/${name}/README.md`), name);
  for (const { trace } of recorded) t.ok(tokensOf.has(pageFile(trace.header)));
  t.end();
});

test('every link leads to a file, and to an anchor in it', (t) => {
  for (const [file, tokens] of tokensOf) {
    const broken = addressesOf(tokens)
      .filter((address) => !/^[a-z]+:/.test(address))
      .filter((address) => !resolves(file, address));
    t.deepEqual(broken, [], file);
  }
  t.end();
});

function resolves(file: string, address: string): boolean {
  const [path = '', anchor] = address.split('#');
  const target = path === '' ? file : posix.join(posix.dirname(file), path);
  if (!existsSync(join(root, target))) return false;
  const tokens = tokensOf.get(target);
  return anchor === undefined || (tokens !== undefined && anchorsOf(tokens).has(anchor));
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
  for (const [file, tokens] of tokensOf) {
    const tables = tokens.filter(({ type }) => type === 'table_open').length;
    const written = read(file).match(/^\|( ?:?-+:? ?\|)+$/gm)?.length ?? 0;
    t.equal(tables, written, `${file} has ${written} tables`);
    const left = tokens
      .flatMap(({ children }) => children ?? [])
      .filter(({ type, content }) => type === 'text' && /\*\*|\]\(|<\/?[a-z]+>/.test(content));
    t.deepEqual(
      left.map(({ content }) => content),
      [],
      file,
    );
  }
  t.end();
});

/** What a browser shows; it would offer to save anything else. */
const isShown = /\.(html|css|svg)$/;

test('in the website every link leads to a file, and to an anchor in it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'raft-site-'));
  buildSite(folder);
  const pages = new Map(
    filesUnder(folder)
      .filter((file) => file.endsWith('.html'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
  t.ok(pages.size >= tokensOf.size, 'every page is there');
  t.ok(pages.has('index.html'), 'the README is the first page');
  for (const [file, text] of pages) {
    const broken = [...text.matchAll(/\b(?:href|src)="([^"]+)"/g)]
      .map(([, address = '']) => address)
      .filter((address) => !/^[a-z]+:/.test(address))
      .filter((address) => {
        const [path = '', anchor] = address.split('#');
        const target = path === '' ? file : posix.join(posix.dirname(file), path);
        if (!statSync(join(folder, target), { throwIfNoEntry: false })?.isFile()) return true;
        if (!isShown.test(target)) return true;
        return anchor !== undefined && !pages.get(target)?.includes(`id="${anchor}"`);
      });
    t.deepEqual(broken, [], file);
  }
  rmSync(folder, { recursive: true });
  t.end();
});
