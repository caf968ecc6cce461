// The nodes under test, and the verdict on one test before it has its points.

import type { RaftNode } from '../node/contract.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { Trial } from '../trial/trial.ts';
import type { Unscored } from './manifest.ts';

/**
 * A node for one run, which can be had again for the same run: so what a submission claims in a run can stand for
 * its node.
 */
export type Run = () => RaftNode;

/** The nodes for the runs of a chapter. */
export interface Subject {
  strict(trace: Trace): Run;
  scenario(trace: Trace): Run;
  trial(trial: Trial, seed: number): Run;
}

/** A node of this process as the subject. */
export const subjectOf = (node: RaftNode): Subject => ({
  strict: () => () => node,
  scenario: () => () => node,
  trial: () => () => node,
});

/** How many seeds each trial runs with, from 0. */
export const seedsPerTrial = 2;

/** What the submission itself did in a run that went wrong, to be looked at. */
export interface OwnRun {
  readonly trace: Trace;
  /** The step to look at first, from 1; 0 is the start. */
  readonly step: number;
}

export interface Judgement extends Unscored {
  /** Runs it once more, to be written down. */
  readonly ownRun?: () => OwnRun;
  /** The gap of an exercise that was reached, when that is why. */
  readonly todo?: string;
}

const toPass = new WeakMap<readonly Trace[], Map<string, readonly Trace[]>>();

/** Of these traces, those that the chapter's own list of rules recorded; the same list each time. */
export function tracesToPass(traces: readonly Trace[], { name }: Chapter): readonly Trace[] {
  const byChapter = toPass.get(traces) ?? new Map<string, readonly Trace[]>();
  toPass.set(traces, byChapter);
  const own =
    byChapter.get(name) ??
    traces.filter(({ header }) => header.chapter === name && header.variant === undefined);
  byChapter.set(name, own);
  return own;
}

/** The tests of a chapter that run its nodes, in order: its scenarios, then its trials. */
export const testsOf = (chapter: Chapter): readonly string[] => [
  ...chapter.scenarios.filter(({ variant }) => variant === undefined).map(({ name }) => name),
  ...chapter.trials.map(({ name }) => name),
];

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
