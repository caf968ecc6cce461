// Judges an implementation in one scenario: strictly, step by step against the recorded trace; and where it differs, by
// its own behaviour under the same schedule.

import { describeViolation } from '../check/property.ts';
import type { RaftNode } from '../node/contract.ts';
import { habitsOf } from '../replay/habits.ts';
import type { Behaviour } from '../replay/behavioural.ts';
import { replayBehaviour } from '../replay/behavioural.ts';
import { describeMismatch } from '../replay/report.ts';
import type { Mismatch } from '../replay/strict.ts';
import { replayStrict } from '../replay/strict.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { mustHold } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import { sayValue } from '../words/words.ts';
import { checked } from './checked.ts';
import type { Finding } from './report.ts';
import type { Judgement, OwnRun, Run } from './subject.ts';
import { messageOf } from './subject.ts';

/** How an implementation fared in one scenario. */
export interface Fared {
  readonly trace: Trace;
  readonly milliseconds: number;
  /** Where it differs from the recorded run; undefined when it does not. */
  readonly strict: Difference | undefined;
  /** What is wrong with its own run; undefined when all behaviour holds. */
  readonly problem: string | undefined;
  readonly ownRun: OwnRun | undefined;
}

interface Difference {
  readonly mismatch?: Mismatch;
  /** What ended the replay before there was anything to compare. */
  readonly threw?: string;
  /** The gap of an exercise that was reached. */
  readonly todo?: string;
}

/** One scenario, replayed strictly, and where that differs by its own behaviour. */
export class Fare {
  private readonly chapter: Chapter;
  private readonly trace: Trace;
  private readonly traces: () => readonly Trace[];
  private strict: Difference | undefined;
  private own: { run?: Behaviour; problem?: string } = {};
  private milliseconds = 0;

  /** `traces` are all that the chapter's own rules recorded. */
  constructor(chapter: Chapter, trace: Trace, traces: () => readonly Trace[]) {
    this.chapter = chapter;
    this.trace = trace;
    this.traces = traces;
  }

  /** Whether it differs from the recorded run. */
  strictly(run: Run): boolean {
    const start = performance.now();
    this.strict = strictly(this.chapter, this.trace, this.traces, run);
    this.milliseconds += performance.now() - start;
    return this.strict !== undefined;
  }

  behave(run: Run): void {
    const start = performance.now();
    this.own = behave(this.chapter, this.trace, run);
    this.milliseconds += performance.now() - start;
  }

  fared(): Fared {
    const { trace, strict, milliseconds } = this;
    const { run, problem } = this.own;
    const ownRun = strict && run && { trace: run.trace, step: ownStep(strict, run) };
    return { trace, strict, problem, ownRun, milliseconds };
  }
}

/** The verdict on a scenario; `excused` says whether a difference may be that of a correct variant. */
export function scenarioVerdict(chapter: Chapter, fared: Fared, excused: boolean): Judgement {
  const { trace, strict, problem, ownRun, milliseconds } = fared;
  const { header } = trace;
  const id = `${chapter.name}/${header.scenario}`;
  const name = `${chapter.title}: ${header.title}`;
  const about = { id, name, chapter: chapter.name, milliseconds };
  if (!strict) return { ...about, status: 'passed', verdict: 'as recorded', details: '' };
  const { mismatch, threw, todo } = strict;
  const finding = mismatch && (gapFinding(chapter, mismatch, todo) ?? findingOf(mismatch));
  // A gap that was reached names itself; nothing else is to blame.
  const difference = mismatch
    ? describeMismatch(mismatch, todo === undefined)
    : `it threw: ${threw}`;
  const found = { ...(finding && { finding }), ...(ownRun && { ownRun: () => ownRun }) };
  if (problem === undefined && excused && todo === undefined) {
    const verdict = 'a correct variant: not as recorded, but all behaviour holds';
    const details = `Where it first differs from the recorded run:\n${difference}`;
    return { ...about, status: 'variant', verdict, details, ...found };
  }
  const behaviour = problem ?? 'nothing is wrong with this run alone, but elsewhere something is';
  return {
    ...about,
    status: 'failed',
    verdict: verdictOf(strict),
    details: `${difference}\n  behaviour: ${behaviour.replaceAll('\n', '\n  ')}`,
    ...found,
    ...(todo !== undefined && { todo }),
  };
}

/** The rule that explains a mismatch, when one does. */
export function findingOf({ trace, step, diagnosis }: Mismatch): Finding | undefined {
  if (!diagnosis) return undefined;
  const { explanation, condition } = diagnosis;
  const { name: rule, paper } = explanation.rule;
  const decides = condition ?? explanation.conditions.find(({ held }) => held === false)?.name;
  const where = { scenario: trace.scenario, step: step?.step ?? 0 };
  return { rule, paper, ...(decides !== undefined && { condition: decides }), ...where };
}

/** The rule of a gap that was reached. */
function gapFinding(
  { node }: Chapter,
  { trace, step }: Mismatch,
  todo: string | undefined,
): Finding | undefined {
  const rule = node.rules.find(({ name }) => name === todo);
  if (!rule) return undefined;
  const { name, paper } = rule;
  return { rule: name, paper, scenario: trace.scenario, step: step?.step ?? 0 };
}

function verdictOf({ mismatch, threw, todo }: Difference): string {
  if (todo !== undefined) return `${todo} is still to be written`;
  if (threw !== undefined || !mismatch) return `it threw: ${threw}`;
  const { step, diagnosis } = mismatch;
  const where = step ? `step ${step.step}` : 'the start';
  if (mismatch.threw !== undefined) return `${where}: it threw: ${mismatch.threw}`;
  if (!diagnosis) return `${where}: not as recorded`;
  const { rule } = diagnosis.explanation;
  return `${where}: ${rule.name} (${rule.paper}): ${diagnosis.says}`;
}

function strictly(
  chapter: Chapter,
  trace: Trace,
  traces: () => readonly Trace[],
  run: Run,
): Difference | undefined {
  let todo: string | undefined;
  try {
    const node = tellingGaps(checked(run()), (gap) => {
      todo = gap;
    });
    const mismatch = replayStrict(trace, node, chapter.node, () =>
      habitsOf(chapter.node, traces()),
    );
    return mismatch && { mismatch, ...(todo !== undefined && { todo }) };
  } catch (error) {
    return { threw: messageOf(error) };
  }
}

/** The same node; tells which gap of an exercise it threw from. */
function tellingGaps(node: RaftNode, tell: (gap: string) => void): RaftNode {
  const telling = <T>(call: () => T): T => {
    try {
      return call();
    } catch (error) {
      const gap = error instanceof Error && 'gap' in error ? error.gap : undefined;
      if (typeof gap === 'string') tell(gap);
      throw error;
    }
  };
  return {
    init: (id, peers, saved) => telling(() => node.init(id, peers, saved)),
    step: (state, event) => telling(() => node.step(state, event)),
  };
}

function behave(
  chapter: Chapter,
  trace: Trace,
  submitted: Run,
): { run?: Behaviour; problem?: string } {
  // A run that shows what is still broken promises nothing that a better node must keep.
  const broken = trace.header.outcome.violates !== undefined;
  try {
    const node = checked(submitted());
    const run = replayBehaviour(trace, node, broken ? [] : mustHold(chapter));
    // A correct variant may need other messages than the schedule delivers, and then ends elsewhere. So where a
    // chapter has trials, they are the judges of progress; a scenario is the judge of safety.
    const mustEnd = !broken && chapter.trials.length === 0;
    const problem = violationIn(run) ?? (mustEnd ? unreachedIn(run) : undefined);
    return { run, ...(problem !== undefined && { problem }) };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

const violationIn = ({ violation }: Behaviour) => violation && describeViolation(violation);

function unreachedIn({ unreached, trace }: Behaviour): string | undefined {
  if (unreached.length === 0) return undefined;
  const fields = unreached.map(
    ({ node, field, expected, actual }) =>
      `  ${node}: ${field} should be ${sayValue(expected)}, and is ${sayValue(actual)}`,
  );
  return [`it should end like this: ${trace.header.outcome.says}`, ...fields].join('\n');
}

/** The step of the own run that stands for the one that differs; what was passed over is missing. */
function ownStep({ mismatch }: Difference, { skipped, trace }: Behaviour): number {
  const recorded = mismatch?.step?.step ?? 0;
  const passedOver = skipped.filter(({ step }) => step <= recorded).length;
  return Math.min(recorded - passedOver, trace.header.steps);
}
