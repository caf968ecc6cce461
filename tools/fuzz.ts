// `npm run fuzz -- 07-prevote --runs 10000`: searches a chapter's rules, or what is left of them, for a run that goes
// wrong: chaos for safety, and the chapter's trials on the virtual clock for liveness. What is found is written as a trace.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { describeViolation } from '../lib/check/property.ts';
import type { LeftOut } from '../lib/fuzz/found.ts';
import { nodeWithout, recordFound, sayLeftOut } from '../lib/fuzz/found.ts';
import type { Found, Progress } from '../lib/fuzz/fuzz.ts';
import { searchChaos } from '../lib/fuzz/fuzz.ts';
import type { FailedTrial, TrialProgress } from '../lib/fuzz/trials.ts';
import { searchTrials } from '../lib/fuzz/trials.ts';
import type { RuleNode } from '../lib/rules/node.ts';
import { recordTrial } from '../lib/scenario/record-trial.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { nearestTo, UsageError } from '../lib/stepper/flags.ts';
import { TraceError } from '../lib/trace/error.ts';
import { writeTrace } from '../lib/trace/format.ts';
import type { Trace } from '../lib/trace/trace.ts';
import { chapterFrom } from './choose-chapter.ts';

const usage = `Usage: npm run fuzz -- CHAPTER [flags]

Looks for a run of a chapter's rules that goes wrong, cuts it down and writes it as a trace.
CHAPTER is a number or a name: 7 or 07-prevote. The same seeds give the same runs everywhere.

  --runs N             How many runs: of ten, nine in chaos and one in a trial. 2000 without it.
  --seed S             The first seed; the next runs take those after it. 0 without it.
  --nodes N            The nodes of each run in chaos, 3 to 7. Without it 3, 5 and 4 in turn.
  --without RULE       Leave out a rule, or with RULE/CONDITION one condition. May be repeated.
  --chaos-only         No trials: look for what breaks safety only.
  --trials-only        No chaos: look for what keeps the cluster from its work.
  --restarts           In chaos, let crashed nodes restart. Before chapter 8 they forget everything.
  --out FILE           Where the trace goes; found/CHAPTER-PROPERTY.trace.jsonl without it.
  -h, --help           Print this help.

Exit code: 0 when nothing was found, 1 when something was, 2 for a mistake in the command.
`;

const options = {
  runs: { type: 'string', default: '2000' },
  seed: { type: 'string', default: '0' },
  nodes: { type: 'string' },
  without: { type: 'string', multiple: true, default: [] as string[] },
  'chaos-only': { type: 'boolean', default: false },
  'trials-only': { type: 'boolean', default: false },
  restarts: { type: 'boolean', default: false },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} satisfies ParseArgsConfig['options'];

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What the command line asks for. */
export interface Task {
  readonly chapter: Chapter;
  readonly node: RuleNode;
  readonly leftOut: readonly LeftOut[];
  readonly firstSeed: number;
  readonly chaosRuns: number;
  readonly trialRuns: number;
  readonly nodes: number | undefined;
  readonly restarts: boolean;
  readonly out: string | undefined;
}

/** Reads the command line; undefined when it asks for help. Throws UsageError. */
export function taskOf(args: readonly string[]): Task | undefined {
  const { values, positionals } = read(args);
  if (values.help) return undefined;
  const [name, ...more] = positionals;
  if (name === undefined) throw new UsageError('Expected a chapter, as in: npm run fuzz -- 7');
  if (more.length > 0) throw new UsageError(`Expected one chapter, found '${more[0]}' too.`);
  const chapter = chapterFrom(name);
  const only = { chaos: values['chaos-only'], trials: values['trials-only'] };
  if (only.chaos && only.trials) {
    throw new UsageError('Expected --chaos-only or --trials-only, found both.');
  }
  const runs = numberFrom('runs', values.runs, 1);
  const trialRuns = only.chaos ? 0 : only.trials ? runs : Math.ceil(runs / 10);
  const leftOut = values.without.map((text) => leftOutOf(chapter, text));
  return {
    chapter,
    node: nodeWithout(chapter.node, leftOut),
    leftOut,
    firstSeed: numberFrom('seed', values.seed, 0),
    chaosRuns: only.trials ? 0 : runs - (only.chaos ? 0 : Math.floor(runs / 10)),
    trialRuns,
    nodes: values.nodes === undefined ? undefined : numberFrom('nodes', values.nodes, 3, 7),
    restarts: values.restarts,
    out: values.out,
  };
}

function numberFrom(flag: string, text: string, low: number, high = 1_000_000_000): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= low && value <= high) return value;
  throw new UsageError(`--${flag} needs a whole number from ${low} to ${high}, found '${text}'.`);
}

/** The rule, or the rule and its condition, that a person means by `grant-vote/has not voted …`. */
function leftOutOf({ name, node }: Chapter, text: string): LeftOut {
  const [typedRule = '', ...rest] = text.split('/');
  const [rule, condition] = [typedRule.trim(), rest.join('/').trim()];
  const found = node.rules.find((each) => each.name === rule);
  if (!found) {
    const nearest = nearestTo(
      rule,
      node.rules.map((each) => each.name),
    );
    throw new UsageError(`Chapter ${name} has no rule '${rule}'; the nearest is ${nearest}.`);
  }
  if (rest.length === 0) return { rule };
  const conditions = found.conditions.map((each) => each.name);
  if (conditions.length === 0) throw new UsageError(`The rule ${rule} has no conditions.`);
  if (conditions.includes(condition)) return { rule, condition };
  const nearest = nearestTo(condition, conditions);
  throw new UsageError(
    `The rule ${rule} has no condition '${condition}'; the nearest is '${nearest}'.`,
  );
}

let interrupted = false;

/** Goes through a search, tells a terminal how far it is, and stops early at Ctrl-C. */
async function through<P>(steps: Generator<P, P>, say: (progress: P) => string): Promise<P> {
  const { stderr } = process;
  let next = steps.next();
  for (let last = Date.now(); !next.done && !interrupted; next = steps.next()) {
    if (Date.now() - last < 100) continue;
    last = Date.now();
    if (stderr.isTTY) stderr.write(`\r\x1b[K${say(next.value)}`);
    await new Promise(setImmediate);
  }
  if (stderr.isTTY) stderr.write('\r\x1b[K');
  return next.value;
}

const many = (count: number, one: string) =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

const sayChaos = ({ runs, acts, best, failures }: Progress) =>
  `chaos: ${many(runs, 'run')}, ${many(acts, 'act')}` +
  (best ? `; ${failures} went wrong, the shortest takes ${many(best.acts.length, 'act')}` : '');

const sayTrials = ({ runs, steps, best }: TrialProgress) =>
  `trials: ${many(runs, 'run')}, ${many(steps, 'step')}` + (best ? '; one failed' : '');

async function main(args: readonly string[]): Promise<number> {
  const task = taskOf(args);
  if (!task) {
    process.stdout.write(usage);
    return 0;
  }
  process.once('SIGINT', () => (interrupted = true));
  const { chapter, node, firstSeed, restarts, nodes, leftOut } = task;
  const { properties, trials } = chapter;
  const what = leftOut.length > 0 ? ` without ${sayLeftOut(leftOut)}` : '';
  console.log(`Chapter ${chapter.name}${what}, from seed ${firstSeed}`);

  if (task.chaosRuns > 0) {
    const runs = task.chaosRuns;
    const size = nodes === undefined ? {} : { nodes };
    const search = { node, properties, firstSeed, runs, restarts, ...size };
    const progress = await through(searchChaos(search), sayChaos);
    console.log(sayChaos(progress));
    if (progress.best) return tellFound(task, progress.best);
  }
  if (task.trialRuns > 0 && !interrupted) {
    const search = { node, trials, properties, firstSeed, runs: task.trialRuns };
    const progress = await through(searchTrials(search), sayTrials);
    console.log(trials.length > 0 ? sayTrials(progress) : 'trials: the chapter has none');
    if (progress.best) return tellFailed(task, progress.best);
  }
  console.log(interrupted ? 'Interrupted; nothing was found so far.' : 'Nothing was found.');
  return 0;
}

function tellFound(task: Task, found: Found): number {
  const { chapter, node, leftOut } = task;
  const { seed, violation, drawn, acts, names } = found;
  console.log(`\n${describeViolation(violation)}\n`);
  console.log(
    `Seed ${seed}: ${many(drawn, 'act')}, cut down to ${acts.length}, ${names.length} nodes.`,
  );
  const trace = recordFound(chapter, node, chapter.properties, found, leftOut);
  return write(task, trace, violation.property, violation.later.step);
}

function tellFailed(task: Task, { trial, seed, problem, steps, nodes }: FailedTrial): number {
  const { chapter, node } = task;
  console.log(`\n${trial.title} (${trial.paper}) fails: ${problem}\n`);
  console.log(`Trial ${trial.name}, seed ${seed}: ${many(steps, 'step')}, ${nodes} nodes.`);
  const { trace } = recordTrial(chapter, trial, node, seed);
  return write(task, trace, trial.name, trace.steps.length);
}

/** Writes the trace, and says how to look at it. */
function write({ chapter, out }: Task, trace: Trace, what: string, step: number): number {
  const slug = what.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const file = out ?? `found/${chapter.name}-${slug}.trace.jsonl`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeTrace(trace, file);
  } catch (error) {
    if (error instanceof TraceError) throw error;
    throw new UsageError(
      `The trace cannot be written to ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  console.log(`Written to ${file}; step through it with:`);
  console.log(`  npx tsx chapters/${chapter.name}/run.ts --trace ${file}`);
  console.log(`It goes wrong at step ${step}.`);
  return 1;
}

if (require.main === module) {
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 2;
    },
  );
}
