// Every myth, and the chapter that a myth is about.

import { chapters } from '../chapters/chapters.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { asRecorded } from './as-recorded.ts';
import { commits } from './commits.ts';
import { costs } from './costs.ts';
import { heartbeats } from './heartbeats.ts';
import { leaders } from './leaders.ts';
import type { Myth, RefutedBySearch, VariantMyth } from './myth.ts';
import { isSearched, isVariant } from './myth.ts';
import { votes } from './votes.ts';

export const myths: readonly Myth[] = [
  ...votes,
  ...leaders,
  ...commits,
  ...heartbeats,
  ...costs,
  ...asRecorded,
];

/** Those that have a run of their own. */
export const variantMyths: readonly VariantMyth[] = myths.filter(isVariant);
/** Those whose run a search has found. */
export const searchedMyths: readonly RefutedBySearch[] = myths.filter(isSearched);

/** The chapter whose rules the myth edits, with the myth as one of its nodes. */
export function chapterOf({ name, chapter, node }: VariantMyth): Chapter {
  const found = chapters.find((each) => each.name === chapter);
  if (!found) throw new Error(`there is no chapter ${chapter}`);
  return { ...found, myths: { [name]: node } };
}

/** The variant of that name. Throws when there is none. */
export function mythNamed(name: string): VariantMyth {
  const found = variantMyths.find((myth) => myth.name === name);
  if (!found) throw new Error(`there is no myth named ${name}`);
  return found;
}
