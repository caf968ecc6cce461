// Loads parts of the notebook when they are first needed. A command that loads every chapter and the pages at its start
// answers late, and most answers need little of them.

import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as OwnRuns from '../lib/grade/own-runs.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import type * as GradeAll from './grade-all.ts';
import { root } from './root.ts';
import type * as TypeChecker from './type-checker.ts';

const load = createRequire(__filename);

/** The names of all chapters, in reading order: `01-roles` and so on. */
export const chapterNames: readonly string[] = readdirSync(join(root, 'chapters'))
  .filter((name) => /^\d\d-/.test(name))
  .sort();

type ChapterModule = { readonly chapter: Chapter };

/** The chapter of that name, which must be one of `chapterNames`, and the chapters that it builds on. */
export const chapterNamed = (name: string): Chapter =>
  (load(`../chapters/${name}/chapter.ts`) as ChapterModule).chapter;

/** What writes down the runs that went wrong, with their pages. */
export const ownRuns = () => load('../lib/grade/own-runs.ts') as typeof OwnRuns;

/** What grades many submissions. */
export const batch = () => load('./grade-all.ts') as typeof GradeAll;

/** What checks types. */
export const types = () => load('./type-checker.ts') as typeof TypeChecker;
