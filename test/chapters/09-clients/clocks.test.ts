// Leases rely on clocks. Runs about them let timers run out when they are due; and clocks that differ by more than is
// assumed break leases, and nothing else.

import test from 'tape';
import { chapter } from '../../../chapters/09-clients/chapter.ts';
import { linearizability } from '../../../lib/check/client-properties.ts';
import { Clients } from '../../../lib/client/client.ts';
import type { ClockRates } from '../../../lib/cluster/cluster.ts';
import { Cluster } from '../../../lib/cluster/cluster.ts';
import { faultRun } from '../../../lib/cluster/fault-run.ts';
import { randomFrom } from '../../../lib/cluster/random.ts';
import { Script } from '../../../lib/cluster/script.ts';
import { electionTimeout, scriptedTiming } from '../../../lib/cluster/timing.ts';
import { scenarioOf } from '../../../lib/scenario/scenario.ts';

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

/** How many of the runs of these seeds are not linearizable, when clocks run at these rates. */
function broken(seeds: number, clockRates: ClockRates, read: 'index' | 'lease'): number {
  const wrong = Array.from({ length: seeds }, (_, seed) => {
    const clients = new Clients(['Ann', 'Ben', 'Cleo', 'Dan'], randomFrom(seed), {
      keys: ['x'],
      reads: [read, read, read],
      pause: 10,
      patience: 60,
    });
    const { violation } = faultRun(chapter.node, [linearizability], {
      seed,
      nodes: ['A', 'B', 'C'],
      clockRates,
      stormy: 4000,
      calm: 0,
      faults: { partition: { pause: 300 }, clients },
      latency: { low: 1, high: 5 },
    });
    return violation ? 1 : 0;
  });
  return wrong.reduce<number>((sum, each) => sum + each, 0);
}

test('a clock that is too slow breaks leases, and not reads by index', (t) => {
  const slow = { A: 0.2, B: 0.2 };
  const count = broken(6, slow, 'lease');
  t.ok(count > 0, `${count} of 6 runs with leases are wrong`);
  t.equal(broken(6, slow, 'index'), 0, 'and none with reads by index');
  t.equal(broken(6, { A: 0.8, B: 1.1 }, 'lease'), 0, 'nor when clocks differ by less than assumed');
  t.end();
});
