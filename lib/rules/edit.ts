// Edits of a list of rules: put a changed rule in, put one more in, take one out.

import type { ProtocolNode } from './node.ts';
import { nodeFromRules } from './node.ts';
import type { Heard, Protocol, Rule, RuleDefinition } from './rule.ts';
import { rulesOf } from './rule.ts';
import type { RuleList } from './step.ts';

/** What to write anew in a rule. A condition replaces the one of the same name; the others stay. */
type Edit<P extends Protocol, On extends Heard<P>> = Partial<
  Pick<RuleDefinition<P, On>, 'paper' | 'says' | 'when' | 'then' | 'otherwise' | 'last'>
>;

/** Gives a function that edits a rule. It throws when a condition to replace does not exist. */
export function edited<P extends Protocol>() {
  return <const On extends Heard<P>>(rule: Rule<P, On>, edit: Edit<P, On>): Rule<P, On> => {
    const { name, paper, says, on, conditions } = rule;
    const written = rulesOf<P>()({ name, paper, says, on, then: () => {}, ...edit });
    for (const { name: condition } of written.conditions) {
      if (conditions.every((each) => each.name !== condition)) {
        throw new Error(`the rule ${name} has no condition '${condition}'`);
      }
    }
    return {
      ...rule,
      paper: written.paper,
      says: written.says,
      conditions: conditions.map(
        (each) => written.conditions.find((changed) => changed.name === each.name) ?? each,
      ),
      ...(edit.then && { then: written.then }),
      ...(written.otherwise && { otherwise: written.otherwise }),
      last: edit.last ?? rule.last,
    };
  };
}

/** The node with these rules in the places of those of the same names. Throws when one has none. */
export function replacing<P extends Protocol>(
  { init, rules }: RuleList<P>,
  ...changed: readonly Rule<NoInfer<P>>[]
): ProtocolNode<P> {
  for (const { name } of changed) placeOf(rules, name);
  return nodeFromRules<P>({
    init,
    rules: rules.map((rule) => changed.find(({ name }) => name === rule.name) ?? rule),
  });
}

/** The node with one more rule, just before or just after the named one. Throws when there is none. */
export function inserting<P extends Protocol>(
  { init, rules }: RuleList<P>,
  rule: Rule<NoInfer<P>>,
  where: { readonly before: string } | { readonly after: string },
): ProtocolNode<P> {
  const place = 'before' in where ? placeOf(rules, where.before) : placeOf(rules, where.after) + 1;
  return nodeFromRules<P>({ init, rules: [...rules.slice(0, place), rule, ...rules.slice(place)] });
}

/** The node with the named rule before all others. Throws when there is none. */
export function first<P extends Protocol>(
  { init, rules }: RuleList<P>,
  name: string,
): ProtocolNode<P> {
  const place = placeOf(rules, name);
  const moved = rules.slice(place, place + 1);
  return nodeFromRules<P>({
    init,
    rules: [...moved, ...rules.slice(0, place), ...rules.slice(place + 1)],
  });
}

function placeOf(rules: readonly { readonly name: string }[], name: string): number {
  const place = rules.findIndex((rule) => rule.name === name);
  if (place < 0) throw new Error(`there is no rule named ${name}`);
  return place;
}
