// Wrapping and cutting: nothing gets lost, and nothing gets wider than it may.

import test from 'tape';
import type { Line } from '../../../lib/stepper/text.ts';
import { cut, hardSpace, line, plainText, widthOf, wrap } from '../../../lib/stepper/text.ts';

const words = 'Vote for the first candidate that asks in this term and for no other one.';

test('a line wraps at its spaces, with every word kept', (t) => {
  for (const width of [12, 20, 40, 80]) {
    const rows = wrap(line(words), width, 2).map(plainText);
    t.ok(rows.every((row) => widthOf(row) <= width));
    t.equal(rows.map((row) => row.trim()).join(' '), words);
    t.ok(rows.slice(1).every((row) => /^ {2}\S/.test(row)));
  }
  t.end();
});

test('a word that is wider than the screen is broken, not lost', (t) => {
  const rows = wrap(line('x'.repeat(25)), 10, 2).map(plainText);
  t.same(rows, ['x'.repeat(10), '  ' + 'x'.repeat(8), '  ' + 'x'.repeat(7)]);
  t.end();
});

test('a screen too narrow for a single character still ends', (t) => {
  t.equal(wrap(line('世界'), 1).map(plainText).join('').trim(), '世界');
  t.end();
});

test('a hard space does not break and is shown as a space', (t) => {
  const rows = wrap(line(`one m12${hardSpace}A→B`), 10).map(plainText);
  t.same(rows, ['one', 'm12 A→B']);
  t.end();
});

test('styles survive wrapping', (t) => {
  const styled: Line = [...line('plain words '), { text: 'changed words', style: 'changed' }];
  const rows = wrap(styled, 12);
  t.same(
    rows.map((row) => row.map(({ style }) => style)),
    [['plain'], ['changed'], ['changed']].slice(0, rows.length),
  );
  t.end();
});

test('a line that is cut says so, and wide characters count twice', (t) => {
  t.equal(plainText(cut(line('candidate'), 9)), 'candidate');
  t.equal(plainText(cut(line('candidate'), 6)), 'candi…');
  t.equal(widthOf('世界 e\u0301'), 6);
  t.equal(plainText(cut(line('世界'), 3)), '世…');
  t.end();
});

test('control characters are replaced, line breaks are spaces', (t) => {
  t.equal(plainText(line('a\u001b[2Jb\nc')), 'a\ufffd[2Jb c');
  t.end();
});
