// Marked regions of a lesson, and the code that fills them.

import { dirname } from 'node:path';
import test from 'tape';
import type { Filler } from '../../../lib/walkthrough/regions.ts';
import { fillRegions } from '../../../lib/walkthrough/regions.ts';
import { chapters } from '../../../chapters/chapters.ts';
import { exportedSource, ruleSources, topicFile } from '../../../tools/source.ts';

const fillers: Record<string, Filler> = {
  rules: () => ['one', 'two'],
  code: (argument) => {
    if (argument === undefined) throw new Error('which code?');
    return [`the code of ${argument}`];
  },
};
const fill = (...lines: string[]) =>
  fillRegions(lines.join('\n'), 'lesson.md', fillers).split('\n');

test('a region is filled, whatever it held before, and all else stays', (t) => {
  const filled = ['# Title', '<!-- rules -->', '', 'one', 'two', '', '<!-- /rules -->', 'The end.'];
  t.deepEqual(fill('# Title', '<!-- rules -->', '<!-- /rules -->', 'The end.'), filled);
  t.deepEqual(fill('# Title', '<!-- rules -->', 'old', '<!-- /rules -->', 'The end.'), filled);
  t.deepEqual(fill(...filled), filled, 'filling it again changes nothing');
  t.end();
});

test('a marker hands on what follows its colon', (t) => {
  t.ok(fill('<!-- code: a.ts b -->', '<!-- /code -->').includes('the code of a.ts b'));
  t.end();
});

test('a marker in a code block, or in the middle of a line, is no marker', (t) => {
  const lines = ['```', '<!-- rules -->', '```', 'Write `<!-- rules -->` here.'];
  t.deepEqual(fill(...lines), lines);
  t.end();
});

test('a wrong marker is an error with the file and the line', (t) => {
  t.throws(() => fill('', '<!-- wrong -->', '<!-- /wrong -->'), /^Error: lesson\.md:2: .*wrong/);
  t.throws(() => fill('<!-- rules -->', 'text'), /lesson\.md:1: expected <!-- \/rules -->/);
  t.throws(
    () => fill('<!-- rules -->', '<!-- code: x -->', '<!-- /code -->', '<!-- /rules -->'),
    /lesson\.md:1: expected <!-- \/rules -->/,
  );
  t.throws(() => fill('', '', '<!-- /rules -->'), /lesson\.md:3: nothing is open/);
  t.throws(() => fill('<!-- code -->', '<!-- /code -->'), /lesson\.md:1: which code\?/);
  t.end();
});

const text = [
  '// A file.',
  '',
  '/** About it. */',
  'export const first = { a: 1 };',
  '',
  '// No comment of the export.',
  '',
  'export function second() {',
  '  return 2;',
  '}',
  'export interface Third { a: string }',
  'const hidden = 3;',
].join('\n');

test('the source of an export is its text with its comment, and nothing around it', (t) => {
  t.equal(
    exportedSource(text, 'first', 'x.ts'),
    '/** About it. */\nexport const first = { a: 1 };',
  );
  t.equal(exportedSource(text, 'second', 'x.ts'), 'export function second() {\n  return 2;\n}');
  t.equal(exportedSource(text, 'Third', 'x.ts'), 'export interface Third { a: string }');
  t.throws(() => exportedSource(text, 'hidden', 'x.ts'), /x\.ts has no export named hidden/);
  t.throws(() => exportedSource(text, 'fourth', 'x.ts'), /x\.ts has no export named fourth/);
  t.end();
});

test('the source of a rule is found where it is written, in its own chapter or an earlier one', async (t) => {
  const sourceOf = await ruleSources(chapters);
  for (const { name, node } of chapters) {
    for (const rule of node.rules) {
      const { file, text } = sourceOf(rule);
      const written = rule.refines ? 'refine<' : `name: '${rule.name}'`;
      t.ok(text.startsWith('export const') && text.includes(written), `${name}: ${rule.name}`);
      t.ok(dirname(file) <= dirname(topicFile(name)), 'not in a later chapter');
    }
  }
});
