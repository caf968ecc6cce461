// How a why page calls its two sides: without something and with it, or with a rule as it was and as it is now.

import type { Question } from '../../why/question.ts';

/** The heads of the two columns, how a sentence begins that is about the first, and how one ends that is about both. */
export interface Sides {
  readonly lacking: string;
  readonly whole: string;
  readonly lackingIt: string;
  readonly inBoth: string;
}

const before: Sides = {
  lacking: 'as before',
  whole: 'as it is now',
  lackingIt: 'With the rule as it was',
  inBoth: 'with the rule as it was and as it is now',
};

const without: Sides = {
  lacking: 'without it',
  whole: 'with it',
  lackingIt: 'Without it',
  inBoth: 'without it and with it',
};

export const sidesOf = ({ asBefore }: Question): Sides => (asBefore ? before : without);

/** The beginning of a sentence, in the middle of one. */
export const inside = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
