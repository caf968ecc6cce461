// The Log does what a plain list of entries would do, whatever its length, and shares what it can.

import type { Test } from 'tape';
import test from 'tape';
import type { Random } from '../../../lib/cluster/random.ts';
import { randomFrom } from '../../../lib/cluster/random.ts';
import type { Entry } from '../../../lib/log/log.ts';
import { Log } from '../../../lib/log/log.ts';

/** Entries with terms that rise slowly: 1 1 1 1 1 1 1 2 2 …; the command tells the index. */
const entries = (count: number, from = 1): Entry[] =>
  Array.from({ length: count }, (_, offset) => from + offset).map((index) => ({
    term: Math.ceil(index / 7),
    command: `x=${index}`,
  }));

/** A log inside and out, chunks and all, as text: equal logs are equal in all they hold. */
const inside = (log: Log) => JSON.stringify(Object.entries(log));

/** Lengths around the ends of the chunks of 128. */
const lengths = [0, 1, 2, 127, 128, 129, 255, 256, 257, 400];

/** What a plain list answers: the same questions, in the simplest words. */
const plain = {
  termAt: (list: readonly Entry[], index: number) => (index === 0 ? 0 : list[index - 1]?.term),
  firstIndexOf: (list: readonly Entry[], term: number) =>
    list.findIndex((entry) => entry.term === term) + 1,
  lastIndexOf: (list: readonly Entry[], term: number) =>
    list.findLastIndex((entry) => entry.term === term) + 1,
  firstConflict(list: readonly Entry[], index: number, others: readonly Entry[]) {
    for (const [offset, { term }] of others.entries()) {
      const mine = list[index - 1 + offset];
      if (mine && mine.term !== term) return index + offset;
    }
    return undefined;
  },
  firstDifference(list: readonly Entry[], other: readonly Entry[]) {
    let index = 1;
    while (
      index <= Math.min(list.length, other.length) &&
      list[index - 1]?.term === other[index - 1]?.term &&
      list[index - 1]?.command === other[index - 1]?.command
    ) {
      index += 1;
    }
    return index;
  },
};

test('a log holds what a list holds, at every length around the ends of its chunks', (t) => {
  for (const length of lengths) {
    const list = entries(length);
    const log = Log.of(list);
    t.deepEqual(log.toJSON(), list, `${length} entries`);
    t.deepEqual([log.lastIndex, log.lastTerm], [length, list.at(-1)?.term ?? 0]);
    t.deepEqual(
      [log.termAt(0), log.termAt(length + 1), log.entryAt(0), log.entryAt(length + 1)],
      [0, undefined, undefined, undefined],
      'term 0 before the first entry, and nothing beyond the last',
    );
  }
  t.end();
});

test('a log grown one by one or by many, and one cut back, are the same as one made at once', (t) => {
  for (const length of lengths) {
    const oneByOne = entries(length).reduce((log, entry) => log.append([entry]), Log.empty);
    t.equal(inside(oneByOne), inside(Log.of(entries(length))), `one by one, ${length}`);
    for (const more of [1, 127, 128, 300]) {
      const longer = Log.of(entries(length)).append(entries(more, length + 1));
      t.equal(inside(longer), inside(Log.of(entries(length + more))), `${more} added to ${length}`);
      t.deepEqual(
        longer.upTo(length),
        Log.of(entries(length)),
        `${length + more} cut to ${length}`,
      );
    }
  }
  t.end();
});

test('appending and cutting leave the earlier log as it was', (t) => {
  for (const length of lengths) {
    const log = Log.of(entries(length));
    log.append([{ term: 99, command: 'new' }]);
    log.upTo(Math.floor(length / 2)).append([{ term: 98, command: 'other' }]);
    t.deepEqual(log.toJSON(), entries(length), `${length} entries`);
  }
  t.end();
});

test('what changes nothing gives back the very same log', (t) => {
  const log = Log.of(entries(200));
  t.equal(log.append([]), log);
  t.equal(log.upTo(200), log);
  t.equal(log.upTo(1000), log);
  t.equal(Log.of(log), log);
  t.deepEqual([log.upTo(0), log.upTo(-1)], [Log.empty, Log.empty], 'before the first entry');
  t.end();
});

test('a log gives out entries from an index on, up to a limit', (t) => {
  const log = Log.of(entries(300));
  t.deepEqual(log.entriesFrom(127, 3), entries(3, 127), 'across the end of a chunk');
  t.deepEqual(log.entriesFrom(299), entries(2, 299), 'up to the end');
  t.deepEqual(log.entriesFrom(299, 9), entries(2, 299), 'no more than there are');
  t.deepEqual([log.entriesFrom(301), log.entriesFrom(1, 0)], [[], []], 'none');
  t.end();
});

test('a log is written as a plain list and read back from it', (t) => {
  const log = Log.of(entries(130));
  const text = JSON.stringify({ log });
  t.equal(text, JSON.stringify({ log: entries(130) }));
  const read = JSON.parse(text) as { log: Entry[] };
  t.deepEqual(Log.of(read.log), log);
  t.end();
});

test('a change of the command or of the term alone is the first difference', (t) => {
  const log = Log.of(entries(300));
  for (const index of [1, 128, 129, 300]) {
    const before = entries(index - 1);
    const after = entries(300 - index, index + 1);
    const term = Math.ceil(index / 7);
    for (const changed of [
      { term, command: 'else' },
      { term: term + 1, command: `x=${index}` },
    ]) {
      const other = Log.of([...before, changed, ...after]);
      t.equal(log.firstDifference(other), index, `${changed.command} of term ${changed.term}`);
    }
  }
  t.equal(log.firstDifference(Log.of(entries(300))), 301, 'equal content in chunks of its own');
  t.end();
});

/** A log and the list that it should equal. */
interface Pair {
  readonly log: Log;
  readonly list: readonly Entry[];
}

/** The pair after one random change; the list is changed in the simplest way. */
function change({ log, list }: Pair, random: Random): Pair {
  if (random.chance(0.3)) {
    const index = random.between(0, list.length + 2);
    return { log: log.upTo(index), list: list.slice(0, index) };
  }
  const term = (list.at(-1)?.term ?? 1) + random.between(0, 2);
  const more = Array.from({ length: random.between(0, 90) }, () => ({
    term,
    command: `${random.pick(['x', 'y'])}=${random.between(1, 9)}`,
  }));
  return { log: log.append(more), list: [...list, ...more] };
}

/** The questions to which the log and the list give different answers. */
function disagreements({ log, list }: Pair, other: Pair, random: Random): string[] {
  const index = random.between(0, list.length + 3);
  const limit = random.between(0, 200);
  const term = random.between(0, (list.at(-1)?.term ?? 0) + 1);
  const from = random.between(1, list.length + 1);
  const some = other.list.slice(from - 1, from + random.between(0, 150));
  const answers: Record<string, [unknown, unknown]> = {
    entries: [log.toJSON(), list],
    lastIndex: [log.lastIndex, list.length],
    lastTerm: [log.lastTerm, list.at(-1)?.term ?? 0],
    entryAt: [log.entryAt(index), list[index - 1]],
    termAt: [log.termAt(index), plain.termAt(list, index)],
    entriesFrom: [log.entriesFrom(from, limit), list.slice(from - 1, from - 1 + limit)],
    firstIndexOf: [log.firstIndexOf(term), plain.firstIndexOf(list, term)],
    lastIndexOf: [log.lastIndexOf(term), plain.lastIndexOf(list, term)],
    firstConflict: [log.firstConflict(from, some), plain.firstConflict(list, from, some)],
    firstDifference: [log.firstDifference(other.log), plain.firstDifference(list, other.list)],
  };
  return Object.entries(answers)
    .filter(([, [mine, theirs]]) => JSON.stringify(mine) !== JSON.stringify(theirs))
    .map(([question]) => question);
}

/** Grows a family of logs from each other at random; asks each about itself and about another. */
function compare(t: Test, seed: number): number {
  const random = randomFrom(seed);
  const family: Pair[] = [{ log: Log.empty, list: [] }];
  for (let count = 0; count < 40; count++) {
    const next = change(random.pick(family), random);
    family.push(next);
    const wrong = disagreements(next, random.pick(family), random);
    if (wrong.length > 0) t.fail(`seed ${seed}, change ${count}: ${wrong.join(', ')}`);
  }
  const after = family.find(({ log, list }) => JSON.stringify(log) !== JSON.stringify(list));
  if (after) t.fail(`seed ${seed}: a log changed after it was made`);
  return Math.max(...family.map(({ list }) => list.length));
}

test('100 random families of logs answer as plain lists do', (t) => {
  let longest = 0;
  for (let seed = 0; seed < 100; seed++) longest = Math.max(longest, compare(t, seed));
  t.ok(longest > 3 * 128, `the longest has ${longest} entries`);
  t.end();
});
