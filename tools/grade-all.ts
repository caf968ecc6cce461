// Grades many submissions, each on a thread of a pool and in a process of its own, and tells how they fared in one table.

import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import Piscina from 'piscina';
import type { FormatName } from '../lib/grade/formats/formats.ts';
import { writeWhole } from '../lib/grade/formats/write.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import type { Submission } from './submissions.ts';

export interface Batch {
  readonly asked: readonly Chapter[];
  readonly format: FormatName;
  /** The folder for the results. */
  readonly out: string;
  readonly skipTypes: boolean;
}

/** One submission for a thread: plain data, because it is sent there. */
export interface Job {
  readonly name: string;
  readonly path: string;
  readonly exercises: readonly (readonly [chapter: string, file: string])[];
  readonly asked: readonly string[];
  readonly format: FormatName;
  readonly out: string;
  readonly skipTypes: boolean;
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
  /** Wall time, in milliseconds. */
  readonly milliseconds: number;
}

/** Grades them all, writes a result for each and `summary.txt`; true when every test of each passed. */
export async function gradeAll(submissions: readonly Submission[], batch: Batch): Promise<boolean> {
  const { asked, format, out, skipTypes } = batch;
  mkdirSync(out, { recursive: true });
  const start = performance.now();
  const pool = new Piscina<Job, Row>({
    filename: join(__dirname, 'grade-worker.ts'),
    minThreads: 1,
    maxThreads: availableParallelism(),
    concurrentTasksPerWorker: 1,
  });
  let highest = 0;
  let done = 0;
  const rows = await Promise.all(
    submissions.map(async ({ name, path, exercises }) => {
      const row = await pool.run({
        name,
        path,
        exercises: [...exercises].map(([chapter, file]) => [chapter.name, file]),
        asked: asked.map((chapter) => chapter.name),
        format,
        out,
        skipTypes,
      });
      done += 1;
      highest = Math.max(highest, process.memoryUsage.rss());
      if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${submissions.length} graded`);
      return row;
    }),
  );
  if (process.stderr.isTTY) process.stderr.write('\n');
  await pool.destroy();
  const seconds = (performance.now() - start) / 1000;
  const text = `${tableOf(rows)}\n${submissions.length} submissions in ${seconds.toFixed(1)} s, `;
  const memory = `at most ${Math.round(highest / 1_000_000)} MB of memory`;
  writeWhole(join(out, 'summary.txt'), tableOf(rows));
  process.stdout.write(`${text}${memory}\n`);
  return rows.length > 0 && rows.every(({ failed, tests }) => failed === 0 && tests > 0);
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
