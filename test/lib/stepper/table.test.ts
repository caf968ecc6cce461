// The table of states where there are more fields than columns.

import test from 'tape';
import { sceneOf } from '../../../lib/stepper/scene.ts';
import { stateTable } from '../../../lib/stepper/table.ts';
import { plainText, widthOf } from '../../../lib/stepper/text.ts';
import type { NodeRecord, TraceStep } from '../../../lib/trace/trace.ts';
import { stepWhere } from './scenes.ts';

const { scene } = stepWhere(() => true);

const state = (id: string, peers: string[]): NodeRecord => ({
  id,
  peers,
  role: 'follower',
  currentTerm: 1,
  votedFor: null,
  leaderId: null,
  commitIndex: 0,
  lastApplied: 0,
  nextIndex: {},
  items: ['x=1'],
});
const step = (number: number, changed: Record<string, unknown>): TraceStep => ({
  step: number,
  time: number,
  act: { type: 'request', node: 'A', command: 'x=2' },
  node: 'A',
  event: { type: 'ClientRequest', command: 'x=2' },
  changed,
});
const changes = [
  { commitIndex: 1, nextIndex: { B: 2 }, items: ['x=1', 'x=2'] },
  { nextIndex: {}, items: ['x=2'] },
  { items: Array.from({ length: 40 }, (_, index) => `x=${index}`) },
];

/** The table after one of the first steps of a run that has so many. */
function tableOf(number: number, width: number, steps = 2): string[] {
  const run = sceneOf(scene.chapter, {
    header: {
      ...scene.trace.header,
      nodes: ['A', 'B'],
      initial: { A: state('A', ['B']), B: state('B', ['A']) },
      steps,
    },
    steps: changes.slice(0, steps).map((changed, index) => step(index + 1, changed)),
  });
  const moment = run.moments[number];
  if (!moment) throw new Error(`there is no moment ${number}`);
  return stateTable(run, moment, width).map(plainText);
}

test('with room for every field all have a column', (t) => {
  const [head, a, b, ...rest] = tableOf(1, 240);
  t.match(head ?? '', /^ {2}node {2}role .* nextIndex .* items/);
  t.match(a ?? '', /^> A .* 0 → 1 .* \{\} → \{B 2\} .* \[x=1\] → \[x=1, x=2\]$/);
  t.match(b ?? '', /^ {2}B .* \{\} +\[x=1\]$/);
  t.same(rest, []);
  t.end();
});

test('with less room lists and records stand below the table, unless they are empty', (t) => {
  const [head, a, , belowA, belowB, ...rest] = tableOf(1, 80);
  t.match(head ?? '', /^ {2}node {2}role .* lastApplied$/);
  t.match(a ?? '', /^> A {5}follower .* 0 → 1 /);
  t.equal(belowA, '> A    *items [x=1, x=2] *nextIndex {B 2}');
  t.equal(belowB, '  B     items [x=1]');
  t.same(rest, []);
  t.end();
});

test('a list that this step empties is still shown', (t) => {
  t.ok(tableOf(2, 80).some((each) => each.includes('*nextIndex {}')));
  t.notOk(
    tableOf(3, 80).some((each) => each.includes('nextIndex')),
    'but not for ever',
  );
  t.end();
});

test('a long list goes on below itself, whole, and narrow screens have several bands', (t) => {
  for (const width of [80, 40, 20]) {
    const lines = tableOf(3, width, 3);
    t.ok(lines.every((each) => widthOf(each) <= width));
    const words = lines.join(' ').split(/\s+/).join(' ');
    t.ok(words.includes(Array.from({ length: 40 }, (_, index) => `x=${index}`).join(', ')));
    for (const field of ['role', 'currentTerm', 'votedFor', 'leaderId', 'commitIndex']) {
      t.ok(words.includes(field), `${field} at ${width}`);
    }
  }
  t.end();
});
