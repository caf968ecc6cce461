// The trial of a steady leader: without faults, but for a minority that is down from the start, one leader is elected
// and stays, takes requests, and every other node names it.

import { agreedTerm } from './fault-run.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Requests } from './requests.ts';
import type { Trial } from './trial.ts';
import { elect } from './elections.ts';
import { appliedWithin, leaderWithin, nodesNamed, World } from './trial.ts';

/** Three, four or five nodes in turn. */
const nodesOf = (seed: number) => nodesNamed(3 + (seed % 3));

export const steadyLeader: Trial = {
  name: 'steady-leader',
  title: 'A leader stays',
  paper: '§5.2, §5.3, §5.6',
  says: 'Where a majority is up and nothing is lost, one leader is elected, stays, and serves its clients.',
  nodes: nodesOf,
  run(node, seed, properties, onStep) {
    const requests = new Requests();
    const nodes = nodesOf(seed);
    const world = new World(node, nodes, seed, properties, (step) => {
      requests.see(step);
      onStep?.(step);
    });
    const { cluster } = world;
    // Every other run has all nodes up; in the rest, as many as can be are down.
    const down = seed % 2 === 0 ? nodes.slice(-Math.floor((nodes.length - 1) / 2)) : [];
    for (const id of down) world.see(cluster.crash(id));

    const found = elect(world);
    if (typeof found === 'string') return found;
    const { term: elected } = found;
    world.runFor(1500, { request: { pause: 40 } });
    loseOneRequest(world);
    world.runFor(appliedWithin);
    if (world.problem !== undefined) return world.problem;
    const now = agreedTerm(cluster);
    if (now !== elected) {
      return `nothing was lost, yet the leader of term ${elected} did not stay: ${sayRoles(cluster)}`;
    }
    const { leader, accepted, slowest, broken } = requests.kept(cluster, leaderWithin);
    if (leader === undefined || cluster.stateOf(leader).log === undefined) return undefined;
    if (accepted === 0) return `${leader} leads and accepted no request`;
    if (slowest > appliedWithin) return `a request took ${slowest} ms`;
    return broken[0] ?? misdirected(world, leader);
  },
};

/** The leader takes a request while nothing that it sends arrives, for less than an election timeout. */
function loseOneRequest(world: World): void {
  const { cluster } = world;
  const leader = cluster.nodes.find((id) => cluster.stateOf(id).role === 'leader');
  if (leader === undefined || cluster.stateOf(leader).log === undefined) return;
  const others = cluster.nodes.filter((id) => id !== leader);
  for (const id of others) world.see(cluster.cut(leader, id));
  world.see(cluster.request(leader, 'late=1'));
  world.runFor(30);
  world.see(cluster.heal());
}

/** A node that is asked and does not name the leader, in words. */
function misdirected(world: World, leader: string): string | undefined {
  const { cluster } = world;
  for (const id of cluster.nodes) {
    if (id === leader || !cluster.isUp(id)) continue;
    const { effects = [] } = world.see(cluster.request(id, 'x=0'));
    const answer = effects.find(({ type }) => type === 'answer');
    if (answer?.type === 'answer' && !answer.applied && answer.leaderId === leader) continue;
    return `${id} was asked by a client and did not name the leader ${leader}`;
  }
  return undefined;
}

const sayRoles = (cluster: Cluster) =>
  cluster.nodes
    .filter((id) => cluster.isUp(id))
    .map((id) => `${id} is ${cluster.stateOf(id).role} in term ${cluster.stateOf(id).currentTerm}`)
    .join(', ');
