// Who covers for whom: the rule or condition without which, together with this one, something breaks that neither
// breaks alone.

import { ablations } from '../rules/node.ts';
import type { Ablation, RuleNode } from '../rules/node.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { nodesNamed } from '../trial/trial.ts';
import { problemIn } from './living.ts';
import { briefPasses } from './passes.ts';
import type { Question } from './question.ts';
import { searchThrough } from './safety.ts';
import type { RedundantFinding } from './verdict.ts';

const seeds = [0];

/** The first partner, those before that hear the same event, and how many were tried. */
export function partnerOf(
  chapter: Chapter,
  { rule, condition }: Question,
): Pick<RedundantFinding, 'partner' | 'tried'> {
  const { node } = chapter;
  const own = node.rules.find(({ name }) => name === rule);
  const hears = (name: string) => {
    const other = node.rules.find((each) => each.name === name);
    return (
      own &&
      other &&
      (own.on === other.on || [own.on, other.on].some((on) => on.startsWith('any ')))
    );
  };
  const others = ablations(node).filter(
    (each) => each.rule !== rule || each.condition !== condition,
  );
  const near = others.filter((each) => hears(each.rule));
  const far = others.filter((each) => !hears(each.rule));
  let tried = 0;
  for (const other of [...near, ...far]) {
    if (other.rule === rule && (condition === undefined || other.condition === undefined)) continue;
    if (breaksAlone(chapter, other) !== undefined) continue;
    tried += 1;
    const breaks = whatBreaks(chapter, without(node.without(rule, condition), other));
    if (breaks === undefined) continue;
    const { rule: partner } = other;
    const part = other.condition === undefined ? {} : { condition: other.condition };
    return { partner: { rule: partner, ...part, breaks }, tried };
  }
  return { tried };
}

const without = (node: RuleNode, { rule, condition }: Ablation): RuleNode =>
  node.without(rule, condition);

const alone = new Map<string, string | undefined>();

/** What breaks without this one alone; looked for once. */
function breaksAlone(chapter: Chapter, { name, node }: Ablation): string | undefined {
  const key = `${chapter.name} ${name}`;
  if (!alone.has(key)) alone.set(key, whatBreaks(chapter, node));
  return alone.get(key);
}

/** A property that a small search breaks, or the trial that a node does not come through. */
function whatBreaks(chapter: Chapter, node: RuleNode): string | undefined {
  const properties = chapter.properties;
  const [pass] = briefPasses(node);
  if (pass && properties.length > 0) {
    const problem = { node, nodes: nodesNamed(3), properties, bounds: pass.bounds };
    const { verdict } = searchThrough(problem, briefPasses(node));
    if (verdict.outcome === 'violation') return verdict.counterexample.property;
  }
  for (const trial of chapter.trials) {
    if (seeds.some((seed) => problemIn(chapter, trial, node, seed) !== undefined))
      return trial.title;
  }
  return undefined;
}
