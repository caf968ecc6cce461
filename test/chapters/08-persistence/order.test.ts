// That a write comes before the messages that depend on it is part of what a step does: strict replay compares it.

import test from 'tape';
import { chapter as persistence } from '../../../chapters/08-persistence/chapter.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { describeMismatch } from '../../../lib/replay/report.ts';
import { replayStrict } from '../../../lib/replay/strict.ts';
import { bugs } from '../../bugs/bugs.ts';
import { ownRuns } from '../../support.ts';

const traceOf = (name: string) => {
  const found = ownRuns(persistence).find(({ header }) => header.scenario === name);
  if (!found) throw new Error(`there is no run ${name}`);
  return found;
};

const mismatchIn = (scenario: string, node: RaftNode) =>
  replayStrict(traceOf(scenario), node, persistence.node);

/** Chapter 8 with the effects of each step in another order. */
const reordered = (order: (types: readonly string[]) => readonly number[]): RaftNode => ({
  init: (id, peers, saved) => persistence.node.init(id, peers, saved),
  step(state, event) {
    const result = persistence.node.step(state, event);
    const places = order(result.effects.map(({ type }) => type));
    return { ...result, effects: places.flatMap((place) => result.effects[place] ?? []) };
  },
});

const sorted = (isLate: (type: string) => boolean) =>
  reordered((types) => {
    const places = types.map((_, place) => place);
    const late = (place: number) => (isLate(types[place] ?? '') ? 1 : 0);
    return places.sort((a, b) => late(a) - late(b) || a - b);
  });

test('timers may come in any order, but a reply before its write is too early', (t) => {
  t.equal(
    mismatchIn(
      'vote-kept',
      sorted((type) => type.endsWith('Timer')),
    ),
    undefined,
  );
  const mismatch = mismatchIn(
    'vote-kept',
    sorted((type) => type === 'persist'),
  );
  t.ok(mismatch, 'writing last is noticed');
  const told = mismatch ? describeMismatch(mismatch) : '';
  t.match(told, /too early, before all is written: A sends RequestVote /);
  t.notOk(/missing|not expected/.test(told), 'and nothing else is wrong');
  t.end();
});

test('the rule that speaks too early is named', (t) => {
  const bug = bugs.find(({ name }) => name === 'vote-said-before-written');
  const mismatch = bug && mismatchIn('vote-kept', bug.node);
  t.equal(mismatch?.diagnosis?.explanation.rule.name, 'grant-vote');
  t.end();
});

test('of a step in which a node crashes, only what it came to do is compared', (t) => {
  const trace = traceOf('term-without-vote');
  const crash = trace.steps.findIndex(({ act }) => 'crashAfter' in act);
  const later = sorted((type) => type === 'send');
  t.equal(replayStrict(trace, later, persistence.node), undefined);
  const forgets: RaftNode = {
    init: (id, peers) => persistence.node.init(id, peers),
    step: (state, event) => persistence.node.step(state, event),
  };
  const mismatch = replayStrict(trace, forgets, persistence.node);
  t.equal(mismatch?.step?.step, crash + 2, 'who ignores its disk is told when it starts again');
  t.deepEqual(
    mismatch?.fields.map(({ field }) => field),
    ['currentTerm'],
  );
  t.end();
});
