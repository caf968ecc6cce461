// The mistakes that every reader of the paper should have seen go wrong: the search finds each of them
// from fresh followers, and the safety properties confirm the run.

import type { Test } from 'tape';
import { conflictBackoff } from '../../../chapters/05-conflict-backoff/conflict-backoff.ts';
import { electionSafety } from '../../../lib/check/properties.ts';
import type { Property } from '../../../lib/check/property.ts';
import { checkerOf, sightingOf } from '../../../lib/check/property.ts';
import { Cluster } from '../../../lib/cluster/cluster.ts';
import { perform } from '../../../lib/cluster/script.ts';
import { scriptedTiming } from '../../../lib/cluster/timing.ts';
import { noStepThrows } from '../../../lib/explore/outcomes.ts';
import { searchInPasses } from '../../../lib/explore/passes.ts';
import type { Ask, Bounds, Counterexample, Filter, Problem } from '../../../lib/explore/problem.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { nodeFromRules } from '../../../lib/rules/node.ts';
import { chapterNamed } from '../../support.ts';

const voting = chapterNamed('03-voting');
const replication = chapterNamed('04-replication');
const backoff = chapterNamed('05-conflict-backoff');

/** A node that adopts a newer term, but stays what it is. */
const keepsItsRole = nodeFromRules({
  init: conflictBackoff.init,
  rules: conflictBackoff.rules.map((rule) =>
    rule.name !== 'adopt-newer-term'
      ? rule
      : {
          ...rule,
          then(me: Parameters<typeof rule.then>[0], event: Parameters<typeof rule.then>[1]) {
            me.currentTerm = 'term' in event && typeof event.term === 'number' ? event.term : 0;
            me.votedFor = null;
          },
        },
  ),
});

export interface Bug {
  readonly name: string;
  readonly node: RaftNode;
  readonly properties: readonly Property[];
  readonly bounds: Partial<Bounds>;
  readonly breaks: string;
  readonly steps: number;
  readonly asks?: readonly Ask[];
  /** One pass with this filter; otherwise all passes. */
  readonly filter?: Filter;
  /** Takes longer than `npm test` has time for. */
  readonly long?: true;
}

export const bugs: readonly Bug[] = [
  {
    name: 'a vote is granted twice in a term',
    node: voting.node.without('grant-vote', 'has not voted for another candidate this term'),
    properties: [electionSafety],
    bounds: { terms: 2, log: 0 },
    breaks: 'Election Safety',
    steps: 6,
  },
  {
    name: 'the log is not checked when voting',
    node: replication.node.without('grant-vote', "the candidate's log is at least as up to date"),
    properties: replication.properties,
    bounds: { terms: 2, log: 1 },
    breaks: 'Leader Completeness',
    steps: 9,
  },
  {
    name: 'stale terms are accepted',
    node: backoff.node.without('refuse-stale-leader'),
    properties: backoff.properties,
    bounds: { terms: 2, log: 1 },
    breaks: 'State Machine Safety',
    steps: 14,
    long: true,
  },
  {
    name: 'entries are appended without the consistency check',
    node: backoff.node.without('check-consistency'),
    properties: backoff.properties,
    bounds: { terms: 2, log: 2 },
    breaks: 'Log Matching',
    steps: 11,
  },
  {
    name: 'an older AppendEntries cuts the log',
    node: backoff.node.without('truncate-conflict', 'an entry conflicts with the log'),
    properties: backoff.properties,
    bounds: { terms: 2, log: 2 },
    breaks: 'commitIndex never decreases',
    steps: 9,
  },
  {
    name: 'a leader does not step down on a newer term',
    node: keepsItsRole,
    properties: backoff.properties,
    bounds: { terms: 2, log: 1 },
    breaks: 'Election Safety',
    steps: 6,
  },
  {
    name: 'a vote does not survive a restart',
    node: voting.node,
    properties: [electionSafety],
    bounds: { terms: 2, log: 0, restarts: 1 },
    breaks: 'Election Safety',
    steps: 7,
  },
  {
    name: 'an entry of an older term is committed by counting (Figure 8)',
    node: backoff.node,
    properties: backoff.properties,
    bounds: { terms: 4, log: 1 },
    breaks: 'Leader Completeness',
    steps: 20,
    long: true,
  },
];

/** Asserts that the search finds a bug as expected. */
export function finds(t: Test, bug: Bug): void {
  const bounds = { terms: 2, log: 0, requests: Infinity, restarts: 0, depth: Infinity };
  const problem: Problem = {
    node: bug.node,
    nodes: ['A', 'B', 'C'],
    properties: bug.properties,
    bounds: { ...bounds, ...bug.bounds },
    ...(bug.asks && { asks: bug.asks }),
  };
  const { filter } = bug;
  const running = filter
    ? searchInPasses(problem, [{ filter, bounds: problem.bounds, limit: 5_000_000 }])
    : searchInPasses(problem);
  let step = running.next();
  while (!step.done) step = running.next();
  const { verdict } = step.value;
  if (verdict.outcome !== 'violation') {
    t.fail(`${verdict.outcome} after ${verdict.states} worlds`);
    return;
  }
  const { counterexample } = verdict;
  t.equal(counterexample.property, bug.breaks);
  t.equal(counterexample.depth, bug.steps);
  t.equal(lastBreach(problem, counterexample), bug.breaks, 'it is seen in a cluster');
}

/** The property that the last act breaks, and none before. */
function lastBreach(
  { node, nodes, properties }: Problem,
  { acts }: Counterexample,
): string | undefined {
  const cluster = new Cluster(node, nodes, scriptedTiming);
  const check = checkerOf(properties);
  for (const [index, act] of acts.entries()) {
    const isLast = index === acts.length - 1;
    try {
      const sighting = sightingOf(index + 1, perform(cluster, act));
      const violation = sighting && check(sighting);
      if (violation) return isLast ? violation.property : 'too early';
    } catch {
      return isLast ? noStepThrows : 'too early';
    }
  }
  return undefined;
}
