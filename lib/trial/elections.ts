// The trials of hard elections: those in which only a careful voter lets anybody win, or only a careless one lets too many.

import { agreedTerm } from './fault-run.ts';
import type { NodeId } from '../node/contract.ts';
import type { Trial } from './trial.ts';
import { leaderWithin, nodesNamed, World } from './trial.ts';

/** The leader that everyone who is up follows; or, in words, why there is none. */
export function leaderOf(
  world: World,
): { readonly leader: NodeId; readonly term: number } | string {
  const { cluster, problem } = world;
  if (problem !== undefined) return problem;
  const term = agreedTerm(cluster);
  const leader = cluster.nodes.find(
    (id) => cluster.isUp(id) && cluster.stateOf(id).role === 'leader',
  );
  if (term !== undefined && leader !== undefined) return { leader, term };
  return `no leader is followed by all who are up after ${leaderWithin} ms`;
}

/** After an election, a cluster is given so many virtual ms to settle. */
const settledAfter = 200;

/**
 * Runs on until one leader is followed by everyone who is up, and a little longer; or, in words, why there is none
 * in time.
 */
export function elect(world: World, within = leaderWithin): ReturnType<typeof leaderOf> {
  for (let waited = 0; waited < within; waited += 100) {
    world.runFor(100);
    if (typeof leaderOf(world) === 'string') continue;
    world.runFor(settledAfter);
    const found = leaderOf(world);
    if (typeof found !== 'string' || world.violation) return found;
  }
  return leaderOf(world);
}

export const evenSplit: Trial = {
  name: 'even-split',
  title: 'Half is no majority',
  paper: '§5.2, Fig. 2 Candidates 2',
  says: 'While four nodes are split into two and two, nobody can win; afterwards somebody does.',
  nodes: () => nodesNamed(4),
  run(node, seed, properties, onStep) {
    const world = new World(node, nodesNamed(4), seed, properties, onStep);
    const { cluster } = world;
    world.see(cluster.partition(['A', 'B'], ['C', 'D']));
    world.runFor(1500);
    if (world.problem !== undefined) return world.problem;
    const leads = cluster.nodes.find((id) => cluster.stateOf(id).role === 'leader');
    if (leads !== undefined) return `${leads} leads with at most two votes of four`;
    world.see(cluster.heal());
    const found = elect(world);
    return typeof found === 'string' ? found : undefined;
  },
};

export const thinnedOut: Trial = {
  name: 'thinned-out',
  title: 'A majority elects, whatever terms it comes from',
  paper: '§5.1, §5.2',
  says: 'Of five nodes two leaders crash, while a third node was away and knows no later term: three elect.',
  nodes: () => nodesNamed(5),
  run(node, seed, properties, onStep) {
    const nodes = nodesNamed(5);
    const world = new World(node, nodes, seed, properties, onStep);
    const { cluster } = world;
    world.runFor(leaderWithin);
    const first = leaderOf(world);
    if (typeof first === 'string') return first;
    const away = nodes.find((id) => id !== first.leader) ?? 'A';
    world.see(cluster.crash(first.leader));
    world.cutOff(away);
    world.runFor(leaderWithin);
    if (world.problem !== undefined) return world.problem;
    const second = nodes.find(
      (id) => id !== away && cluster.isUp(id) && cluster.stateOf(id).role === 'leader',
    );
    if (second === undefined) return `three of five are connected and elect nobody`;
    world.see(cluster.crash(second));
    world.see(cluster.heal());
    world.runFor(2 * leaderWithin);
    const third = leaderOf(world);
    return typeof third === 'string' ? third : undefined;
  },
};

export const longerButOlder: Trial = {
  name: 'longer-but-older',
  title: 'A newer log wins over a longer one',
  paper: '§5.4.1',
  says: 'Of two nodes one has the longer log and the other the newer: the newer one is elected.',
  nodes: () => nodesNamed(3),
  run(node, seed, properties, onStep) {
    const nodes = nodesNamed(3);
    const world = new World(node, nodes, seed, properties, onStep);
    const { cluster } = world;
    const first = elect(world);
    if (typeof first === 'string') return first;
    const others = nodes.filter((id) => id !== first.leader);
    world.cutOff(first.leader);
    for (let command = 1; command <= 6; command++) {
      world.see(cluster.request(first.leader, `lost=${command}`));
    }
    world.runFor(1500);
    const second = others.find((id) => cluster.stateOf(id).role === 'leader');
    if (second === undefined) return 'two of three are connected and elect nobody';
    world.see(cluster.request(second, 'kept=1'));
    world.runFor(300);
    // Everybody alone for long. Then the third node is heard once more, with its newer term if it has one, and crashes:
    // the other two have to elect one of themselves.
    const third = others.find((id) => id !== second) ?? second;
    world.see(cluster.partition(...nodes.map((id) => [id])));
    world.runFor(1000);
    world.see(cluster.heal());
    for (const id of [first.leader, second]) world.see(cluster.cut(id, third));
    world.see(cluster.cut(first.leader, second));
    world.see(cluster.cut(second, first.leader));
    world.runFor(400);
    world.see(cluster.crash(third));
    world.see(cluster.heal());
    const last = elect(world, 2 * leaderWithin);
    if (typeof last === 'string') return last;
    return last.leader === second ? undefined : `${last.leader} leads without what is committed`;
  },
};
