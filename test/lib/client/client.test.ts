// Simulated clients: one command at a time, sent again under the same number, to whom they are sent.

import test from 'tape';
import { clients } from '../../../chapters/09-clients/clients.ts';
import { Clients } from '../../../lib/client/client.ts';
import { faultRun } from '../../../lib/trial/fault-run.ts';
import { randomFrom } from '../../../lib/cluster/random.ts';
import type { Step } from '../../../lib/cluster/step.ts';

interface Asked {
  readonly node: string;
  readonly command: string;
  readonly sequence: number;
  readonly time: number;
  /** Whom the node that was asked named instead of itself. */
  readonly sentTo?: string | null;
}

/** What Ann and Ben ask in a run with faults, each in the order of time. */
function askedIn(seed: number, deaf = 0): ReadonlyMap<string, readonly Asked[]> {
  const asked = new Map<string, Asked[]>();
  const see = ({ act, effects = [], time }: Step) => {
    if (act.type !== 'request' || act.client === undefined) return;
    const { node, command, client, sequence = 0 } = act;
    const refusal = effects.find((effect) => effect.type === 'answer' && !effect.applied);
    const sentTo = refusal?.type === 'answer' ? { sentTo: refusal.leaderId } : {};
    asked.set(client, [...(asked.get(client) ?? []), { node, command, sequence, time, ...sentTo }]);
  };
  faultRun(clients, [], {
    seed,
    nodes: ['A', 'B', 'C'],
    stormy: 1500,
    calm: 1500,
    faults: {
      drop: 0.1,
      crash: { pause: 500 },
      restart: { pause: 300 },
      clients: new Clients(['Ann', 'Ben'], randomFrom(seed), { deaf }),
    },
    latency: { low: 5, high: 40 },
    onStep: see,
  });
  return asked;
}

const runs = [1, 2, 3].flatMap((seed) => [...askedIn(seed, 0.2).values()]);

test('a client counts its commands from 1, and goes on only to the next number', (t) => {
  for (const asked of runs) {
    t.ok(asked.length > 10, `it asks ${asked.length} times`);
    t.equal(asked[0]?.sequence, 1);
    const steps = asked.slice(1).map(({ sequence }, at) => sequence - (asked[at]?.sequence ?? 0));
    t.ok(steps.every((step) => step === 0 || step === 1));
    t.ok(steps.includes(0), 'some commands are sent again');
  }
  t.end();
});

test('a command that is sent again is the same command', (t) => {
  for (const asked of runs) {
    const commands = new Map(asked.map(({ sequence, command }) => [sequence, command]));
    t.ok(asked.every(({ sequence, command }) => commands.get(sequence) === command));
  }
  t.end();
});

test('a client goes to the leader that it is named, and at once', (t) => {
  let sent = 0;
  for (const asked of runs) {
    asked.slice(1).forEach(({ node, time }, at) => {
      const before = asked[at];
      if (typeof before?.sentTo !== 'string' || time > before.time + 1) return;
      sent += 1;
      t.equal(node, before.sentTo);
    });
  }
  t.ok(sent > 0, `${sent} times`);
  t.end();
});

test('the same seed asks the same', (t) => {
  t.deepEqual(askedIn(4), askedIn(4));
  t.notDeepEqual(askedIn(4), askedIn(5));
  t.end();
});
