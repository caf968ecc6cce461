// What storms cannot show, because they end with every link healed: a leader that is heard but hears
// nothing keeps its followers and commits nothing, until it checks that it has a quorum (thesis §6.2).

import test from 'tape';
import { chapter as conflictBackoff } from '../../chapters/05-conflict-backoff/chapter.ts';
import { chapter as partitions } from '../../chapters/06-partitions/chapter.ts';
import { chapter as preVote } from '../../chapters/07-prevote/chapter.ts';
import { Cluster } from '../../lib/cluster/cluster.ts';
import { randomFrom } from '../../lib/cluster/random.ts';
import { runUntil } from '../../lib/cluster/schedule.ts';
import { seededTiming } from '../../lib/cluster/timing.ts';
import type { NodeId, RaftNode } from '../../lib/node/contract.ts';

const seeds = Array.from({ length: 20 }, (_, seed) => seed);

interface Deaf {
  /** How many entries were committed in the run's last second, long after the leader went deaf. */
  readonly committed: number;
  /** Whether the deaf node leads at the end. */
  readonly stillLeads: boolean;
  /** How many terms were started since the leader went deaf. */
  readonly newTerms: number;
}

/** Runs a cluster until it has a leader, cuts every link to that leader, and runs 4 s more. */
function deafLeader(node: RaftNode, seed: number): Deaf {
  const random = randomFrom(seed);
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].slice(0, 3 + 2 * (seed % 3));
  const cluster = new Cluster(node, names, seededTiming(random));
  const runTo = (end: number) => {
    for (const step of runUntil(cluster, random, end, { request: { pause: 30 } })) void step;
  };
  const highest = (of: (id: NodeId) => number | undefined) =>
    Math.max(...names.map((id) => of(id) ?? 0));
  const commitIndex = () => highest((id) => cluster.stateOf(id).commitIndex);
  const term = () => highest((id) => cluster.stateOf(id).currentTerm);

  runTo(2000);
  const leader = names.find((id) => cluster.stateOf(id).role === 'leader');
  if (leader === undefined) throw new Error(`seed ${seed}: no leader after two calm seconds`);
  for (const id of names) if (id !== leader) cluster.cut(id, leader);
  const termBefore = term();
  runTo(5000);
  const before = commitIndex();
  runTo(6000);
  return {
    committed: commitIndex() - before,
    stillLeads: cluster.stateOf(leader).role === 'leader',
    newTerms: term() - termBefore,
  };
}

test('before chapter 6, a leader that hears nothing leads on and commits nothing', (t) => {
  for (const seed of seeds) {
    const { committed, stillLeads, newTerms } = deafLeader(conflictBackoff.node, seed);
    t.deepEqual([committed, stillLeads, newTerms], [0, true, 0], `seed ${seed}`);
  }
  t.end();
});

test('from chapter 6 on, it steps down, and the others commit without it', (t) => {
  for (const { name, node } of [partitions, preVote]) {
    for (const seed of seeds) {
      const { committed, stillLeads } = deafLeader(node, seed);
      t.ok(committed > 0 && !stillLeads, `${name}, seed ${seed}: ${committed} committed`);
    }
  }
  t.end();
});

test('without step-down, chapters 6 and 7 are no better than chapter 5', (t) => {
  for (const { name, node } of [partitions, preVote]) {
    const results = seeds.map((seed) => deafLeader(node.without('step-down'), seed));
    t.ok(
      results.every(({ committed, stillLeads }) => committed === 0 && stillLeads),
      name,
    );
  }
  t.end();
});

test('with PreVote, the deaf node then troubles nobody: it starts no terms', (t) => {
  const terms = ({ node }: typeof preVote) => seeds.map((seed) => deafLeader(node, seed).newTerms);
  t.ok(Math.min(...terms(partitions)) > 5, `chapter 6: ${terms(partitions).join(' ')}`);
  t.ok(Math.max(...terms(preVote)) <= 3, `chapter 7: ${terms(preVote).join(' ')}`);
  t.end();
});
