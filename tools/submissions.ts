// Finds the exercises that a path holds: one file, a folder in the shape of chapters/, or a folder of many submissions.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { UsageError } from '../lib/stepper/flags.ts';

/** The work of one student: for each chapter, the file with the exercise, where there is one. */
export interface Submission {
  /** For files and tables: `alice`. */
  readonly name: string;
  readonly path: string;
  readonly exercises: ReadonlyMap<Chapter, string>;
}

/**
 * The submission at a path. Without `asked`, a file is of the chapter that its path names, and a folder
 * is of all chapters. Throws UsageError when there is no exercise.
 */
export function submissionAt(path: string, asked: readonly Chapter[]): Submission {
  if (!existsSync(path)) throw new UsageError(`There is no file or folder ${path}.`);
  const name = basename(resolve(path), extname(path));
  if (statSync(path).isFile()) {
    const [chapter, ...more] = asked.length > 0 ? asked : chaptersIn(path);
    if (!chapter || more.length > 0) {
      throw new UsageError(`${path} is one file; say of which chapter it is with --chapter N.`);
    }
    return { name, path, exercises: new Map([[chapter, path]]) };
  }
  const wanted = asked.length > 0 ? asked : chapters;
  const alone = asked.length === 1 ? [join(path, 'exercise.ts')] : [];
  const exercises = new Map<Chapter, string>();
  for (const chapter of wanted) {
    const found = [
      join(path, chapter.name, 'exercise.ts'),
      join(path, 'chapters', chapter.name, 'exercise.ts'),
      join(path, `${chapter.name}.ts`),
      ...alone,
    ].find((file) => existsSync(file));
    if (found !== undefined) exercises.set(chapter, found);
  }
  if (exercises.size === 0) {
    throw new UsageError(
      `${path} holds no exercise; expected files like ${path}/${wanted[0]?.name}/exercise.ts.`,
    );
  }
  return { name, path, exercises };
}

/** The submissions in a folder, each a folder or a file of its own, by name. */
export function submissionsIn(folder: string, asked: readonly Chapter[]): Submission[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new UsageError(`--all expects a folder of submissions; ${folder} is none.`);
  }
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
    .map(({ name }) => name)
    .sort();
  const names = new Set<string>();
  return entries.map((entry) => {
    const path = join(folder, entry);
    const name = basename(entry, '.ts');
    if (names.has(name)) throw new UsageError(`${folder} holds two submissions named ${name}.`);
    names.add(name);
    try {
      return { ...submissionAt(path, asked), name };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      // One empty folder is no reason to grade nobody.
      return { name, path, exercises: new Map<Chapter, string>() };
    }
  });
}

/** The chapters that a path names: by a folder, or by the name of the file. */
const chaptersIn = (path: string): Chapter[] =>
  chapters.filter(({ name }) =>
    resolve(path)
      .split(/[\\/]/)
      .some((part) => part === name || part === `${name}.ts`),
  );

/** Where an exercise stands in the notebook, and what it may use there. */
export const placeOf = ({ name }: Chapter) => ({
  place: `chapters/${name}/exercise.ts`,
  allowed: [
    'lib/',
    ...chapters.filter((each) => each.name < name).map((each) => `chapters/${each.name}/`),
    // What the nodes of a chapter hold and say is given; its rules are not.
    `chapters/${name}/state.ts`,
  ],
});
