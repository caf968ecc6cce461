// The rules that only a variant of a chapter has, or a myth about it.

import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';

/** The variants that have a rule which the chapter's own list has not; none for a rule of that list. */
export function variantsWith({ node, variants = {} }: Chapter, rule: RuleInfo): string[] {
  if (node.rules.includes(rule)) return [];
  return Object.keys(variants).filter((name) => variants[name]?.rules.includes(rule));
}

/** Every rule that only variants have, in the order in which the variants ask them. */
export function variantRules({ node, variants = {} }: Chapter): RuleInfo[] {
  const all = Object.values(variants).flatMap(({ rules }) => rules);
  return [...new Set(all)].filter((rule) => !node.rules.includes(rule));
}

const ofMyths = new WeakMap<Chapter, readonly RuleInfo[]>();

/** Every rule that the chapter has not and a myth about it has, in the order in which it is asked. */
export function mythRules(chapter: Chapter): readonly RuleInfo[] {
  const found = ofMyths.get(chapter) ?? findMythRules(chapter);
  // Every link to a rule asks this.
  ofMyths.set(chapter, found);
  return found;
}

function findMythRules({ node, variants = {}, myths = {} }: Chapter): RuleInfo[] {
  const known = new Set([node, ...Object.values(variants)].flatMap(({ rules }) => rules));
  const all = Object.values(myths).flatMap(({ rules }) => rules);
  return [...new Set(all)].filter((rule) => !known.has(rule));
}
