// Grades one submission of one chapter: type check beside the runs, each in its own place, and the judge's verdicts on what
// the submission claims to have done.

import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import { Judge } from './judge.ts';
import type { Submitted } from './sandbox/bundle.ts';
import { bundle, BundleError } from './sandbox/bundle.ts';
import { interview } from './sandbox/interview.ts';
import type { Limits } from './sandbox/process.ts';
import { Cell } from './sandbox/process.ts';
import type { Judgement } from './subject.ts';
import { testsOf } from './subject.ts';
import type { TypeMistake } from './type-check.ts';

/** Checks the types of a submission, wherever that is done. */
export type CheckTypes = (submitted: Submitted) => Promise<readonly TypeMistake[]>;

export interface Graded {
  readonly judgements: readonly Judgement[];
  /** What the submission printed, the last of it. */
  readonly printed: string;
}

export interface Circumstances {
  readonly limits: Limits;
  readonly checkTypes: CheckTypes;
  /** Lets the runs of one chapter wait for those of another, but not for its verdicts. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Grades a chapter. Whatever the submission is or does, it gives a verdict on every test. */
export async function gradeChapter(
  chapter: Chapter,
  submitted: Submitted,
  traces: () => readonly Trace[],
  { limits, checkTypes, inTurn }: Circumstances,
): Promise<Graded> {
  const [mistakes, graded] = await Promise.all([
    checkTypes(submitted),
    run(chapter, submitted, traces, limits, inTurn),
  ]);
  const [first] = mistakes;
  if (!first) return graded;
  const all = mistakes.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  const verdict = `it does not type-check: line ${first.line}: ${first.message.split('\n')[0]}`;
  const judgements = failAll(chapter, verdict, all.join('\n'), first);
  return { judgements, printed: graded.printed };
}

async function run(
  chapter: Chapter,
  submitted: Submitted,
  traces: () => readonly Trace[],
  limits: Limits,
  inTurn: Circumstances['inTurn'],
): Promise<Graded> {
  try {
    const code = await bundle(submitted);
    const judge = new Judge(chapter, traces);
    const told = await inTurn(async () => {
      const cell = new Cell(code);
      try {
        return await interview(cell, chapter, traces, limits, judge);
      } finally {
        cell.remove();
      }
    });
    const { broken, impure, stopped, printed } = told;
    const failed = (verdict: string, details = ''): Graded => ({
      judgements: failAll(chapter, verdict, details),
      printed,
    });
    if (broken !== undefined) return failed(`it cannot be run: ${broken}`);
    if (impure !== undefined) {
      return failed('its step is not a pure function, so nothing that it did counts', impure);
    }
    const judgements = judge.verdicts().map((judgement) => {
      // What had to be stopped in its recorded run is no variant, however well the other runs went.
      const why = stopped.get(judgement.id.slice(chapter.name.length + 1));
      if (judgement.status !== 'variant' || why === undefined) return judgement;
      return { ...judgement, status: 'failed' as const, verdict: why };
    });
    return { judgements, printed };
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    const { message, file = submitted.file, line } = error;
    const place = { file, ...(line !== undefined && { line }) };
    return { judgements: failAll(chapter, `it cannot be run: ${message}`, '', place), printed: '' };
  }
}

/** Every test of a chapter failed for one reason. */
export function failAll(
  chapter: Chapter,
  verdict: string,
  details: string,
  place: { readonly file?: string; readonly line?: number } = {},
): Judgement[] {
  const { file, line } = place;
  const titles = new Map(
    [...chapter.scenarios, ...chapter.trials].map((each) => [each.name, each.title]),
  );
  return testsOf(chapter).map((test) => ({
    id: `${chapter.name}/${test}`,
    name: `${chapter.title}: ${titles.get(test) ?? test}`,
    chapter: chapter.name,
    status: 'failed',
    verdict,
    details,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    milliseconds: 0,
  }));
}
