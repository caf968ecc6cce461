// Where a rule of a chapter comes from: new there, refined, replaced, or unchanged since an earlier one.

import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';

export type Origin =
  | { readonly type: 'added' }
  | { readonly type: 'replaced' }
  /** `base` is the rule that it refines, as the latest chapter before this one has it. */
  | { readonly type: 'refined'; readonly base: RuleInfo; readonly from: Chapter }
  /** The very rule of an earlier chapter; `from` is the first that has it. */
  | { readonly type: 'unchanged'; readonly from: Chapter };

/** Compares a chapter's rule with the chapters before it. */
export function originOf(chapters: readonly Chapter[], chapter: Chapter, rule: RuleInfo): Origin {
  const earlier = chapters.slice(0, chapters.indexOf(chapter));
  const same = earlier.find(({ node }) => node.rules.includes(rule));
  if (same) return { type: 'unchanged', from: same };
  for (let base = rule.refines; base; base = base.refines) {
    const found = base;
    const from = earlier.findLast(({ node }) => node.rules.includes(found));
    if (from) return { type: 'refined', base, from };
  }
  const isKnown = earlier.some(({ node }) => node.rules.some(({ name }) => name === rule.name));
  return { type: isKnown ? 'replaced' : 'added' };
}
