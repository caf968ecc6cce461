// A scene is a run ready to be shown: its moments, and what is true at each of them.

import type { NodeEvent } from '../node/contract.ts';
import type { RuleExplanation } from '../rules/explain.ts';
import type { RuleNode } from '../rules/node.ts';
import { listens } from '../rules/step.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { nodeOf } from '../scenario/scenario.ts';
import type { Flying } from '../trace/in-flight.ts';
import { inFlightOf } from '../trace/in-flight.ts';
import type { DiskFact } from '../trace/disks.ts';
import { diskFacts, disksOf, hasDisks } from '../trace/disks.ts';
import type { NodeRecord, Question, States, Trace, TraceStep } from '../trace/trace.ts';
import { downOf, statesOf } from '../trace/trace.ts';
import type { Column } from './columns.ts';
import { columnsOf } from './columns.ts';

/**
 * What the screen can stand at: the start, a question before the step that answers it, a step,
 * and the end. `step` counts the steps that have happened by then.
 */
export type Moment =
  | { readonly kind: 'start' | 'end'; readonly step: number }
  | { readonly kind: 'question'; readonly step: number; readonly question: Question }
  | { readonly kind: 'step'; readonly step: number; readonly record: TraceStep };

/** Why a step did what it did, by the rules of the chapter. */
export interface StepExplanation {
  readonly rules: readonly RuleExplanation[];
  /** The rules that listen to this event but were not asked, because one before them ended it. */
  readonly notAsked: readonly string[];
}

export interface Scene {
  readonly chapter: Chapter;
  readonly trace: Trace;
  /** The rules that explain the run: the chapter's own, or those of a variant. */
  readonly node: RuleNode;
  readonly moments: readonly Moment[];
  /** By the number of steps that have happened, as are `down`, `inFlight` and `onDisk`. */
  readonly states: readonly States[];
  readonly down: readonly ReadonlySet<string>[];
  readonly inFlight: readonly (readonly Flying[])[];
  /** What is on disk and not to be seen in the states; none in a run in which no node writes. */
  readonly onDisk: readonly (readonly DiskFact[])[];
  readonly columns: readonly Column[];
}

export function sceneOf(chapter: Chapter, trace: Trace): Scene {
  const states = statesOf(trace);
  const down = downOf(trace);
  const disks = hasDisks(trace) ? disksOf(trace) : [];
  return {
    chapter,
    trace,
    node: nodeOf(chapter, trace.header),
    moments: momentsOf(trace),
    states,
    down,
    inFlight: inFlightOf(trace),
    onDisk: disks.map((each, step) => diskFacts(each, states[step] ?? {}, down[step] ?? new Set())),
    columns: columnsOf(trace, states),
  };
}

/** Where a step is among the moments; step 0 is the start. A question after it comes later. */
export const momentOfStep = (moments: readonly Moment[], step: number): number =>
  moments.findIndex((moment) => moment.step === step);

/**
 * Explains a step; undefined when no node handled an event. Throws what a rule throws on a state
 * that is not one of its chapter, which a recorded trace may hold.
 */
export function explainStep(scene: Scene, { step, node, event }: TraceStep) {
  const before = node === undefined ? undefined : scene.states[step - 1]?.[node];
  return event && before ? explainEvent(scene.node, before, event) : undefined;
}

function explainEvent(node: RuleNode, before: NodeRecord, event: NodeEvent): StepExplanation {
  const rules = node.explain(before, event);
  const listening = node.rules.filter((rule) => listens(rule, event));
  return { rules, notAsked: listening.slice(rules.length).map(({ name }) => name) };
}

/** The chapter as a heading: `Chapter 3: Voting`. */
export const chapterHeading = ({ name, title }: Chapter): string =>
  `Chapter ${Number.parseInt(name, 10)}: ${title}`;

function momentsOf({ steps }: Trace): Moment[] {
  const during = steps.flatMap((record): Moment[] => {
    const { step, question } = record;
    const shown: Moment = { kind: 'step', step, record };
    return question ? [{ kind: 'question', step: step - 1, question }, shown] : [shown];
  });
  return [{ kind: 'start', step: 0 }, ...during, { kind: 'end', step: steps.length }];
}
