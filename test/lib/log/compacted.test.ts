// A log that begins in the middle answers as the whole log does, for all that it still has.

import test from 'tape';
import type { Random } from '../../../lib/cluster/random.ts';
import { randomFrom } from '../../../lib/cluster/random.ts';
import type { Entry } from '../../../lib/log/log.ts';
import { Log } from '../../../lib/log/log.ts';

/** Entries with terms that rise slowly, 1 1 1 1 1 1 1 2 2 …; the command tells the index. */
const entries = (count: number, from = 1): Entry[] =>
  Array.from({ length: count }, (_, offset) => from + offset).map((index) => ({
    term: Math.ceil(index / 7),
    command: `x=${index}`,
  }));

/** A log inside and out, chunks and all, as text: equal logs are equal in all they hold. */
const inside = (log: Log) => JSON.stringify(Object.entries(log));

/** Places around the ends of the chunks of 128. */
const places = [1, 5, 127, 128, 129, 255, 256, 257, 300];

const compacted = (whole: Log, index: number) => whole.compactedTo(index, whole.termAt(index) ?? 0);

test('what is left of a log is where it was, and what is discarded is gone', (t) => {
  const whole = Log.of(entries(300));
  for (const edge of places) {
    const log = compacted(whole, edge);
    const term = whole.termAt(edge);
    t.deepEqual(
      [log.lastIndex, log.lastTerm, log.lastIncludedIndex, log.lastIncludedTerm],
      [300, whole.lastTerm, edge, term],
      `discarded up to ${edge}: it ends where it ended`,
    );
    t.deepEqual(
      [log.entryAt(edge), log.termAt(edge), log.termAt(edge - 1), log.entryAt(0)],
      [undefined, term, undefined, undefined],
      'of the last entry that is gone, the term is known; of those before, nothing',
    );
    const same = [edge + 1, edge + 2, 299, 300, 301].filter((index) => index > edge);
    t.deepEqual(
      same.map((index) => log.entryAt(index)),
      same.map((index) => whole.entryAt(index)),
    );
    t.deepEqual(log.entriesFrom(1), whole.entriesFrom(edge + 1), 'no entry that is gone is sent');
    t.equal(inside(Log.of(log.toJSON())), inside(log), 'written and read it is the same');
  }
  t.deepEqual(Log.of(entries(3)).toJSON(), entries(3), 'a whole log is written as a plain list');
  t.end();
});

test('a log that is compacted beyond its end is empty, and goes on from there', (t) => {
  for (const edge of places) {
    const log = Log.of(entries(3)).compactedTo(edge + 3, 9);
    t.deepEqual([log.lastIndex, log.lastTerm, log.entriesFrom(1)], [edge + 3, 9, []]);
    const longer = log.append([{ term: 10, command: 'y=1' }]);
    t.deepEqual(
      [longer.lastIndex, longer.termAt(edge + 3), longer.entryAt(edge + 4)?.command],
      [edge + 4, 9, 'y=1'],
    );
    t.equal(inside(longer.upTo(0)), inside(log), 'and cut back to nothing it is what it was');
  }
  t.end();
});

test('the first and the last index of a term are looked for in what is left', (t) => {
  const log = compacted(Log.of(entries(30)), 10);
  t.deepEqual(
    [1, 2, 3, 5, 6].map((term) => [log.firstIndexOf(term), log.lastIndexOf(term)]),
    [
      [0, 0],
      [11, 14],
      [15, 21],
      [29, 30],
      [0, 0],
    ],
    'term 1 is gone, and term 2 begins after the edge',
  );
  const atTheEdge = compacted(Log.of(entries(30)), 14);
  t.deepEqual(
    [atTheEdge.firstIndexOf(2), atTheEdge.lastIndexOf(2)],
    [0, 14],
    'a term may end just at the edge, where it is known',
  );
  t.end();
});

test('two logs are compared from where both begin', (t) => {
  const whole = Log.of(entries(300));
  for (const edge of places) {
    const log = compacted(whole, edge);
    t.equal(log.firstDifference(whole), 301, `the same from ${edge} on`);
    t.equal(whole.firstDifference(log), 301);
    t.equal(log.firstDifference(whole.compactedTo(edge, 99)), edge, 'but for the term at the edge');
    const other = whole.upTo(edge).append([{ term: 99, command: 'y=1' }]);
    t.equal(other.firstDifference(log), Math.min(edge + 1, 301), 'and but for the next entry');
    t.equal(
      Log.of(entries(edge - 1)).firstDifference(log),
      edge,
      'a log that ends before it differs there',
    );
  }
  t.end();
});

test('a log may hold what is discarded, and no other entry than it has', (t) => {
  const log = compacted(Log.of(entries(30)), 10);
  t.deepEqual(
    [
      log.mayHold(9, 99),
      log.mayHold(10, 2),
      log.mayHold(10, 1),
      log.mayHold(11, 2),
      log.mayHold(31, 5),
    ],
    [true, true, false, true, false],
  );
  t.end();
});

/** The same change to a whole log and to one that was compacted; neither cuts what is discarded. */
function change(whole: Log, part: Log, random: Random): readonly [Log, Log] {
  const edge = part.lastIncludedIndex;
  if (random.chance(0.3)) {
    const index = random.between(edge, whole.lastIndex);
    return [whole, part.compactedTo(index, whole.termAt(index) ?? 0)];
  }
  if (random.chance(0.3)) {
    const index = random.between(edge, whole.lastIndex);
    return [whole.upTo(index), part.upTo(index)];
  }
  const more = entries(random.between(0, 60), whole.lastIndex + 1);
  return [whole.append(more), part.append(more)];
}

test('100 random lives of a log give the same whether it is compacted on the way or not', (t) => {
  let longest = 0;
  for (let seed = 0; seed < 100; seed++) {
    const random = randomFrom(seed);
    let [whole, part] = [Log.empty, Log.empty];
    for (let count = 0; count < 30; count++) {
      [whole, part] = change(whole, part, random);
      const expected = compacted(whole, part.lastIncludedIndex);
      if (inside(part) !== inside(expected)) t.fail(`seed ${seed}, change ${count}`);
      if (part.firstDifference(whole) <= whole.lastIndex) t.fail(`seed ${seed}: a difference`);
    }
    longest = Math.max(longest, whole.lastIndex);
  }
  t.ok(longest > 2 * 128, `the longest has ${longest} entries`);
  t.end();
});
