// Which chapter a person means at the command line: `3`, `03` or `03-voting`.

import type { Chapter } from '../lib/scenario/scenario.ts';
import { nearestTo, UsageError } from '../lib/stepper/flags.ts';
import { chapterNamed, chapterNames } from './on-demand.ts';

/** The number of a chapter as people say it: 3 for `03-voting`. */
export const numberOf = ({ name }: { readonly name: string }): number => Number.parseInt(name, 10);

/** The exercise of a chapter, from the root of the project. */
export const exerciseFile = ({ name }: { readonly name: string }): string =>
  `chapters/${name}/exercise.ts`;

/** The chapter of that number or name. Throws UsageError, which says what there is. */
export function chapterFrom(text: string): Chapter {
  const found = chapterNames.find((name) =>
    /^\d+$/.test(text) ? numberOf({ name }) === Number(text) : name === text,
  );
  if (found !== undefined) return chapterNamed(found);
  if (/^\d*$/.test(text)) {
    throw new UsageError(`Expected a chapter from 1 to ${chapterNames.length}, found '${text}'.`);
  }
  const nearest = nearestTo(text, chapterNames);
  throw new UsageError(`There is no chapter '${text}'; the nearest is ${nearest}.`);
}
