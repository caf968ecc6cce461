// `npm run bench`: how fast the simulated world runs on this machine, that a step costs the same whether
// the log is short or long, how fast and how big a search is, and how fast a client's history is judged.

import { cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { chapters } from '../chapters/chapters.ts';
import { faultRun } from '../lib/trial/fault-run.ts';
import { randomFrom } from '../lib/cluster/random.ts';
import { explore } from '../lib/explore/search.ts';
import { chaosRun } from '../lib/fuzz/chaos.ts';
import { keyValues } from '../lib/linearizability/key-values.ts';
import { linearizable } from '../lib/linearizability/linearizable.ts';
import { randomHistory } from '../lib/linearizability/random-history.ts';
import { Log } from '../lib/log/log.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { mustHold } from '../lib/scenario/scenario.ts';

const nodes = ['A', 'B', 'C', 'D', 'E'];
const speedRounds = 7;
const lengthRounds = 60;
const chaosRuns = 500;
const lengths = [100, 1_000, 10_000];

setFlagsFromString('--expose-gc');
/** Sweeps the young garbage, so that what was prepared is not charged to what is measured. */
const sweep = runInNewContext('gc') as (options: { type: 'minor' | 'major' }) => void;

/** Simulated steps a second of one chapter: five nodes, mild faults, clients, its properties checked. */
function stepsPerSecond(chapter: Chapter, seed: number): number {
  const start = performance.now();
  const { steps } = faultRun(chapter.node, mustHold(chapter), {
    seed,
    nodes,
    stormy: 200_000,
    calm: 200_000,
    faults: { drop: 0.02, duplicate: 0.02, partition: { pause: 1000 }, request: { pause: 100 } },
    latency: { low: 1, high: 40 },
  });
  return (steps * 1000) / (performance.now() - start);
}

/** Acts a second of chaos: three nodes, short runs from one seed after the other, properties checked or not. */
function actsPerSecond({ node, properties }: Chapter, round: number, isChecked: boolean): number {
  const settings = { nodes: nodes.slice(0, 3), acts: 200 };
  const start = performance.now();
  let acts = 0;
  for (let seed = round * chaosRuns; seed < (round + 1) * chaosRuns; seed++) {
    acts += chaosRun(node, isChecked ? properties : [], seed, settings).acts.length;
  }
  return (acts * 1000) / (performance.now() - start);
}

/**
 * Nanoseconds a step with a log of this many entries, all committed and applied: five nodes, a calm
 * network, clients, properties checked. The first five seconds do not count.
 */
function costOfStep(chapter: Chapter, length: number, seed: number): number {
  const entries = Array.from({ length }, (_, index) => ({ term: 1, command: `x=${index}` }));
  const state = () => ({
    currentTerm: 1,
    log: Log.of(entries),
    commitIndex: length,
    lastApplied: length,
  });
  let steps = 0;
  let start = 0;
  faultRun(chapter.node, mustHold(chapter), {
    seed,
    nodes,
    start: Object.fromEntries(nodes.map((id) => [id, state()])),
    stormy: 0,
    calm: 15_000,
    faults: { request: { pause: 50 } },
    latency: { low: 5, high: 15 },
    onStep({ time }) {
      if (time < 5000) return;
      if (steps === 0) {
        sweep({ type: 'minor' });
        start = performance.now();
      }
      steps += 1;
    },
  });
  return ((performance.now() - start) * 1e6) / steps;
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const median = (values: readonly number[]) => sorted(values)[Math.floor(values.length / 2)] ?? NaN;
const whole = (value = NaN) => Math.round(value).toLocaleString('en').padStart(9);

/** Prints the median, the lowest and the highest of what is measured round by round. */
function report(name: string, measure: (round: number) => number): void {
  const all = Array.from({ length: speedRounds }, (_, round) => measure(round));
  const [lowest, highest] = [sorted(all)[0], sorted(all).at(-1)];
  console.log(
    `  ${name.padEnd(20)} median ${whole(median(all))}` +
      `  lowest ${whole(lowest)}  highest ${whole(highest)}`,
  );
}

/** Searches chapter 4 up to this many states, and prints how fast that was and what a state takes. */
function benchSearch(limit: number, symmetry: boolean): void {
  const chapter = chapters.find(({ name }) => name === '04-replication');
  if (!chapter) throw new Error('there is no chapter 4');
  const { node, properties } = chapter;
  const bounds = { terms: 3, log: 2, requests: Infinity, restarts: 0, depth: Infinity };
  sweep({ type: 'major' });
  const before = process.memoryUsage().heapUsed;
  let objects = 0;
  const start = process.cpuUsage();
  const { states, bytes } = explore(
    { node, nodes: ['A', 'B', 'C'], properties, bounds, symmetry, limit },
    () => {
      objects = Math.max(objects, process.memoryUsage().heapUsed - before);
    },
  );
  const { user } = process.cpuUsage(start);
  console.log(
    `  ${symmetry ? 'one of six names' : 'all names       '} ${whole((states * 1e6) / user)}` +
      ` a second of processor time, ${Math.round((bytes + objects) / states)} bytes a state: ` +
      `${Math.round(bytes / states)} in tables, at most ${Math.round(objects / states)} in objects`,
  );
}

const [processor] = cpus();
console.log(`Node ${process.version}, ${processor?.model ?? 'unknown processor'}, one core\n`);

const searched = 5_000_000;
// First, because a search runs alone, and what ran before would slow it down.
console.log(
  `The first ${searched.toLocaleString('en')} distinct states of 04-replication, three nodes, terms ≤ 3, log ≤ 2:`,
);
for (const symmetry of [true, false]) benchSearch(searched, symmetry);

console.log(`\nSimulated steps a second, five nodes, properties on, ${speedRounds} rounds:`);
for (const chapter of chapters) report(chapter.name, (round) => stepsPerSecond(chapter, round));

console.log(`\nActs a second of chaos, three nodes, ${speedRounds} rounds of ${chaosRuns} runs:`);
for (const chapter of chapters) {
  report(chapter.name, (round) => actsPerSecond(chapter, round, true));
}
console.log('The same without its properties:');
for (const chapter of chapters) {
  report(chapter.name, (round) => actsPerSecond(chapter, round, false));
}

const logged = chapters.findLast(({ node }) => 'log' in node.init('A', ['B', 'C']));
if (logged) {
  console.log(`\nNanoseconds a step by the length of the log, ${logged.name}, calm network,`);
  console.log(`properties on, median of ${lengthRounds} rounds:`);
  const costs = new Map(lengths.map((length): [number, number[]] => [length, []]));
  // Round by round, so that what else the machine does falls on every length alike.
  for (let seed = 0; seed < lengthRounds; seed++) {
    for (const [length, all] of costs) all.push(costOfStep(logged, length, seed));
  }
  const first = median(costs.get(100) ?? []);
  for (const [length, all] of costs) {
    const ratio = (median(all) / first).toFixed(2);
    console.log(`  ${whole(length)} entries ${whole(median(all))} ns, ${ratio} times that of 100`);
  }
}

const asked = { clients: 10, keys: 5, operations: 1_000, unknown: 0.03 };

/** Milliseconds to judge the history of one seed; `broken` is the chance that the store goes wrong at an operation. */
function millisecondsToJudge(seed: number, values: number, broken: number): number {
  const history = randomHistory(randomFrom(seed), { ...asked, values, broken });
  const start = performance.now();
  const verdict = linearizable(history, keyValues);
  const spent = performance.now() - start;
  if (broken === 0 && !verdict.linearizable) throw new Error(`seed ${seed} should be linearizable`);
  if (broken > 0 && verdict.linearizable) throw new Error(`seed ${seed} should contradict itself`);
  return spent;
}

const { operations, clients, keys, unknown } = asked;
console.log(
  `\nMilliseconds to judge ${operations.toLocaleString('en')} operations of ${clients} clients on ${keys} keys,` +
    ` one in ${Math.round(1 / unknown)} without an answer, ${speedRounds} histories:`,
);
for (const values of [5, 1_000]) {
  report(`${values} values`, (round) => millisecondsToJudge(round + 1, values, 0));
  report('  slightly broken', (round) => millisecondsToJudge(round + 1, values, 0.01));
}
