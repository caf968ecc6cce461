// What is on a disk after writes and crashes.

import test from 'tape';
import { Log } from '../../../lib/log/log.ts';
import type { LogWrite, Write } from '../../../lib/node/contract.ts';
import type { Disk } from '../../../lib/node/disk.ts';
import { afterCrash, afterWrite, diskOf } from '../../../lib/node/disk.ts';

const entry = (term: number, command: string) => ({ term, command });
const three = [entry(1, 'a'), entry(1, 'b'), entry(1, 'c')];
const fresh = diskOf({ currentTerm: 1, votedFor: null, log: three });

const written = (disk: Disk, fields: Write, lazily = false) =>
  afterWrite(disk, { type: 'persist', fields, ...(lazily && { lazily }) });

/** The commands on disk after a write to a log of three. */
const logAfter = (log: LogWrite) =>
  (written(fresh, { log }).synced.log ?? Log.empty).entriesFrom(1).map(({ command }) => command);

test('a disk holds the persistent fields of Figure 2 and no others', (t) => {
  const { synced } = diskOf({ currentTerm: 2, votedFor: 'A', commitIndex: 7, role: 'leader' });
  t.deepEqual(synced, { currentTerm: 2, votedFor: 'A' });
  t.end();
});

test('a write changes only what it names', (t) => {
  const { synced } = written(fresh, { votedFor: 'B' });
  t.deepEqual([synced.currentTerm, synced.votedFor, synced.log?.lastIndex], [1, 'B', 3]);
  t.deepEqual(fresh.synced.votedFor, null, 'and the disk before stays as it was');
  t.end();
});

test('entries are written in their places, and what stands beyond them stays', (t) => {
  t.deepEqual(logAfter({ from: 4, entries: [entry(2, 'd')] }), ['a', 'b', 'c', 'd']);
  t.deepEqual(logAfter({ from: 2, entries: [entry(2, 'x')] }), ['a', 'x', 'c']);
  t.deepEqual(logAfter({ from: 3, entries: [entry(2, 'x'), entry(2, 'y')] }), ['a', 'b', 'x', 'y']);
  t.deepEqual(logAfter({ upTo: 1 }), ['a']);
  t.deepEqual(logAfter({ upTo: 0, from: 1, entries: [entry(2, 'x')] }), ['x'], 'both at once');
  t.end();
});

test('a log on disk is cut, then discarded up to an index, and then written to', (t) => {
  const log = { lastIncludedIndex: 2, lastIncludedTerm: 1 };
  const snapshot = { ...log, machine: { x: '1' }, sessions: {} };
  const { synced } = written(fresh, { snapshot, log });
  t.deepEqual(synced.snapshot, snapshot);
  t.deepEqual(synced.log?.toJSON(), { ...log, entries: [entry(1, 'c')] });
  t.deepEqual(logAfter({ upTo: 2, ...log }), [], 'what is cut does not come back');
  t.deepEqual(logAfter({ ...log, lastIncludedIndex: 9 }), [], 'nor does what is older');
  t.deepEqual(logAfter({ ...log, from: 3, entries: [entry(2, 'x')] }), ['x']);
  t.throws(() => logAfter({ ...log, from: 2, entries: three }), /index from 3 to 4.*found 2/);
  t.end();
});

test('entries that leave a gap in the log on disk are refused', (t) => {
  t.throws(() => logAfter({ from: 5, entries: three }), /index from 1 to 4.*found 5/);
  t.throws(() => logAfter({ from: 0, entries: three }), /index from 1 to 4.*found 0/);
  t.end();
});

test('a crash undoes what was written lazily, unless a write that waits came after it', (t) => {
  const lazy = written(fresh, { votedFor: 'C' }, true);
  t.equal(lazy.synced.votedFor, null, 'it is not safe yet');
  t.equal(afterCrash(lazy).latest.votedFor, null, 'and is lost');
  const synced = afterCrash(written(lazy, { currentTerm: 2 }));
  t.deepEqual([synced.synced.currentTerm, synced.synced.votedFor], [2, 'C'], 'now both are safe');
  t.end();
});
