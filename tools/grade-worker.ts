// What a thread of the pool does: grades one submission and writes its result.

import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import { formats } from '../lib/grade/formats/formats.ts';
import { writeWhole } from '../lib/grade/formats/write.ts';
import type { Report } from '../lib/grade/report.ts';
import { counts, scoreOf } from '../lib/grade/report.ts';
import { typeCheck } from '../lib/grade/type-check.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import type { Job, Row } from './grade-all.ts';
import { grade } from './grading.ts';

export default async function gradeOne(job: Job): Promise<Row> {
  const { name, path, asked, format, out, skipTypes } = job;
  const start = performance.now();
  const { extension, write } = formats[format];
  const file = join(out, `${name}.${extension}`);
  const exercises = new Map(
    chapters.flatMap((chapter) =>
      job.exercises
        .filter(([each]) => each === chapter.name)
        .map(([, exercise]): [Chapter, string] => [chapter, exercise]),
    ),
  );
  const onReport = (report: Report) => writeWhole(file, write(report));
  const report = await grade(
    { name, path, exercises },
    {
      asked: chapters.filter((chapter) => asked.includes(chapter.name)),
      runs: join(out, 'runs', name),
      // At once and before the runs: while this thread checks types, it would miss a time limit.
      checkTypes: (submitted) => Promise.resolve(skipTypes ? [] : typeCheck(submitted)),
      onReport,
    },
  );
  onReport(report);
  const { points, maxPoints } = scoreOf(report.tests);
  const failed = report.tests.filter((test) => !counts(test));
  return {
    name,
    points,
    maxPoints,
    failed: failed.length,
    tests: report.tests.length,
    first: failed[0] ? `${failed[0].id}: ${failed[0].verdict}`.slice(0, 120) : '',
    milliseconds: performance.now() - start,
  };
}
