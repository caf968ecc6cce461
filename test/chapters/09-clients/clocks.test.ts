// Leases rely on clocks. Runs about them let timers run out when they are due; and clocks that differ by more than is
// assumed break leases, and nothing else.

import test from 'tape';
import { lead } from '../../../chapters/08-persistence/scenarios/lead.ts';
import { chapter } from '../../../chapters/09-clients/chapter.ts';
import { leaseRounds } from '../../../chapters/09-clients/clients.ts';
import { linearizability, readsAreFresh } from '../../../lib/check/client-properties.ts';
import type { Violation } from '../../../lib/check/property.ts';
import { checkerOf, sightingOf } from '../../../lib/check/property.ts';
import { Cluster } from '../../../lib/cluster/cluster.ts';
import { randomFrom } from '../../../lib/cluster/random.ts';
import { runUntil } from '../../../lib/cluster/schedule.ts';
import { Script } from '../../../lib/cluster/script.ts';
import type { Step } from '../../../lib/cluster/step.ts';
import {
  electionTimeout,
  heartbeatInterval,
  scriptedTiming,
  seededTiming,
} from '../../../lib/cluster/timing.ts';
import { scenarioOf } from '../../../lib/scenario/scenario.ts';

const nodes = ['A', 'B', 'C'];

const leases = ['read-by-lease', 'slow-answer', 'late-request', 'slow-clock'];

test('in the runs about leases no timer is late by the clock of its node', (t) => {
  for (const name of leases) {
    const scenario = scenarioOf(chapter, name);
    if (!('script' in scenario)) throw new Error(`${name} has no script`);
    const { nodes, start, clockRates } = scenario;
    const cluster = new Cluster(chapter.node, nodes, scriptedTiming, start, clockRates);
    // An election timeout may be drawn longer than the shortest, which a script takes.
    const allowed = {
      heartbeat: 0,
      contact: 0,
      election: electionTimeout.high - electionTimeout.low,
    };
    const late: string[] = [];
    scenario.script(
      new Script(cluster, ({ prologue, time }) => {
        for (const node of prologue ? [] : nodes) {
          for (const timer of ['heartbeat', 'contact', 'election'] as const) {
            const due = cluster.timerDue(node, timer) ?? Infinity;
            if (due + allowed[timer] < time)
              late.push(`${timer} of ${node} at ${time}, due ${due}`);
          }
        }
      }),
    );
    t.deepEqual(late, [], name);
  }
  t.end();
});

/**
 * A leads, with a clock of this rate, and is cut off at some moment. The others elect a leader when their timers say so,
 * and it takes a command; all the while A is asked to read. Gives what a property says of that.
 */
function cutOff(seed: number, rate: number, read: 'index' | 'lease'): string | undefined {
  const random = randomFrom(seed);
  const cluster = new Cluster(chapter.node, nodes, seededTiming(random), {}, { A: rate });
  const check = checkerOf([linearizability, readsAreFresh]);
  let [steps, sequence] = [0, 0];
  let violation: Violation | undefined;
  const see = (step: Step) => {
    const sighting = sightingOf(++steps, step);
    if (sighting) violation ??= check(sighting);
  };
  const runFor = (milliseconds: number) => {
    const end = cluster.now + milliseconds;
    for (const step of runUntil(cluster, random, end)) see(step);
    cluster.advanceTo(end);
  };
  lead(new Script(cluster, see), 'A', 'B');
  runFor(random.between(100, 300));
  see(cluster.partition(['A'], ['B', 'C']));
  const asked = new Set<string>();
  for (let waited = 0; waited < 600 && cluster.stateOf('A').role === 'leader'; waited += 5) {
    runFor(5);
    for (const id of nodes) {
      if (id === 'A' || cluster.stateOf(id).role !== 'leader' || asked.has(id)) continue;
      asked.add(id);
      see(cluster.request(id, { command: 'x=1', client: 'Ben', sequence: asked.size }));
    }
    see(cluster.request('A', { command: 'x?', client: 'Ann', sequence: ++sequence, read }));
  }
  return violation?.property;
}

const broken = (rate: number, read: 'index' | 'lease') =>
  Array.from({ length: 20 }, (_, seed) => cutOff(seed, rate, read)).filter(Boolean).length;

test('a leader whose clock is too slow breaks its lease, and not its reads by index', (t) => {
  const count = broken(0.3, 'lease');
  t.ok(count > 10, `${count} of 20 runs go wrong`);
  t.equal(broken(0.3, 'index'), 0, 'none with reads by index');
  t.end();
});

test('as long as clocks differ by less than assumed, a lease holds', (t) => {
  const assumed = electionTimeout.low / (leaseRounds * heartbeatInterval);
  t.equal(assumed, 1.5, 'clocks may differ by a half');
  for (const rate of [1, 1.05 / assumed, 2]) t.equal(broken(rate, 'lease'), 0, `rate ${rate}`);
  t.end();
});
