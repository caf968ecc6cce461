// A run as its pages tell it: every step with the states around it and the reasons for what happened.

import type { Violation } from '../check/property.ts';
import { checkerOf } from '../check/property.ts';
import { propertyNamed } from '../check/named.ts';
import type { RuleExplanation } from '../rules/explain.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { nodeOf } from '../scenario/scenario.ts';
import type { States, Trace, TraceStep } from '../trace/trace.ts';
import { downOf, statesOf } from '../trace/trace.ts';
import type { DiskFact } from '../trace/disks.ts';
import { diskFacts, disksOf, hasDisks } from '../trace/disks.ts';
import type { Span } from './quiet.ts';
import { quietSpans } from './quiet.ts';
import type { Fields } from './state-fields.ts';
import { seenIn } from './contradiction.ts';
import { fieldsOf } from './state-fields.ts';

/** One step with what is needed to tell it. */
export interface ToldStep {
  readonly step: TraceStep;
  readonly before: States;
  readonly after: States;
  /** The nodes that are down after the step. */
  readonly down: ReadonlySet<string>;
  /** What is on disk and not to be seen in the states, in a run in which nodes write. */
  readonly onDisk: readonly DiskFact[];
  /** Every rule that listened, in order; none when no node handled an event. */
  readonly rules: readonly RuleExplanation[];
}

export interface Run {
  readonly chapter: Chapter;
  readonly trace: Trace;
  readonly steps: readonly ToldStep[];
  readonly quiet: readonly Span[];
  /** How the tables show the states. */
  readonly fields: Fields;
  /** How the run breaks the property that its outcome names. */
  readonly violation: Violation | undefined;
}

/** Reads a trace with the rules of its chapter or variant. Throws when they did not record it. */
export function readRun(chapter: Chapter, trace: Trace): Run {
  const node = nodeOf(chapter, trace.header);
  const states = statesOf(trace);
  const down = downOf(trace);
  const disks = hasDisks(trace) ? disksOf(trace) : [];
  const steps = trace.steps.map((step, index): ToldStep => {
    const before = states[index] ?? {};
    const state = step.node === undefined ? undefined : before[step.node];
    const rules = step.event && state ? node.explain(state, step.event) : [];
    expectSameRules(trace, step, rules);
    const [after, downNow] = [states[index + 1] ?? {}, down[index + 1] ?? new Set<string>()];
    const onDisk = diskFacts(disks[index + 1] ?? {}, after, downNow);
    return { step, before, after, down: downNow, onDisk, rules };
  });
  const quiet = quietSpans(trace);
  const violation = violationOf(trace, steps);
  return { chapter, trace, steps, quiet, fields: fieldsOf(trace, node.init('A', [])), violation };
}

function expectSameRules(
  { header }: Trace,
  { step, event, fired = [] }: TraceStep,
  rules: readonly RuleExplanation[],
): void {
  if (!event) return;
  const say = (verdicts: readonly { rule: string; refused?: string | undefined }[]) =>
    JSON.stringify(verdicts.map(({ rule, refused }) => [rule, refused]));
  if (say(fired) !== say(rules.map(({ rule, refused }) => ({ rule: rule.name, refused })))) {
    const which = `${header.chapter}/${header.scenario}, step ${step}`;
    throw new Error(`${which} was recorded with other rules; run npm run traces`);
  }
}

function violationOf({ header }: Trace, steps: readonly ToldStep[]): Violation | undefined {
  const name = header.outcome.violates;
  if (name === undefined) return undefined;
  const check = checkerOf([propertyNamed(name)]);
  for (const { step, after } of steps) {
    const state = step.node === undefined ? undefined : after[step.node];
    if (step.node === undefined || !state || step.act.type === 'crash') continue;
    const restarted = step.act.type === 'restart';
    const violation = check({ ...seenIn(step), node: step.node, state, restarted });
    if (violation) return violation;
  }
  throw new Error(`${header.chapter}/${header.scenario} should violate ${name} and does not`);
}
