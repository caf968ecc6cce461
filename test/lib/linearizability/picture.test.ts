// A contradiction as a picture and as text, against the files that show what they should look like.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'tape';
import type { Operation } from '../../../lib/linearizability/history.ts';
import { keyValues } from '../../../lib/linearizability/key-values.ts';
import { linearizable } from '../../../lib/linearizability/linearizable.ts';
import { pictureOf } from '../../../lib/walkthrough/diagram/history.ts';
import { textOf } from '../../../lib/linearizability/text.ts';
import type { Scene } from '../../../lib/linearizability/timeline.ts';
import { sceneOf } from '../../../lib/linearizability/timeline.ts';
import type { KeyValues } from '../../../lib/machine/key-value.ts';
import { Picture } from '../walkthrough/picture.ts';
import { historyOf } from './histories.ts';

/** A history with everything in it that a picture can show. */
const history = historyOf(
  'K1 x=1 from 1 to 4 told 1',
  'K3 x+=2 from 3',
  'K1 x=2 if 1 from 6 to 9 told yes',
  'K3 x? from 7 to 10 told 12',
  'K2 x? from 15 to 26 told 1',
);

function contradiction(history: readonly Operation[]): Scene<KeyValues> {
  const verdict = linearizable(history, keyValues);
  if (verdict.linearizable) throw new Error('expected a contradiction');
  return sceneOf(keyValues, verdict);
}

const golden = (file: string) => readFileSync(join(__dirname, file), 'utf8');

test('the picture of a contradiction is the one that was looked at', (t) => {
  t.equal(pictureOf(contradiction(history)), golden('contradiction.svg'));
  t.end();
});

test('so is its text', (t) => {
  t.equal(`${textOf(contradiction(history))}\n`, golden('contradiction.txt'));
  t.end();
});

test('the picture says what it shows, also to those who do not see it', (t) => {
  const picture = new Picture(pictureOf(contradiction(history)));
  const text = (name: string) => picture.elements.find((each) => each.name === name)?.text;
  t.equal(picture.root.attributes.role, 'img');
  t.equal(picture.root.attributes['aria-labelledby'], 'title desc');
  t.equal(text('title'), 'Not linearizable: what clients were told about x');
  t.ok(
    text('desc')?.includes(
      'K3.1, x+=2, since 3, never answered. K1.2, x=2 if 1 → yes, from 6 to 9.',
    ),
  );
  t.ok(text('desc')?.endsWith('although K1 was told that x=2 if 1 is done (K1.2) meanwhile.'));
  t.end();
});

test('bars of one client never overlap, and each holds its words', (t) => {
  const scene = { machine: keyValues, title: 'All', says: '', operations: history };
  const picture = new Picture(pictureOf(scene));
  const bars = picture.elements.filter(({ attributes }) => 'data-operation' in attributes);
  t.equal(bars.length, history.length);
  const rows = new Map<string, number>();
  for (const { attributes, children } of bars) {
    const [bar, , label] = children;
    const y = label?.attributes.y ?? '';
    if (bar?.name !== 'rect') continue;
    const start = Number(bar.attributes.x);
    t.ok(start > (rows.get(y) ?? 0), `${attributes['data-operation']} begins after the one before`);
    rows.set(y, start + Number(bar.attributes.width));
    t.ok(
      Number(label?.attributes.x) < start + Number(bar.attributes.width),
      'its words are inside',
    );
  }
  t.end();
});

test('an operation that is answered at the step of its request has a bar as well', (t) => {
  const operations = historyOf('K1 x? from 7 to 7 told none', 'K1 x? from 8 to 8 told none');
  const scene = { machine: keyValues, title: 'Two reads', says: 'Both at once.', operations };
  t.deepEqual(textOf(scene).split('\n').slice(2, 4), [
    '    7                    8',
    'K1  ├─ K1.1 x? → none ─┤ ├─ K1.2 x? → none ─┤',
  ]);
  t.end();
});
