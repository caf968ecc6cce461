// The two replays: what each accepts, and what a mismatch tells the student.

import test from 'tape';
import { rulesOf } from '../../../lib/rules/rule.ts';
import type { Voting, VotingState } from '../../../chapters/03-voting/voting.ts';
import { becomeLeader, majority, voting } from '../../../chapters/03-voting/voting.ts';
import type { Effect, NodeEvent, RaftNode } from '../../../lib/node/contract.ts';
import { replayBehaviour } from '../../../lib/replay/behavioural.ts';
import { describeMismatch } from '../../../lib/replay/report.ts';
import { replayStrict } from '../../../lib/replay/strict.ts';
import { readTrace } from '../../../lib/trace/format.ts';
import { edited, replacing } from '../../../lib/rules/edit.ts';
import { chapterNamed, recorded } from '../../support.ts';

const { properties } = chapterNamed('03-voting');
const traceOf = (scenario: string) => readTrace(`traces/03-voting/${scenario}.trace.jsonl`);

/** The same node with another last word on each step. */
const changed = (
  change: (
    result: { state: VotingState; effects: readonly Effect[] },
    event: NodeEvent,
  ) => { state: VotingState; effects: readonly Effect[] },
): RaftNode<VotingState> => ({
  init: voting.init,
  step: (state, event) => change(voting.step(state, event), event),
});

test('the order of effects and further fields do not matter to strict replay', (t) => {
  const variant = changed(({ state, effects }) => ({
    state: { ...state, ...{ leaderId: 'A' } },
    effects: [...effects].reverse(),
  }));
  for (const { chapter, trace } of recorded) {
    if (chapter.name === '03-voting') t.notOk(replayStrict(trace, variant, voting));
  }
  t.end();
});

test('a mismatch tells the step, the effects, the fields, the rule, its paper and its values', (t) => {
  const generous = voting.without('grant-vote', 'has not voted for another candidate this term');
  const mismatch = replayStrict(traceOf('one-vote-a-term'), generous, voting);
  t.ok(mismatch);
  if (!mismatch) return t.end();
  const step = mismatch.step?.step;
  t.equal(
    describeMismatch(mismatch),
    [
      `03-voting/one-vote-a-term, step ${step}`,
      'event: C receives RequestVote (term 1) from B',
      'C was: role follower, currentTerm 1, votedFor A, votesGranted []',
      'expected, but missing: C sends RequestVoteReply (term 1, voteGranted false) to B',
      'not expected: C restarts its election timer',
      'not expected: C sends RequestVoteReply (term 1, voteGranted true) to B',
      'field votedFor: expected A, found B',
      'rule: grant-vote (§5.2, Fig. 2 RequestVote 2): this condition was not asked',
      'the rule says: Vote for the first candidate that asks in this term.',
      "condition 'has not voted for another candidate this term' (not asked): fails; " +
        'votedFor is A, RequestVote.from is B',
      "it would look the same without adopt-newer-term: 'the message has a newer term'",
      `see: npx tsx chapters/03-voting/run.ts --scenario one-vote-a-term --step ${step}`,
    ].join('\n  '),
  );
  t.end();
});

test('a node that starts differently is a mismatch before the first step', (t) => {
  const early: RaftNode<VotingState> = {
    ...voting,
    init: (id, peers) => ({ ...voting.init(id, peers), currentTerm: 1 }),
  };
  const mismatch = replayStrict(traceOf('clean-election'), early, voting);
  t.equal(mismatch?.step, undefined);
  t.deepEqual(mismatch?.fields, [{ field: 'currentTerm', expected: 0, actual: 1 }]);
  t.end();
});

test('a node that throws is a mismatch that says what was thrown', (t) => {
  const broken = changed(() => {
    throw new Error('I have no idea');
  });
  const mismatch = replayStrict(traceOf('clean-election'), broken, voting);
  t.match(mismatch ? describeMismatch(mismatch) : '', /step 1\n.*\n.*\n {2}threw: I have no idea/);
  t.end();
});

test('a mistake that is no single missing condition is laid to the rule whose work is missing', (t) => {
  const forgetful = changed(({ state, effects }, event) =>
    event.type === 'RequestVote'
      ? { state, effects: effects.filter(({ type }) => type !== 'restartTimer') }
      : { state, effects },
  );
  const { diagnosis } = replayStrict(traceOf('clean-election'), forgetful, voting) ?? {};
  t.equal(diagnosis?.explanation.rule.name, 'grant-vote');
  t.equal(diagnosis?.says, 'this rule should have done otherwise');
  t.end();
});

test('a condition that is asked wrongly is laid to its rule, not to the one that rightly fired', (t) => {
  const half = replacing(
    voting,
    edited<Voting>()(becomeLeader, {
      when: {
        'has votes from a majority': (me) => me.votesGranted.length * 2 >= me.peers.length + 1,
      },
    }),
  );
  const { diagnosis } = replayStrict(traceOf('even-cluster'), half, voting) ?? {};
  t.equal(diagnosis?.explanation.rule.name, 'become-leader');
  t.equal(diagnosis?.says, 'this rule should have refused');
  t.end();
});

test('behavioural replay accepts a correct variant that strict replay does not', (t) => {
  // Also correct: a candidate of an older term is not answered at all.
  const silent = changed(({ state, effects }, event) => ({
    state,
    effects:
      event.type === 'RequestVote' && 'term' in event && Number(event.term) < state.currentTerm
        ? []
        : effects,
  }));
  const trace = traceOf('late-vote');
  const stale = traceOf('stale-candidate');
  t.ok(replayStrict(stale, silent, voting), 'strict replay misses the answer');
  const { violation, unreached } = replayBehaviour(trace, silent, properties);
  t.deepEqual([violation, unreached], [undefined, []]);
  t.equal(
    replayBehaviour(stale, silent, properties).skipped.length,
    1,
    'an act that finds no message is skipped',
  );
  t.end();
});

test('behavioural replay finds the damage of a wrong majority', (t) => {
  const rule = rulesOf<Voting>();
  const half = rule({
    name: 'become-leader',
    paper: '',
    says: '',
    on: 'any event',
    when: {
      'is a candidate': (me) => me.role === 'candidate',
      'has votes from half': (me) => me.votesGranted.length >= majority(me) - 1,
    },
    then(me) {
      me.role = 'leader';
    },
  });
  const hasty: RaftNode<VotingState> = {
    init: voting.init,
    step(state, event) {
      const { state: after, effects } = voting.step(state, event);
      const eager = half.conditions.every(({ holds }) => holds(after, event));
      return { state: eager ? { ...after, role: 'leader' } : after, effects };
    },
  };
  const { violation } = replayBehaviour(traceOf('one-vote-a-term'), hasty, properties);
  t.equal(violation?.property, 'Election Safety');
  t.end();
});
