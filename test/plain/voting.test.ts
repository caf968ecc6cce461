// A node without rules goes through the same replays and storms as one with rules.

import test from 'tape';
import type { RaftNode } from '../../lib/node/contract.ts';
import { replayBehaviour } from '../../lib/replay/behavioural.ts';
import { describeMismatch } from '../../lib/replay/report.ts';
import { replayStrict } from '../../lib/replay/strict.ts';
import { faultRun } from '../../lib/trial/fault-run.ts';
import { chapterNamed, ownRuns } from '../support.ts';
import type { PlainState } from './voting.ts';
import { plainVoting } from './voting.ts';

const chapter = chapterNamed('03-voting');

test('a plain switch passes strict and behavioural replay of every trace of its chapter', (t) => {
  for (const trace of ownRuns(chapter)) {
    const mismatch = replayStrict(trace, plainVoting, chapter.node);
    t.notOk(mismatch, mismatch ? describeMismatch(mismatch) : trace.header.scenario);
    const { violation, unreached, skipped } = replayBehaviour(
      trace,
      plainVoting,
      chapter.properties,
    );
    t.deepEqual([violation, unreached, skipped], [undefined, [], []], trace.header.scenario);
  }
  t.end();
});

test('a plain switch comes through storms', (t) => {
  for (let seed = 0; seed < 20; seed++) {
    const { violation, ledAfter } = faultRun(plainVoting, chapter.properties, {
      seed,
      nodes: ['A', 'B', 'C', 'D', 'E'],
      stormy: 2500,
      calm: 3000,
      faults: { drop: 0.1, duplicate: 0.1, partition: { pause: 300 } },
      latency: { low: 1, high: 60 },
    });
    t.ok(violation === undefined && ledAfter !== undefined, `seed ${seed}`);
  }
  t.end();
});

test('a mistake in a plain switch is laid to the rule that it breaks', (t) => {
  // Votes for whoever asks, as often as they ask.
  const generous: RaftNode<PlainState> = {
    init: plainVoting.init,
    step: (state, event) =>
      plainVoting.step(event.type === 'RequestVote' ? { ...state, votedFor: null } : state, event),
  };
  const found = ownRuns(chapter).flatMap(
    (trace) => replayStrict(trace, generous, chapter.node) ?? [],
  );
  const named = found.map(({ diagnosis }) => diagnosis?.explanation.rule.name);
  t.ok(found.length > 0, 'it is noticed');
  t.deepEqual([...new Set(named)], ['grant-vote'], 'and always in the same place');
  t.end();
});
