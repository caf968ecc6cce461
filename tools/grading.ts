// Grades one submission with the traces and the points of this notebook, and writes what it finds.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settle, readManifest } from '../lib/grade/manifest.ts';
import type { Manifest, Unscored } from '../lib/grade/manifest.ts';
import type { CheckTypes } from '../lib/grade/grade.ts';
import { failAll, gradeChapter } from '../lib/grade/grade.ts';
import type { Report } from '../lib/grade/report.ts';
import { defaultLimits } from '../lib/grade/sandbox/process.ts';
import type { Judgement } from '../lib/grade/subject.ts';
import { messageOf } from '../lib/grade/subject.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { readTrace } from '../lib/trace/format.ts';
import type { Trace } from '../lib/trace/trace.ts';
import { traceFile } from '../lib/walkthrough/links.ts';
import { ownRuns } from './on-demand.ts';
import { root } from './root.ts';
import type { Submission } from './submissions.ts';
import { placeOf } from './submissions.ts';

/** Which tests there are, and what each is worth. */
export const pointsFile = 'chapters/points.json';

export const manifest = (): Manifest =>
  readManifest(readFileSync(join(root, pointsFile), 'utf8'), pointsFile);

const read = new Map<Chapter, readonly Trace[]>();

/** The recorded runs of a chapter, read once. */
export function tracesOf(chapter: Chapter): readonly Trace[] {
  const known = read.get(chapter);
  if (known) return known;
  const traces = chapter.scenarios.map(({ name }) =>
    readTrace(join(root, traceFile({ chapter: chapter.name, scenario: name }))),
  );
  read.set(chapter, traces);
  return traces;
}

/** How to grade. */
export interface Grading {
  /** Where the runs that went wrong are written. */
  readonly runs: string;
  readonly checkTypes: CheckTypes;
  /** Is given the report each time that a chapter is graded, the rest still missing. */
  readonly onReport?: (report: Report) => void;
}

/** The report on a submission; a chapter without an exercise has missing tests. */
export async function grade(submission: Submission, grading: Grading): Promise<Report> {
  const { runs, checkTypes, onReport } = grading;
  const points = manifest();
  const found: Unscored[] = [];
  let printed = '';
  const report = (): Report => ({
    submission: submission.path,
    ...(printed !== '' && { printed }),
    ...(submission.problem !== undefined && { error: submission.problem }),
    tests: settle(
      points,
      submission.chapters.map(({ name }) => name),
      found,
    ),
  });
  // The types of all chapters are checked elsewhere, one after the other, while the chapters run here in turn.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  await Promise.all(
    [...submission.exercises].map(async ([chapter, file]) => {
      const submitted = { file, root, ...placeOf(chapter) };
      const judgements = await gradeChapter(chapter, submitted, () => tracesOf(chapter), {
        limits: defaultLimits,
        checkTypes,
        inTurn,
      }).then(
        (graded) => {
          printed += graded.printed;
          return graded.judgements;
        },
        (error: unknown) => notJudged(chapter, error),
      );
      found.push(...told(chapter, judgements, runs));
      onReport?.(report());
    }),
  );
  return report();
}

/** The judgements, those that have one with their own run written down. */
const told = (chapter: Chapter, judgements: readonly Judgement[], runs: string): Unscored[] =>
  judgements.some(({ ownRun }) => ownRun)
    ? ownRuns().withOwnRuns(chapter, judgements, runs)
    : [...judgements];

/** A mistake of the grader itself costs no one else anything, and is told. */
const notJudged = (chapter: Chapter, error: unknown): readonly Judgement[] =>
  failAll(chapter, `the grader itself failed: ${messageOf(error)}`, '').map((judgement) => ({
    ...judgement,
    status: 'missing',
  }));
