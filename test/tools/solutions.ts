// Submissions for the tests of the grader: the solution of each chapter, as a student might hand it in.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { solutionText as merged } from '../../tools/exercises.ts';
import { root } from '../../tools/root.ts';
import { textOf } from '../../tools/source.ts';

/** The text of a chapter's solution. What it imports from beside it is called differently, for it is the student's own. */
export function solutionText(chapter: Chapter): string {
  const text = merged(chapter.name).replaceAll("'./comparisons.ts'", "'./mine.ts'");
  const names = [...text.matchAll(/^export const (\w+)\b.* = nodeFromRules/gm)].map(
    ([, name]) => name,
  );
  return names.length > 1 ? `${text}\nexport default ${names[0]};\n` : text;
}

/** Writes an exercise, and what the chapter's solution needs beside it; gives the file. */
export function handIn(home: string, chapter: Chapter, text = solutionText(chapter)): string {
  const file = join(home, chapter.name, 'exercise.ts');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const beside = `chapters/${chapter.name}/comparisons.ts`;
  if (existsSync(join(root, beside))) writeFileSync(join(dirname(file), 'mine.ts'), textOf(beside));
  return file;
}
