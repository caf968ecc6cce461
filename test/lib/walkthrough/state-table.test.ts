// How tables of states stay narrow, and how they show what changed.

import test from 'tape';
import type { NodeRecord, Trace } from '../../../lib/trace/trace.ts';
import { cell } from '../../../lib/walkthrough/cells.ts';
import { fieldsOf } from '../../../lib/walkthrough/state-fields.ts';
import { startTable, stateTable } from '../../../lib/walkthrough/state-table.ts';
import { sampleRun } from './sample.ts';

const entry = (term: number, command: string) => ({ term, command });

test('in a log what stays is plain, what is cut is struck out, and what is new is bold', (t) => {
  const [a, b, c] = [entry(1, 'a=1'), entry(1, 'b=1'), entry(2, 'c=1')];
  t.equal(cell([a], [a, c], false), '\\[t1 a=1, **t2 c=1**\\]');
  t.equal(cell([a, b], [a, c], false), '\\[t1 a=1, ~~t1 b=1~~, **t2 c=1**\\]');
  t.equal(cell([a, b], [a], false), '\\[t1 a=1, ~~t1 b=1~~\\]');
  t.equal(cell([a, b], [a, b], false), '\\[t1 a=1 b=1\\]');
  t.equal(cell([a, b], [a, c], true), '\\[1 ~~1~~ **2**\\]', 'a long log by its terms');
  t.end();
});

test('a log shows where it begins, and what was just discarded', (t) => {
  const [a, b, c] = [entry(1, 'a=1'), entry(1, 'b=1'), entry(2, 'c=1')];
  const from = (lastIncludedIndex: number, ...entries: (typeof a)[]) => ({
    lastIncludedIndex,
    lastIncludedTerm: 1,
    entries,
  });
  t.equal(cell(from(2, c), from(2, c), false), '\\[…2 (t1), t2 c=1\\]');
  t.equal(cell([a, b, c], from(2, c), false), '\\[~~t1 a=1 b=1~~, **…2 (t1)**, t2 c=1\\]');
  t.equal(cell(from(1, b, c), from(2, c), true), '\\[~~1~~ **…2 (t1)** 2\\]');
  t.equal(cell([a], from(4), false), '\\[~~t1 a=1~~, **…4 (t1)**\\]', 'a snapshot came');
  t.equal(cell(from(2, b), from(2, c), false), '\\[…2 (t1), ~~t1 b=1~~, **t2 c=1**\\]');
  t.end();
});

test('in a record each key shows its change', (t) => {
  t.equal(cell({ B: 4, C: 4 }, { B: 5, C: 4 }, false), '{B 4 → **5**, C 4}');
  t.equal(cell({ x: 1 }, { x: 1, y: 2 }, false), '{x 1, **y 2**}');
  t.equal(cell({}, { B: 1 }, false), '{} → **{B 1}**');
  t.equal(cell({ B: 1 }, {}, false), '{B 1} → **{}**');
  t.end();
});

test('a field that is the same everywhere from start to end is told once, at the start', (t) => {
  const { trace } = sampleRun((run) => run.timeout('A'));
  const fields = fieldsOf(trace, {});
  t.deepEqual(fields.columns, ['role', 'currentTerm']);
  const start = startTable(fields, trace.header.initial).join('\n');
  t.ok(start.includes('On every node, from the start to the end: `heard` \\[\\].'));
  t.end();
});

/** A run of one step, in which A's field `f1` and its notes change. */
function wideRun(): Trace {
  const { trace } = sampleRun((run) => run.timeout('A'));
  const { header, steps } = trace;
  const plain = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`f${index}`, 0]));
  const wide = (state: NodeRecord): NodeRecord => ({ ...state, ...plain, notes: {} });
  const initial = Object.fromEntries(
    Object.entries(header.initial).map(([node, state]) => [node, wide(state)]),
  );
  const ones = Object.fromEntries(Object.keys(plain).map((field) => [field, 1]));
  const [first] = steps;
  if (!first) throw new Error('the sample has a step');
  const changed = { f1: 1, notes: { B: 1 } };
  const all = ['A', 'B', 'C'].map((node, index) => ({
    ...first,
    step: index + 2,
    node,
    changed: ones,
  }));
  return { header: { ...header, initial }, steps: [{ ...first, changed }, ...all] };
}

test('a wide table keeps the columns that tell nodes apart; the rest is told below it', (t) => {
  const trace = wideRun();
  const { initial } = trace.header;
  const [a, b] = [initial.A, initial.B];
  if (!a || !b) return t.end('the sample has nodes');
  const after = { ...initial, A: { ...a, f1: 1, notes: { B: 1 } }, B: { ...b, f2: 7 } };
  const fields = fieldsOf(trace, {});
  t.deepEqual(fields.notes, ['notes'], 'a record by the names of nodes');
  const lines = stateTable(fields, { ...initial, B: after.B }, after, new Set());
  t.equal(lines[0], '| node | `f1` | `f2` |', 'one changed, the other differs between nodes');
  t.ok(lines.includes('- **A** notes `notes` {} → **{B 1}**'));
  t.ok(lines.at(-1)?.startsWith('- Every node: `f0` 0, `f3` 0'));
  t.end();
});
