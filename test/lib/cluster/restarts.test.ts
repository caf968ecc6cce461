// Crashes in the middle of a step, and what a node starts again with.

import test from 'tape';
import { chapter as persistence } from '../../../chapters/08-persistence/chapter.ts';
import { preVote } from '../../../chapters/07-prevote/prevote.ts';
import { Cluster } from '../../../lib/cluster/cluster.ts';
import type { NarratedStep } from '../../../lib/cluster/script.ts';
import { Script } from '../../../lib/cluster/script.ts';
import { scriptedTiming } from '../../../lib/cluster/timing.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';

/** A is about to get the vote of B in term 1. */
function askedForVote(node: RaftNode = persistence.node) {
  const steps: NarratedStep[] = [];
  const cluster = new Cluster(node, ['A', 'B', 'C'], scriptedTiming);
  const run = new Script(cluster, (step) => steps.push(step));
  run.timeout('A');
  run.deliver('PreVote', 'A', 'B');
  run.deliver('PreVoteReply', 'B', 'A');
  return { cluster, run, steps };
}

test('a node that crashes in the middle has done so much and no more', (t) => {
  const types = (crashAfter: number) => {
    const { cluster, run, steps } = askedForVote();
    run.crashAfter(crashAfter);
    run.deliver('RequestVote', 'A', 'B');
    t.notOk(cluster.isUp('B'), 'it is down');
    const replies = cluster.inFlight.filter(({ message }) => message.type === 'RequestVoteReply');
    const { currentTerm, votedFor } = cluster.onDisk('B');
    return [steps.at(-1)?.effects?.map(({ type }) => type), replies.length, currentTerm, votedFor];
  };
  const all = ['persist', 'persist', 'restartTimer', 'send'];
  t.deepEqual(types(0), [[], 0, 0, null]);
  t.deepEqual(types(1), [all.slice(0, 1), 0, 1, null]);
  t.deepEqual(types(2), [all.slice(0, 2), 0, 1, 'A']);
  t.deepEqual(types(4), [all, 1, 1, 'A']);
  t.deepEqual(types(9), [all, 1, 1, 'A'], 'after more than there are, it has done all');
  t.end();
});

test('a node starts again with what is on its disk, and else as on its first day', (t) => {
  const { cluster, run } = askedForVote();
  run.deliver('RequestVote', 'A', 'B');
  run.deliver('RequestVoteReply', 'B', 'A');
  run.settle();
  run.timeout('A', 'heartbeat');
  run.settle();
  t.equal(cluster.stateOf('A').commitIndex, 1, 'A leads and has committed');
  run.crash('A');
  run.restart('A');
  const { role, currentTerm, votedFor, commitIndex, lastApplied, log } = cluster.stateOf('A');
  t.deepEqual([role, currentTerm, votedFor, log], ['follower', 1, 'A', cluster.stateOf('B').log]);
  t.deepEqual([commitIndex, lastApplied], [0, 0]);
  t.ok(cluster.timerDue('A', 'election') !== undefined, 'it waits for a leader');
  t.end();
});

test('a node that writes nothing starts again with nothing', (t) => {
  const { cluster, run } = askedForVote(preVote);
  run.deliver('RequestVote', 'A', 'B');
  run.crash('B');
  run.restart('B');
  t.deepEqual(cluster.stateOf('B'), preVote.init('B', ['A', 'C']));
  t.end();
});

test('only an act that a node handles can be cut short', (t) => {
  const { run } = askedForVote();
  run.crashAfter(1);
  t.throws(() => run.heal(), /expected an act that a node handles/);
  t.end();
});
