// What the why pages ask: what would go wrong without this rule, or without this one condition of it?

import { slug } from 'github-slugger';
import type { Part, RuleNode } from '../rules/node.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { saysTheSame } from './same-messages.ts';

/** A part of a chapter, and what would be without it. */
export interface Question extends Part {
  /** The chapter that wrote the rule last; there it is judged. */
  readonly chapter: string;
}

/**
 * The questions of a chapter: about each rule that it adds, refines or replaces; about each of its conditions;
 * and, where it changes what a rule does, about the rule as it was before. That is not asked of a rule whose
 * messages have other fields since then: no node could read them.
 */
export function questionsOf(chapters: readonly Chapter[], chapter: Chapter): Question[] {
  const earlier = chapters.slice(0, chapters.indexOf(chapter));
  return chapter.node.rules
    .filter((rule) => !earlier.some(({ node }) => node.rules.includes(rule)))
    .flatMap(({ name: rule, conditions }): Question[] => [
      { chapter: chapter.name, rule },
      ...(isChanged(chapter.node, rule)
        ? [{ chapter: chapter.name, rule, asBefore: true as const }]
        : []),
      ...conditions.map(({ name: condition }) => ({ chapter: chapter.name, rule, condition })),
    ]);
}

/** True when the node would do otherwise, in the same messages, with the rule as it was before. */
function isChanged(node: RuleNode, rule: string): boolean {
  const earlier = node.asBefore(rule);
  return earlier !== undefined && saysTheSame(node, earlier);
}

/** What is missing, without the chapter. */
export const partOf = ({ rule, condition, asBefore, besides }: Part): Part => ({
  rule,
  ...(condition !== undefined && { condition }),
  ...(asBefore && { asBefore }),
  ...(besides !== undefined && { besides }),
});

/** The name of a question's files: `grant-vote`, `grant-vote--has-not-voted-…`, or `grant-vote--as-before`. */
export function slugOf({ rule, condition, asBefore }: Part): string {
  if (asBefore) return `${rule}--as-before`;
  return condition === undefined ? rule : `${rule}--${slug(condition).replace(/[^a-z0-9-]/g, '')}`;
}

/** `grant-vote`, `grant-vote / has not voted …`, or `grant-vote / as before`. */
export function nameOf({ rule, condition, asBefore }: Part): string {
  if (asBefore) return `${rule} / as before`;
  return condition === undefined ? rule : `${rule} / ${condition}`;
}

export const sameQuestion = (one: Question, other: Question): boolean =>
  one.chapter === other.chapter && slugOf(one) === slugOf(other);
