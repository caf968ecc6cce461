// Grades many submissions, each on a thread of a pool and in processes of its own, and tells how they fared in one table.

import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import Piscina from 'piscina';
import type { FormatName } from '../lib/grade/formats/formats.ts';
import { writeWhole } from '../lib/grade/formats/write.ts';
import { messageOf } from '../lib/grade/subject.ts';
import type { TypeMistake } from '../lib/grade/type-check.ts';
import { root } from './root.ts';
import type { Submission } from './submissions.ts';
import { placeOf } from './submissions.ts';
import { typeChecker } from './type-checker.ts';

/** What a command line leads to. */
export interface Outcome {
  /** For standard output. */
  readonly text: string;
  /** Whether every test passed. */
  readonly ok: boolean;
}

export interface Batch {
  readonly format: FormatName;
  /** The folder for the results. */
  readonly out: string;
  readonly skipTypes: boolean;
}

/** One submission for a thread: plain data, because it is sent there. */
export interface Job {
  readonly name: string;
  readonly path: string;
  readonly chapters: readonly string[];
  readonly exercises: readonly Exercise[];
  readonly problem?: string;
  readonly format: FormatName;
  readonly out: string;
}

interface Exercise {
  readonly chapter: string;
  readonly file: string;
  readonly mistakes: readonly TypeMistake[];
}

/** How one submission fared. */
export interface Row {
  readonly name: string;
  readonly points: number;
  readonly maxPoints: number;
  readonly failed: number;
  readonly tests: number;
  /** The verdict on the first test that failed. */
  readonly first: string;
}

/** Grades them all and writes a result for each and `summary.txt`; `ok` when every test of each passed. */
export async function gradeAll(
  submissions: readonly Submission[],
  { format, out, skipTypes }: Batch,
): Promise<Outcome> {
  mkdirSync(out, { recursive: true });
  const start = performance.now();
  const threads = availableParallelism();
  const pool = new Piscina<Job, Row>({
    filename: join(__dirname, 'grade-worker.ts'),
    minThreads: 1,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
  });
  // Types are checked ahead of the runs, and on other threads: one that is checking could not watch a time limit.
  const lanes = skipTypes
    ? []
    : Array.from({ length: Math.ceil(threads / 2) }, () => typeChecker());
  const memory: number[] = [];
  const rows = await Promise.all(
    submissions.map(async ({ name, path, chapters, exercises, problem }, index) => {
      const lane = lanes[index % lanes.length];
      const checked = [...exercises].map(async ([chapter, file]): Promise<Exercise> => {
        const mistakes = await lane?.check({ file, root, ...placeOf(chapter) });
        return { chapter: chapter.name, file, mistakes: mistakes ?? [] };
      });
      const row = await Promise.all(checked)
        .then((checked) =>
          pool.run({
            name,
            path,
            chapters: chapters.map((chapter) => chapter.name),
            exercises: checked,
            ...(problem !== undefined && { problem }),
            format,
            out,
          }),
        )
        .catch((error: unknown) => notGraded(name, error));
      memory.push(process.memoryUsage.rss() / 1_000_000);
      if (process.stderr.isTTY) {
        process.stderr.write(`\r${memory.length} of ${submissions.length} graded`);
      }
      return row;
    }),
  );
  if (process.stderr.isTTY) process.stderr.write('\n');
  await Promise.all(
    [pool, ...lanes].map((each) => ('stop' in each ? each.stop() : each.destroy())),
  );
  writeWhole(join(out, 'summary.txt'), tableOf(rows));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return {
    text: `${tableOf(rows)}\n${rows.length} submissions in ${seconds} s; ${memoryOf(memory)}\n`,
    ok: rows.every(({ failed, tests }) => failed === 0 && tests > 0),
  };
}

/** A mistake of the grader itself; the others are graded all the same. */
const notGraded = (name: string, error: unknown): Row => ({
  name,
  points: 0,
  maxPoints: 0,
  failed: 0,
  tests: 0,
  first: `could not be graded: ${messageOf(error)}`,
});

function memoryOf(memory: readonly number[]): string {
  const after = [0.25, 0.5, 0.75, 1].map((part) => {
    const used = memory[Math.ceil(part * memory.length) - 1] ?? 0;
    return `${Math.round(used)} MB after ${part * 100} %`;
  });
  return `memory ${after.join(', ')}, at most ${Math.round(Math.max(0, ...memory))} MB`;
}

function tableOf(rows: readonly Row[]): string {
  const width = Math.max(10, ...rows.map(({ name }) => name.length));
  const lines = rows.map(({ name, points, maxPoints, failed, tests, first }) => {
    const passed = `${tests - failed} of ${tests}`;
    return `${name.padEnd(width)}  ${`${points} / ${maxPoints}`.padStart(11)}  ${passed.padStart(10)}  ${first}`;
  });
  const head = `${'submission'.padEnd(width)}  ${'points'.padStart(11)}  ${'passed'.padStart(10)}  the first that failed`;
  return [head, ...lines].map((line) => `${line.trimEnd()}\n`).join('');
}
