// Finds the exercises that a path holds: one file, a folder in the shape of chapters/, or a folder of many submissions.

import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { oneLine } from '../lib/grade/formats/clean.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { UsageError } from '../lib/stepper/flags.ts';
import { chapterNamed, chapterNames } from './on-demand.ts';

/** The work of one student. */
export interface Submission {
  /** For files and tables: `alice`. */
  readonly name: string;
  readonly path: string;
  /** The chapters that count. */
  readonly chapters: readonly Chapter[];
  /** For each of these chapters, the file with the exercise, where there is one. */
  readonly exercises: ReadonlyMap<Chapter, string>;
  /** Why there is no exercise at all. */
  readonly problem?: string;
}

/** Nothing that can be graded is at a path: a mistake of who handed it in, and not of who grades it. */
export class NothingHandedIn extends UsageError {}

/** A submission that holds nothing, and why; it counts for what was asked for, or for all chapters. */
export function emptySubmission(
  path: string,
  asked: readonly Chapter[],
  problem: string,
): Submission {
  const counting = asked.length > 0 ? asked : allChapters();
  return { name: nameOf(path), path, chapters: counting, exercises: new Map(), problem };
}

/**
 * The submission at a path. A file counts for the chapter that was asked for, or that its path names; a folder for all
 * that were asked for, or for all there are. Throws NothingHandedIn when there is no exercise, and UsageError when it
 * is not clear of which chapter it is.
 */
export function submissionAt(path: string, asked: readonly Chapter[]): Submission {
  const name = nameOf(path);
  if (isFile(path)) return oneExercise(name, path, path, asked);
  if (!isFolder(path)) throw new NothingHandedIn(`There is no file or folder ${path}.`);
  const alone = exerciseAt(join(path, 'exercise'));
  if (alone !== undefined && (asked.length === 1 || (asked.length === 0 && namedBy(path)))) {
    return oneExercise(name, path, alone, asked);
  }
  const wanted = asked.length > 0 ? asked : allChapters();
  const exercises = new Map<Chapter, string>();
  for (const chapter of wanted) {
    const found =
      exerciseAt(join(path, chapter.name, 'exercise')) ??
      exerciseAt(join(path, 'chapters', chapter.name, 'exercise')) ??
      exerciseAt(join(path, chapter.name));
    if (found !== undefined) exercises.set(chapter, found);
  }
  if (exercises.size === 0) throw new NothingHandedIn(noExercise(path, wanted));
  return { name, path, chapters: wanted, exercises };
}

/** What was expected in a folder, and the first few things that it holds instead. */
function noExercise(folder: string, wanted: readonly Chapter[]): string {
  const [{ name } = { name: 'NN-topic' }] = wanted;
  const alone = wanted.length === 1 ? ['exercise.ts'] : [];
  const names = [...alone, `${name}/exercise.ts`, `${name}.ts`];
  const expected = `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
  const held = readdirSync(folder)
    .filter((entry) => !entry.startsWith('.'))
    .sort();
  // A student chose these names: nothing in them may reach a terminal as it is.
  const first = held.slice(0, 3).map((entry) => oneLine(entry, 60));
  const found = [...first, ...(held.length > 3 ? ['…'] : [])].join(', ');
  const instead = found === '' ? 'it is empty' : `found ${found}`;
  return `${folder} holds no exercise; expected ${expected}, ${instead}.`;
}

function oneExercise(
  name: string,
  path: string,
  file: string,
  asked: readonly Chapter[],
): Submission {
  if (!['.ts', '.js'].includes(extname(file))) {
    throw new NothingHandedIn(`${file} is neither a .ts nor a .js file.`);
  }
  const named = namedBy(path);
  const [chapter, ...more] = asked.length > 0 || !named ? asked : [named];
  if (!chapter || more.length > 0) {
    throw new UsageError(`${path} is one exercise; say of which chapter it is with --chapter N.`);
  }
  return { name, path, chapters: [chapter], exercises: new Map([[chapter, file]]) };
}

/** The submissions in a folder, each a folder or a file of its own, by name. */
export function submissionsIn(folder: string, asked: readonly Chapter[]): Submission[] {
  if (!isFolder(folder)) {
    throw new UsageError(`--all expects a folder of submissions; ${folder} is none.`);
  }
  const entries = readdirSync(folder)
    .filter((entry) => !entry.startsWith('.') && entry !== 'node_modules')
    .filter((entry) => isFolder(join(folder, entry)) || /\.[jt]s$/.test(entry))
    .sort();
  if (entries.length === 0) throw new UsageError(`${folder} holds no submissions.`);
  const names = new Set<string>();
  return entries.map((entry) => {
    const path = join(folder, entry);
    const name = nameOf(path);
    if (names.has(name)) throw new UsageError(`${folder} holds two submissions named ${name}.`);
    names.add(name);
    try {
      return submissionAt(path, asked);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      // One empty folder is no reason to grade nobody.
      return emptySubmission(path, asked, error.message);
    }
  });
}

const nameOf = (path: string): string => basename(resolve(path)).replace(/\.[jt]s$/, '');

const allChapters = () => chapterNames.map(chapterNamed);

/** The file of that name, in TypeScript or in JavaScript. */
const exerciseAt = (path: string): string | undefined => [`${path}.ts`, `${path}.js`].find(isFile);

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true;

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The chapter that a path names, by a folder or by the name of the file; the innermost one. */
function namedBy(path: string): Chapter | undefined {
  const parts = resolve(path)
    .split(/[\\/]/)
    .map((part) => part.replace(/\.[jt]s$/, ''));
  const last = parts.findLast((part) => chapterNames.includes(part));
  return last === undefined ? undefined : chapterNamed(last);
}

/** Where an exercise stands in the notebook, and what it may use there. */
export const placeOf = ({ name }: Chapter) => ({
  place: `chapters/${name}/exercise.ts`,
  allowed: [
    'lib/',
    ...chapterNames.filter((each) => each < name).map((each) => `chapters/${each}/`),
    // What the nodes of a chapter hold and say is given; its rules are not.
    `chapters/${name}/state.ts`,
  ],
});
