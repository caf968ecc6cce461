// What the why pages ask: what would go wrong without this rule, or without this one condition of it?

import { slug } from 'github-slugger';
import type { Chapter } from '../scenario/scenario.ts';

export interface Question {
  /** The chapter that wrote the rule last; there it is judged. */
  readonly chapter: string;
  readonly rule: string;
  /** Only this condition is left out; without one, the whole rule. */
  readonly condition?: string;
}

/** The questions of a chapter: about each rule that it adds, refines or replaces, and each of its conditions. */
export function questionsOf(chapters: readonly Chapter[], chapter: Chapter): Question[] {
  const earlier = chapters.slice(0, chapters.indexOf(chapter));
  return chapter.node.rules
    .filter((rule) => !earlier.some(({ node }) => node.rules.includes(rule)))
    .flatMap(({ name: rule, conditions }): Question[] => [
      { chapter: chapter.name, rule },
      ...conditions.map(({ name: condition }) => ({ chapter: chapter.name, rule, condition })),
    ]);
}

/** The name of a question's files: `grant-vote`, or `grant-vote--has-not-voted-…`. */
export const slugOf = ({ rule, condition }: Omit<Question, 'chapter'>): string =>
  condition === undefined ? rule : `${rule}--${slug(condition).replace(/[^a-z0-9-]/g, '')}`;

/** `grant-vote`, or `grant-vote / has not voted …`. */
export const nameOf = ({ rule, condition }: Omit<Question, 'chapter'>): string =>
  condition === undefined ? rule : `${rule} / ${condition}`;

export const sameQuestion = (one: Question, other: Question): boolean =>
  one.chapter === other.chapter && one.rule === other.rule && one.condition === other.condition;
