// `npm run points`: writes chapters/points.json anew where a chapter has gained or lost tests. Points that stand there
// already stay as they are.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import { writeWhole } from '../lib/grade/formats/write.ts';
import { readManifest } from '../lib/grade/manifest.ts';
import { judge } from '../lib/grade/judge.ts';
import { subjectOf, testsOf } from '../lib/grade/subject.ts';
import { nodeIn } from '../lib/node/exports.ts';
import { counts } from '../lib/grade/report.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { exerciseFile } from './choose-chapter.ts';
import { pointsFile, tracesOf } from './grading.ts';
import { root } from './root.ts';

/** A scenario is worth this much, and a trial, which takes all rules at once, that much. */
const worth = { scenario: 2, trial: 5 };

/** The tests that the untouched exercise passes: they need nothing that is still to be written. */
export async function passedByStub(chapter: Chapter): Promise<readonly string[]> {
  const module: unknown = await import(join(root, exerciseFile(chapter)));
  const judgements = judge(chapter, tracesOf(chapter), subjectOf(nodeIn(module)));
  return judgements.filter(counts).map(({ id }) => id);
}

async function main(): Promise<void> {
  const file = join(root, pointsFile);
  const known = existsSync(file)
    ? readManifest(readFileSync(file, 'utf8'), pointsFile).chapters
    : new Map<string, ReadonlyMap<string, number>>();
  const points: Record<string, Record<string, number>> = {};
  for (const chapter of chapters) {
    const free = await passedByStub(chapter);
    const trials = chapter.trials.map(({ name }) => name);
    points[chapter.name] = Object.fromEntries(
      testsOf(chapter).map((test): [string, number] => {
        const usual = trials.includes(test) ? worth.trial : worth.scenario;
        const id = `${chapter.name}/${test}`;
        return [test, known.get(chapter.name)?.get(test) ?? (free.includes(id) ? 0 : usual)];
      }),
    );
  }
  writeWhole(file, `${JSON.stringify(points, null, 2)}\n`);
}

if (require.main === module) void main();
