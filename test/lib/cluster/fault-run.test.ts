// A fault run: faults only in the storm, requests until the quiet, and a leader that lasts.

import test from 'tape';
import { electionSafety, oneVotePerTerm } from '../../../lib/check/properties.ts';
import { voting } from '../../../chapters/03-voting/voting.ts';
import type { FaultRun } from '../../../lib/trial/fault-run.ts';
import { faultRun } from '../../../lib/trial/fault-run.ts';
import type { Step } from '../../../lib/cluster/step.ts';

const stormy = 2000;
const calm = 2000;

const storm = (seed: number): FaultRun => ({
  seed,
  nodes: ['A', 'B', 'C', 'D', 'E'],
  stormy,
  calm,
  quiet: 500,
  faults: {
    drop: 0.1,
    duplicate: 0.1,
    partition: { pause: 200 },
    crash: { pause: 800 },
    request: { pause: 50 },
  },
  latency: { low: 1, high: 60 },
  delay: { chance: 0.1, by: 400 },
});

/** The result of a run, and its steps. */
function run(seed: number, node = voting) {
  const steps: Step[] = [];
  const onStep = (step: Step) => void steps.push(step);
  return { ...faultRun(node, [electionSafety, oneVotePerTerm], { ...storm(seed), onStep }), steps };
}

const seeds = [0, 1, 2, 3, 4, 5, 6, 7];

test('the same seed gives the same fault run, and another seed another one', (t) => {
  const text = (seed: number) => JSON.stringify(run(seed).steps);
  t.equal(text(1), text(1));
  t.notEqual(text(1), text(2));
  t.end();
});

test('the storm has faults and the calm has none, but clients go on until the quiet', (t) => {
  const steps = seeds.flatMap((seed) => run(seed).steps);
  const isFault = ({ act }: Step) => /^(duplicate|cut|partition|crash)$/.test(act.type);
  t.ok(steps.some((step) => step.time < stormy && isFault(step)));
  t.notOk(steps.some((step) => step.time > stormy && isFault(step)));
  const requests = steps.filter(({ act }) => act.type === 'request').map(({ time }) => time);
  t.ok(requests.some((time) => time < stormy) && requests.some((time) => time > stormy));
  t.ok(Math.max(...requests) <= stormy + calm, 'none in the quiet');
  t.end();
});

test('in the calm only what is sent to a node that is down is lost', (t) => {
  let lost = 0;
  for (const seed of seeds) {
    const { steps, cluster } = run(seed);
    for (const { act, envelope, time } of steps) {
      if (act.type !== 'drop' || time <= stormy || !envelope) continue;
      lost += 1;
      if (cluster.isUp(envelope.message.to)) t.fail(`seed ${seed}: message ${envelope.id}`);
    }
  }
  t.ok(lost > 0, `${lost} messages reached a node that was down`);
  t.end();
});

test('messages are held up in the storm only', (t) => {
  const sent = seeds.flatMap((seed) => run(seed).steps.flatMap((step) => step.sent ?? []));
  const latencies = (inStorm: boolean) =>
    sent
      .filter(({ sentAt }) => sentAt < stormy === inStorm)
      .map(({ sentAt, dueAt }) => dueAt - sentAt);
  t.ok(Math.max(...latencies(true)) > 300);
  t.ok(Math.max(...latencies(true)) <= 60 + 400);
  t.ok(Math.max(...latencies(false)) <= 60);
  t.end();
});

test('a leader counts from the last time that anyone changed its role or its term', (t) => {
  const led = seeds.map((seed) => {
    const { steps, ledAfter } = run(seed);
    const changes = steps.filter(
      ({ before, after }) =>
        before?.role !== after?.role || before?.currentTerm !== after?.currentTerm,
    );
    t.equal(ledAfter, Math.max(0, (changes.at(-1)?.time ?? 0) - stormy), `seed ${seed}`);
    return ledAfter ?? 0;
  });
  t.ok(led.includes(0) && led.some((after) => after > 0), 'some had one from the storm');
  t.end();
});

test('a run that ends without a leader says so, and a violation ends it', (t) => {
  t.equal(run(1, voting.without('become-leader')).ledAfter, undefined);
  const anyoneLeads = voting.without('become-leader', 'has votes from a majority');
  const broken = seeds.map((seed) => run(seed, anyoneLeads)).find(({ violation }) => violation);
  t.equal(broken?.violation?.property, 'Election Safety');
  t.equal(broken?.violation?.later.step, broken?.steps.length, 'at the step that broke it');
  t.end();
});

test('a run can begin in the middle of a story', (t) => {
  const start = { A: { currentTerm: 7 } };
  const { cluster } = faultRun(voting, [], { ...storm(1), start });
  t.ok(
    cluster.nodes.every((id) => !cluster.isUp(id) || (cluster.stateOf(id).currentTerm ?? 0) > 7),
  );
  t.end();
});
