// The gaps of a chapter's exercise: which rules a student writes, and which of them still hold a todo.

import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Hint } from '../scenario/hints.ts';

/** A rule that the exercise leaves to the student, and what helps with it. */
export interface Gap {
  readonly rule: RuleInfo;
  readonly hint: Hint;
}

/** The gaps of a chapter's exercise, in the order of its rules. */
export const gapsOf = ({ node, hints }: Chapter): Gap[] =>
  node.rules.flatMap((rule) => {
    const hint = Object.hasOwn(hints, rule.name) ? hints[rule.name] : undefined;
    return hint ? [{ rule, hint }] : [];
  });

/** The rules that still hold a todo in this text, each with the line of its first one, from 1. */
export function todosIn(text: string): ReadonlyMap<string, number> {
  const code = text.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, (comment) =>
    comment.replace(/[^\n]/g, ' '),
  );
  const found = new Map<string, number>();
  for (const { 1: name = '', index } of code.matchAll(/\btodo\(\s*['"`]([^'"`]*)['"`]/g)) {
    if (!found.has(name)) found.set(name, code.slice(0, index).split('\n').length);
  }
  return found;
}
