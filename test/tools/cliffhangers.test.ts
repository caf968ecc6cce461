// The run with which a chapter ends goes wrong as soon as any run can.

import test from 'tape';
import type { Act } from '../../lib/cluster/step.ts';
import { readTrace } from '../../lib/trace/format.ts';
import { chapters } from '../../chapters/chapters.ts';
import { cliffhangers, searched, stepsByHand } from '../../tools/cliffhangers.ts';

test('the last run of a chapter breaks its property in as few steps as a search finds', (t) => {
  for (const each of cliffhangers) {
    const found = searched(each);
    if (!found) continue;
    t.equal(stepsByHand(each), found.acts.length, each.scenario);
  }
  t.end();
});

test('the entry of an old term is lost in the steps that the search found, two of them in another order', (t) => {
  const old = cliffhangers.find(({ myth }) => myth !== undefined);
  if (!old) throw new Error('chapter 5 ends with a search');
  const { steps } = readTrace(`traces/${old.chapter}/${old.scenario}.trace.jsonl`);
  const inOrder = (acts: readonly Act[]) => acts.map((act) => JSON.stringify(act)).sort();
  t.deepEqual(inOrder(steps.map(({ act }) => act)), inOrder(searched(old)?.acts ?? []));
  t.end();
});

test('every chapter that ends with a run that goes wrong has it in the table', (t) => {
  const named = new Set(cliffhangers.map(({ chapter }) => chapter));
  t.deepEqual(
    [...named],
    // With chapter 11 Raft is complete.
    chapters.map(({ name }) => name).filter((name) => name < '11'),
  );
  t.end();
});
