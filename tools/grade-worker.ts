// What a thread of the pool does: grades one submission and writes its result.

import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import { oneLine } from '../lib/grade/formats/clean.ts';
import { formats } from '../lib/grade/formats/formats.ts';
import { writeWhole } from '../lib/grade/formats/write.ts';
import type { Report } from '../lib/grade/report.ts';
import { counts, scoreOf } from '../lib/grade/report.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import type { Job, Row } from './grade-all.ts';
import { grade } from './grading.ts';
import { placeOf } from './submissions.ts';

export default async function gradeOne(job: Job): Promise<Row> {
  const { name, path, problem, format, out } = job;
  const { extension, write } = formats[format];
  const file = join(out, `${name}.${extension}`);
  const exercises = new Map<Chapter, string>();
  const mistakes = new Map<string, Job['exercises'][number]['mistakes']>();
  for (const chapter of chapters) {
    const exercise = job.exercises.find((each) => each.chapter === chapter.name);
    if (!exercise) continue;
    exercises.set(chapter, exercise.file);
    mistakes.set(placeOf(chapter).place, exercise.mistakes);
  }
  const onReport = (report: Report) => writeWhole(file, write(report));
  const report = await grade(
    {
      name,
      path,
      chapters: chapters.filter((chapter) => job.chapters.includes(chapter.name)),
      exercises,
      ...(problem !== undefined && { problem }),
    },
    {
      runs: join(out, 'runs', name),
      checkTypes: ({ place }) => Promise.resolve(mistakes.get(place) ?? []),
      onReport,
    },
  );
  onReport(report);
  const { points, maxPoints } = scoreOf(report.tests);
  const failed = report.tests.filter((test) => !counts(test));
  const first = failed.find(({ status }) => status === 'failed') ?? failed[0];
  const why = problem ?? (first && `${first.id}: ${first.verdict}`) ?? '';
  return {
    name,
    points,
    maxPoints,
    failed: failed.length,
    tests: report.tests.length,
    first: oneLine(why, 120),
  };
}
