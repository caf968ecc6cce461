// The trial of storms: messages lost, doubled, late and out of order, links cut, nodes crashed, for good or until they
// start again. Safety must hold at every step, and in the calm that follows a leader must keep its word to its clients.

import { describeViolation } from '../check/property.ts';
import type { Property } from '../check/property.ts';
import { Clients } from '../client/client.ts';
import type { FaultRun } from './fault-run.ts';
import { faultRun } from './fault-run.ts';
import { randomFrom } from '../cluster/random.ts';
import type { Step } from '../cluster/step.ts';
import type { RaftNode } from '../node/contract.ts';
import { Requests } from './requests.ts';
import type { Trial } from './trial.ts';
import { appliedWithin, leaderWithin, nodesNamed } from './trial.ts';

/** Three, five or seven nodes in turn; in the calm, time to elect, then to take and apply requests. */
const storm = (seed: number, promises: Promises, clients?: Clients): FaultRun => ({
  seed,
  nodes: nodesNamed(3 + 2 * (seed % 3)),
  stormy: 2500,
  calm: leaderWithin + 500,
  quiet: appliedWithin,
  faults: {
    drop: 0.1,
    duplicate: 0.1,
    partition: { pause: 300 },
    crash: { pause: 1500 },
    ...(promises === 'leader' || promises === 'requests' ? {} : restarts),
    ...(clients ? { clients } : { request: { pause: 30 } }),
    ...(promises === 'members' && { administer: { pause: 150 } }),
  },
  // A cluster that was made small may need the very nodes that are down.
  ...(promises === 'members' && { comeBack: true }),
  latency: { low: 1, high: 60 },
  delay: { chance: 0.05, by: 400 },
});

/** Nodes crash more often, also in the middle of a step, and most of them start again. */
const restarts = { crash: { pause: 400 }, crashWithin: 0.01, restart: { pause: 250 } };

/** Three clients, to whom one answer in ten is lost in the storm. */
const clientsOf = (seed: number) =>
  new Clients(['Ann', 'Ben', 'Cleo'], randomFrom(seed), { deaf: 0.1, pause: 120 });

/**
 * What a chapter's nodes promise their clients once the storm is over: a leader; that it does what
 * it accepts; the same when nodes also start again in the storm; that every client is answered that
 * asks until it is; and all this while administrators change the members.
 */
export type Promises = 'leader' | 'requests' | 'restarts' | 'clients' | 'members';

/** How nodes came through one storm. Times are virtual milliseconds. */
export interface Passage {
  /** What went wrong, in words; undefined when nothing did. */
  readonly problem: string | undefined;
  readonly ledAfter: number;
  readonly appliedAfter: number;
  readonly lostNodes: boolean;
}

/** Sends nodes through the storm of a seed. */
export function passStorm(
  node: RaftNode,
  properties: readonly Property[],
  promises: Promises,
  seed: number,
  watch?: (step: Step) => void,
): Passage {
  const clients = promises === 'clients' || promises === 'members' ? clientsOf(seed) : undefined;
  const run = storm(seed, promises, clients);
  const requests = new Requests();
  const onStep = (step: Step) => {
    requests.see(step);
    watch?.(step);
  };
  const { cluster, violation, ledAfter } = faultRun(node, properties, { ...run, onStep });
  const { accepted, slowest, broken } = requests.kept(cluster, run.stormy);
  const problem = () => {
    if (violation) return describeViolation(violation);
    if (ledAfter === undefined) return 'there is no leader that everyone follows';
    if (ledAfter > leaderWithin) return `the leader came after ${ledAfter} ms`;
    if (promises === 'leader') return undefined;
    if (accepted === 0) return 'the leader accepted no request';
    const unanswered = clients?.unansweredSince(run.stormy + run.calm - appliedWithin);
    if (unanswered !== undefined) return `${unanswered} asks and asks, and is not answered`;
    return slowest > appliedWithin ? `a request took ${slowest} ms` : broken[0];
  };
  return {
    problem: problem(),
    ledAfter: ledAfter ?? Infinity,
    appliedAfter: slowest,
    lostNodes: cluster.nodes.some((id) => !cluster.isUp(id)),
  };
}

/** What a trial of storms is called, and what it says besides what all of them say. */
const about: Readonly<Record<Promises, Pick<Trial, 'name' | 'title' | 'paper'> & Says>> = {
  leader: {
    name: 'storms',
    title: 'Comes through storms',
    paper: '§5.2, §5.4.3, §5.6',
    then: 'a leader is followed by all.',
  },
  requests: {
    name: 'storms',
    title: 'Comes through storms',
    paper: '§5.2, §5.4.3, §5.6',
    then: 'a leader is followed by all and does what it accepted.',
  },
  restarts: {
    name: 'storms-with-restarts',
    title: 'Comes through storms and restarts',
    paper: '§5.2, §5.4.3, §5.6, thesis §3.8',
    faults: 'and whoever crashes and starts again, ',
    then: 'a leader is followed by all and does what it accepted.',
  },
  clients: {
    name: 'storms-with-clients',
    title: 'Serves its clients through storms and restarts',
    paper: '§5.6, §8, thesis §6.3, §6.4',
    faults: 'whoever crashes and starts again, and whichever answer is lost, ',
    then: 'every client is answered that asks until it is.',
  },
  members: {
    name: 'storms-with-changes',
    title: 'Changes its members through storms and restarts',
    paper: '§6, §8, thesis §3.10, §4.1, §4.2, §4.3',
    faults: 'whoever crashes, and whoever is to join, to leave or to lead, ',
    then: 'all members follow one leader, and every client is answered that asks until it is.',
  },
};

interface Says {
  readonly faults?: string;
  readonly then: string;
}

/** The storms, for nodes that promise so much. */
export function storms(promises: Promises): Trial {
  const { name, title, paper, faults = '', then } = about[promises];
  return {
    name,
    title,
    paper,
    says: `Whatever is lost, late, doubled or cut, ${faults}safety holds; and when the faults stop, ${then}`,
    nodes: (seed) => storm(seed, promises).nodes,
    run: (node, seed, properties, onStep) =>
      passStorm(node, properties, promises, seed, onStep).problem,
  };
}
