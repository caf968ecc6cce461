// Tries an exercise on the runs of its chapter while it is being written: first the recorded runs, which are quick and name
// a rule, and once all of them pass the trials. The verdicts are those of the grader.

import { Judge } from '../grade/judge.ts';
import { counts } from '../grade/report.ts';
import type { Submitted } from '../grade/sandbox/bundle.ts';
import { bundle, BundleError } from '../grade/sandbox/bundle.ts';
import { interview } from '../grade/sandbox/interview.ts';
import type { Limits } from '../grade/sandbox/process.ts';
import { Cell } from '../grade/sandbox/process.ts';
import type { Judgement } from '../grade/subject.ts';
import type { Mismatch } from '../replay/strict.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';

/** How an exercise fared. */
export interface Attempt {
  /** The recorded runs in the order of the chapter. */
  readonly runs: readonly Judgement[];
  /** The trials; undefined when they did not run, because a recorded run failed. */
  readonly trials: readonly Judgement[] | undefined;
  /** Where a run that failed first differs from the recorded one, by its scenario. */
  readonly mismatches: ReadonlyMap<string, Mismatch>;
  /** Why nothing could be judged. */
  readonly unrunnable?: Unrunnable;
  /** What the exercise printed, the last of it. */
  readonly printed: string;
}

export interface Unrunnable {
  readonly says: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/** Everything ran and passed. */
export const isSolved = ({ runs, trials = [], unrunnable }: Attempt, { trials: all }: Chapter) =>
  !unrunnable && trials.length === all.length && [...runs, ...trials].every(counts);

/**
 * Tries an exercise. Whatever it does, there is an attempt. `onRuns` is given the recorded runs when
 * all of them pass and the trials are still to come; it says whether they are still wanted.
 */
export async function attempt(
  chapter: Chapter,
  submitted: Submitted,
  traces: readonly Trace[],
  limits: Limits,
  onRuns: (attempt: Attempt) => boolean = () => true,
): Promise<Attempt> {
  let cell: Cell | undefined;
  try {
    cell = new Cell(await bundle(submitted));
    const judge = new Judge(chapter, () => traces);
    const untried = { ...chapter, trials: [] };
    const { impure, printed } = await interview(cell, untried, () => traces, limits, judge);
    if (impure !== undefined) {
      const says = `Its step is not a pure function, so nothing that it did counts: ${impure}`;
      return { ...nothing, unrunnable: { says }, printed };
    }
    const runs = judge.verdicts();
    const failed = runs.filter((each) => !counts(each)).map(({ id }) => id);
    const mismatches = new Map(
      [...judge.mismatches].filter(([scenario]) => failed.includes(`${chapter.name}/${scenario}`)),
    );
    const sofar = { runs, trials: undefined, mismatches, printed };
    if (failed.length > 0) return sofar;
    if (chapter.trials.length === 0) return { ...sofar, trials: [] };
    if (!onRuns(sofar)) return sofar;
    const trying = await interview(cell, chapter, () => [], limits, judge);
    const all = judge.verdicts();
    return {
      runs: all.slice(0, runs.length),
      trials: all.slice(runs.length),
      mismatches: new Map(),
      printed: printed + trying.printed,
    };
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    const { message, file = submitted.file, line } = error;
    const unrunnable = { says: message, file, ...(line !== undefined && { line }) };
    return { ...nothing, unrunnable };
  } finally {
    cell?.remove();
  }
}

const nothing: Attempt = { runs: [], trials: undefined, mismatches: new Map(), printed: '' };
