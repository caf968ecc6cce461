// Takes one rule, one condition or one refinement out of a list, to see what goes wrong without it.

import type { Protocol, Rule } from './rule.ts';
import type { RuleList } from './step.ts';

/** The protocol without the named rule. Throws when there is no such rule. */
export function withoutRule<P extends Protocol>(list: RuleList<P>, rule: string): RuleList<P> {
  find(list, rule);
  return { init: list.init, rules: list.rules.filter(({ name }) => name !== rule) };
}

/** The protocol without one condition of a rule. Throws when there is no such condition. */
export function withoutCondition<P extends Protocol>(
  list: RuleList<P>,
  rule: string,
  condition: string,
): RuleList<P> {
  const found = find(list, rule);
  const conditions = found.conditions.filter(({ name }) => name !== condition);
  if (conditions.length === found.conditions.length) {
    throw new Error(`the rule ${rule} has no condition '${condition}'`);
  }
  const weaker: Rule<P> = { ...found, conditions };
  return { init: list.init, rules: list.rules.map((each) => (each === found ? weaker : each)) };
}

/**
 * The protocol with a rule as the chapter before had it. Undefined when that is nothing new: the rule
 * refines or replaces none, or only adds conditions, which can be left out one by one.
 */
export function asBefore<P extends Protocol>(
  list: RuleList<P>,
  rule: string,
): RuleList<P> | undefined {
  const found = find(list, rule);
  const { replaces, refines } = found;
  const earlier = refines ?? replaces;
  const same = refines?.then === found.then && refines.otherwise === found.otherwise;
  if (!earlier || same) return undefined;
  return { init: list.init, rules: list.rules.map((each) => (each === found ? earlier : each)) };
}

function find<P extends Protocol>(list: RuleList<P>, rule: string): Rule<P> {
  const found = list.rules.find(({ name }) => name === rule);
  if (!found) throw new Error(`there is no rule named ${rule}`);
  return found;
}
