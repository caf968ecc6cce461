// The trial of a node that was away for long: what it lacks is discarded by then, and it catches up all the same, while
// clients go on asking.

import type { Cluster } from '../cluster/cluster.ts';
import { canonical } from '../trace/canonical.ts';
import { leaderOf } from './elections.ts';
import type { Trial } from './trial.ts';
import { appliedWithin, leaderWithin, nodesNamed, World } from './trial.ts';

/** How often a node misses one command. */
const rounds = 8;

const nodesOf = (seed: number) => nodesNamed(3 + 2 * (seed % 2));

export const leftBehind: Trial = {
  name: 'left-behind',
  title: 'Who was away for long catches up',
  paper: '§7, Fig. 13',
  says:
    'A node misses so much that nobody has all of it as entries any more. It comes back, while messages are lost and ' +
    'clients go on asking, and in the end it has what the others have.',
  nodes: nodesOf,
  run(node, seed, properties, onStep) {
    const nodes = nodesOf(seed);
    const world = new World(node, nodes, seed, properties, onStep);
    const { cluster } = world;
    world.runFor(leaderWithin);
    const found = leaderOf(world);
    if (typeof found === 'string') return found;
    const { leader, term } = found;
    const others = nodes.filter((id) => id !== leader);
    const away = others[seed % others.length];
    const other = others.find((id) => id !== away);
    if (away === undefined || other === undefined) throw new Error('there is nobody to be away');
    world.cutOff(away);
    world.runFor(1200, { request: { pause: 30 } });
    if (world.problem !== undefined) return world.problem;
    const { role, currentTerm } = cluster.stateOf(leader);
    if (role !== 'leader' || currentTerm !== term) {
      return `while ${away} was away, ${leader} did not go on leading term ${term}`;
    }
    const before = cluster.stateOf(leader).lastApplied ?? 0;
    // In every other run another machine breaks, so that of three nodes both are needed.
    if (seed % 4 >= 2) world.see(cluster.crash(other));
    world.see(cluster.heal());
    world.runFor(400, { request: { pause: 20 }, drop: 0.2, duplicate: 0.2 });
    world.runFor(leaderWithin, { request: { pause: 8 } });
    if (world.problem !== undefined) return world.problem;
    const { lastApplied = 0 } = cluster.stateOf(away);
    if (lastApplied < before) {
      return `${away} has applied ${lastApplied} while clients go on asking, and it came back when ${before} was applied`;
    }
    world.runFor(appliedWithin);
    const last = leaderOf(world);
    if (typeof last === 'string') return last;
    return notCaughtUp(cluster, last.leader) ?? oneByOne(world, last.leader);
  },
};

/** Again and again a node misses just one command, so that in some round it is the last one of a snapshot. */
function oneByOne(world: World, leader: string): string | undefined {
  const { cluster } = world;
  const away = cluster.nodes.find((id) => id !== leader && cluster.isUp(id));
  if (away === undefined) throw new Error('there is nobody to be away');
  for (let round = 1; round <= rounds; round++) {
    world.cutOff(away);
    world.see(cluster.request(leader, `x=${round}`));
    world.runFor(60);
    world.see(cluster.heal());
    world.runFor(300);
    if (world.problem !== undefined) return world.problem;
    const behind = notCaughtUp(cluster, leader);
    if (behind !== undefined) return behind;
  }
  return undefined;
}

/** In words, a node that is up and has not applied what the leader has. */
function notCaughtUp(cluster: Cluster, leader: string): string | undefined {
  const appliedBy = (id: string) => {
    const { lastApplied, machine } = { machine: undefined, ...cluster.stateOf(id) };
    return canonical({ lastApplied, machine });
  };
  const behind = cluster.nodes.find(
    (id) => cluster.isUp(id) && appliedBy(id) !== appliedBy(leader),
  );
  return behind === undefined
    ? undefined
    : `${behind} has ${appliedBy(behind)}, and the leader ${leader} has ${appliedBy(leader)}`;
}
