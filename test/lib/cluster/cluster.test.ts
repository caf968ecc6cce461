// The simulated world: what the network, the timers and crashes do to messages and nodes.

import test from 'tape';
import { roles } from '../../../chapters/01-roles/roles.ts';
import { voting } from '../../../chapters/03-voting/voting.ts';
import { Cluster } from '../../../lib/cluster/cluster.ts';
import { randomFrom } from '../../../lib/cluster/random.ts';
import { runUntil } from '../../../lib/cluster/schedule.ts';
import { scriptedTiming, seededTiming } from '../../../lib/cluster/timing.ts';
import type { NodeState, RaftNode } from '../../../lib/node/contract.ts';

const nodes = ['A', 'B', 'C'];
const fresh = (node: RaftNode = roles) => new Cluster(node, nodes, scriptedTiming);
const heartbeat = (from: string, to: string, nth = 1) => ({ type: 'AppendEntries', from, to, nth });
const roleOf = (cluster: Cluster, id: string) => cluster.stateOf(id).role;

test('every node starts with its election timer running', (t) => {
  const cluster = fresh();
  t.deepEqual(
    nodes.map((id) => [cluster.timerDue(id, 'election'), cluster.timerDue(id, 'heartbeat')]),
    nodes.map(() => [scriptedTiming.election(), undefined]),
  );
  t.end();
});

test('a node whose clock is slow waits longer, and one whose clock is fast less long', (t) => {
  const cluster = new Cluster(roles, nodes, scriptedTiming, {}, { A: 0.5, B: 2 });
  const due = () => nodes.map((id) => cluster.timerDue(id, 'election'));
  t.deepEqual(
    due(),
    [2, 0.5, 1].map((factor) => factor * scriptedTiming.election()),
  );
  const { time } = cluster.timeout('A', 'election');
  t.equal(cluster.timerDue('A', 'heartbeat'), time + 2 * scriptedTiming.heartbeat());
  t.end();
});

test('a message arrives after its latency, and the clock never goes back', (t) => {
  const cluster = fresh();
  const timeout = cluster.timeout('A', 'election');
  const late = cluster.find(heartbeat('A', 'C'));
  cluster.deliver(cluster.find(heartbeat('A', 'B')));
  cluster.timeout('A', 'heartbeat');
  const step = cluster.deliver(late);
  t.equal(late.dueAt, timeout.time + scriptedTiming.latency());
  t.ok(step.time > late.dueAt, 'a message held back arrives now, not in the past');
  t.equal(step.envelope, late);
  t.end();
});

test('messages are addressed by age, and can overtake each other', (t) => {
  const cluster = fresh();
  cluster.timeout('A', 'election');
  cluster.timeout('A', 'heartbeat');
  const [first, second] = [cluster.find(heartbeat('A', 'B')), cluster.find(heartbeat('A', 'B', 2))];
  t.ok(first.id < second.id);
  t.deepEqual(cluster.deliver(second).act, {
    type: 'deliver',
    message: { type: 'AppendEntries', from: 'A', to: 'B', nth: 2 },
  });
  t.equal(cluster.find(heartbeat('A', 'B')), first, 'the older one is still in flight');
  t.end();
});

test('a dropped message is gone, and a duplicate is a message of its own', (t) => {
  const cluster = fresh();
  cluster.timeout('A', 'election');
  cluster.drop(cluster.find(heartbeat('A', 'C')));
  t.throws(() => cluster.find(heartbeat('A', 'C')), /No AppendEntries from A to C is in flight/);
  const original = cluster.find(heartbeat('A', 'B'));
  const { copy } = cluster.duplicate(original);
  t.equal(copy?.message, original.message);
  t.notEqual(copy?.id, original.id);
  cluster.deliver(original);
  t.throws(() => cluster.deliver(original), /not in flight/);
  t.equal(cluster.deliver(cluster.find(heartbeat('A', 'B'))).envelope, copy);
  t.end();
});

test('what is sent over a cut link is lost; what is in flight waits until the link heals', (t) => {
  const cluster = fresh();
  cluster.timeout('A', 'election');
  const before = cluster.find(heartbeat('A', 'B'));
  cluster.partition(['A'], ['B', 'C']);
  const { sent } = cluster.timeout('A', 'heartbeat');
  t.ok(
    sent?.every(({ lost }) => lost),
    'both heartbeats are lost',
  );
  t.throws(() => cluster.deliver(before), /link from A to B is cut/);
  cluster.heal();
  cluster.deliver(before);
  t.equal(cluster.inFlight.length, 1, 'only the first heartbeat to C is left');
  t.end();
});

test('a link can be cut in one direction only', (t) => {
  const cluster = fresh();
  cluster.cut('A', 'B');
  t.deepEqual([cluster.connected('A', 'B'), cluster.connected('B', 'A')], [false, true]);
  t.throws(() => cluster.partition(['A'], ['B']), /leaves out C/);
  t.end();
});

test('a crashed node has no timers and receives nothing; a restarted one has forgotten all', (t) => {
  const cluster = fresh();
  cluster.timeout('A', 'election');
  cluster.timeout('B', 'election');
  cluster.crash('A');
  t.throws(() => cluster.timeout('A', 'heartbeat'), /no heartbeat timer running/);
  t.throws(() => cluster.deliver(cluster.find(heartbeat('B', 'A'))), /A is down/);
  t.throws(() => cluster.request('A', 'set x 1'), /A is down/);
  t.throws(() => cluster.crash('A'), /down already/);
  const { before, after } = cluster.restart('A');
  t.deepEqual([before?.role, after?.role], ['leader', 'follower']);
  t.ok(cluster.timerDue('A', 'election'));
  cluster.deliver(cluster.find(heartbeat('B', 'A')));
  t.throws(() => cluster.restart('A'), /up already/);
  t.end();
});

test('a node stops and restarts its timers as it asks', (t) => {
  const stopper: RaftNode = {
    init: (id, peers): NodeState => ({ id, peers, role: 'follower' }),
    step: (state, event) => ({
      state,
      effects: [
        event.type === 'ElectionTimeout'
          ? { type: 'restartTimer', timer: 'heartbeat' }
          : { type: 'stopTimer', timer: 'heartbeat' },
      ],
    }),
  };
  const cluster = fresh(stopper);
  cluster.timeout('A', 'election');
  t.equal(cluster.timerDue('A', 'election'), undefined, 'a timer that ran out is not running');
  t.equal(cluster.timerDue('A', 'heartbeat'), cluster.now + scriptedTiming.heartbeat());
  cluster.request('A', 'anything');
  t.equal(cluster.timerDue('A', 'heartbeat'), undefined);
  t.end();
});

test('a message to a node that does not exist is an error that names the nodes', (t) => {
  const stray: RaftNode = {
    init: (id, peers): NodeState => ({ id, peers, role: 'follower' }),
    step: (state) => ({
      state,
      effects: [{ type: 'send', message: { type: 'Hello', from: 'A', to: 'Z' } }],
    }),
  };
  t.throws(() => fresh(stray).timeout('A', 'election'), /no node Z; the nodes are A, B, C/);
  t.end();
});

const story = (seed: number) => {
  const random = randomFrom(seed);
  const cluster = new Cluster(voting, ['A', 'B', 'C', 'D', 'E'], seededTiming(random));
  const faults = {
    drop: 0.1,
    duplicate: 0.1,
    partition: { pause: 200 },
    crash: { pause: 800 },
  };
  const steps = [...runUntil(cluster, random, 3000, faults)];
  return { cluster, steps };
};

test('the same seed gives the same run, and another seed another one', (t) => {
  const text = (seed: number) => JSON.stringify(story(seed).steps);
  t.equal(text(1), text(1));
  t.notEqual(text(1), text(2));
  t.end();
});

test('a seeded run has every fault, keeps a majority up, and its clock never goes back', (t) => {
  const runs = [1, 2, 3, 4].map(story);
  const acts = new Set(runs.flatMap(({ steps }) => steps.map(({ act }) => act.type)));
  for (const act of [
    'deliver',
    'drop',
    'duplicate',
    'timeout',
    'partition',
    'cut',
    'heal',
    'crash',
  ]) {
    t.ok(
      [...acts].some((seen) => seen === act),
      `there is a ${act}`,
    );
  }
  for (const { cluster, steps } of runs) {
    t.ok(nodes.filter((id) => cluster.isUp(id)).length >= 1);
    t.ok(cluster.nodes.filter((id) => cluster.isUp(id)).length >= 3);
    t.ok(steps.every((step, index) => step.time >= (steps[index - 1]?.time ?? 0)));
  }
  t.end();
});

test('messages overtake each other in a seeded run', (t) => {
  const { steps } = story(1);
  const delivered = steps.flatMap(({ act, envelope }) =>
    act.type === 'deliver' && envelope ? [envelope.id] : [],
  );
  t.ok(delivered.some((id, index) => id < (delivered[index - 1] ?? 0)));
  t.end();
});

test('roles are where the acts lead', (t) => {
  const cluster = fresh();
  cluster.timeout('A', 'election');
  cluster.deliver(cluster.find(heartbeat('A', 'B')));
  t.deepEqual(
    nodes.map((id) => roleOf(cluster, id)),
    ['leader', 'follower', 'follower'],
  );
  t.end();
});
