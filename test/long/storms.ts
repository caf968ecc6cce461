// The storms that every chapter with votes is sent through, and what must hold in them and after:
// safety at every step, and in the calm a leader that keeps its word to its clients.

import type { Test } from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { describeViolation } from '../../lib/check/property.ts';
import type { FaultRun } from '../../lib/cluster/fault-run.ts';
import { faultRun } from '../../lib/cluster/fault-run.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { Requests } from './requests.ts';

const has = ({ node }: Chapter, rule: string) => node.rules.some(({ name }) => name === rule);

/** The chapters that the storms must not break: all that vote. Before that, two may lead at once. */
export const seaworthy: readonly Chapter[] = chapters.filter((each) => has(each, 'grant-vote'));

/** Chapter 3 keeps no requests, and chapter 4 cannot mend a log: its leader promises in vain. */
const repairsLogs = (chapter: Chapter) => has(chapter, 'truncate-conflict');

/** Once the faults stop, everyone that is up follows a lasting leader within this many virtual ms. */
export const leaderWithin = 3000;

/**
 * What the last leader accepts in its last term is applied on every node that is up within this many
 * virtual ms, counted from when it was accepted, or from the end of the faults if that is later.
 */
export const appliedWithin = 1000;

const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];

/** Three, five or seven nodes in turn; in the calm, time to elect, then to take and apply requests. */
const storm = (seed: number): FaultRun => ({
  seed,
  nodes: names.slice(0, 3 + 2 * (seed % 3)),
  stormy: 2500,
  calm: leaderWithin + 500,
  quiet: appliedWithin,
  faults: {
    drop: 0.1,
    duplicate: 0.1,
    partition: { pause: 300 },
    crash: { pause: 1500 },
    request: { pause: 30 },
  },
  latency: { low: 1, high: 60 },
  delay: { chance: 0.05, by: 400 },
});

/** How a chapter came through one storm. Times are virtual milliseconds. */
export interface Passage {
  /** What went wrong, in words; undefined when nothing did. */
  readonly problem: string | undefined;
  readonly ledAfter: number;
  readonly appliedAfter: number;
  readonly lostNodes: boolean;
}

/** Sends a chapter through one storm, with its own node or with a weaker one. */
export function pass(chapter: Chapter, seed: number, node = chapter.node): Passage {
  const run = storm(seed);
  const requests = new Requests();
  const onStep = requests.see.bind(requests);
  const { cluster, violation, ledAfter } = faultRun(node, chapter.properties, { ...run, onStep });
  const { accepted, slowest, broken } = requests.kept(cluster, run.stormy);
  const problem = () => {
    if (violation) return describeViolation(violation);
    if (ledAfter === undefined) return 'there is no leader that everyone follows';
    if (ledAfter > leaderWithin) return `the leader came after ${ledAfter} ms`;
    if (!repairsLogs(chapter)) return undefined;
    if (accepted === 0) return 'the leader accepted no request';
    return slowest > appliedWithin ? `a request took ${slowest} ms` : broken[0];
  };
  return {
    problem: problem(),
    ledAfter: ledAfter ?? Infinity,
    appliedAfter: slowest,
    lostNodes: cluster.nodes.some((id) => !cluster.isUp(id)),
  };
}

/** Asserts that a chapter comes through the storms of the seeds from 0, and tells the slowest. */
export function comesThrough(t: Test, chapter: Chapter, seeds: number): void {
  const passages = Array.from({ length: seeds }, (_, seed) => pass(chapter, seed));
  passages.forEach(({ problem }, seed) => {
    if (problem !== undefined) t.fail(`seed ${seed}: ${problem}`);
  });
  const slowest = (of: (passage: Passage) => number) => Math.max(...passages.map(of));
  const ledAfter = slowest((passage) => passage.ledAfter);
  t.ok(ledAfter <= leaderWithin, `the slowest leader came after ${ledAfter} virtual ms`);
  if (repairsLogs(chapter)) {
    const appliedAfter = slowest((passage) => passage.appliedAfter);
    t.ok(appliedAfter <= appliedWithin, `the slowest request took ${appliedAfter} virtual ms`);
  }
  const crashes = passages.filter(({ lostNodes }) => lostNodes).length;
  t.ok(crashes > seeds / 2, `most storms cost a node for good (${crashes} of ${seeds})`);
}
