// Which rules fired in a step and which refused, with every condition and the values it looked at.

import type { ConditionExplanation, RuleExplanation } from '../rules/explain.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { EffectRecord, TraceStep } from '../trace/trace.ts';
import { crashesWithin } from '../trace/trace.ts';
import { sayEffect, sayId, sayValues } from '../words/words.ts';
import { ruleLink } from './links.ts';
import { blocks, code, details, list, markdown } from './text.ts';

/**
 * The rules that listened to a step. A refusal is shown openly when the rule listens to exactly this
 * event or did something about it; others are folded away.
 */
export function ruleLines(
  chapter: Chapter,
  page: string,
  step: TraceStep,
  rules: readonly RuleExplanation[],
): readonly string[] {
  const { event, effects = [] } = step;
  if (!event) return [];
  const told = rules.map((rule, index) => {
    const first = rules.slice(0, index).reduce((sum, { effects }) => sum + effects.length, 0);
    const own = effects.slice(first, first + rule.effects.length);
    const isOpen = rule.fired || rule.rule.on === event.type || own.length > 0;
    return { rule, isOpen, lines: linesOf(rule, ruleLink(page, chapter, rule.rule), own, isOpen) };
  });
  const folded = told.filter(({ isOpen }) => !isOpen);
  const unheard = `No rule of this chapter is about ${code(event.type)}, so nothing happens.`;
  return blocks(
    folded.length === told.length ? [unheard] : [],
    told.flatMap(({ isOpen, lines }) => (isOpen ? lines : [])),
    folded.length === 0
      ? []
      : details(
          foldedSays(folded.map(({ rule }) => rule.rule.name)),
          folded.flatMap(({ lines }) => lines),
        ),
    crashLines(step, rules),
  );
}

/** Up to three rules are named; of more, only their number is told. */
const foldedSays = (names: readonly string[]): string =>
  names.length <= 3
    ? `Also listened, but did not fire: ${list(names)}`
    : `${names.length} more rules listened and did not fire`;

/** What a node that crashes on the way does not come to do. */
function crashLines(step: TraceStep, rules: readonly RuleExplanation[]): readonly string[] {
  if (!crashesWithin(step)) return [];
  const undone = rules.flatMap(({ effects }) => effects).slice(step.effects?.length);
  const says = undone.map((effect) => markdown(sayEffect(effect))).join('; ');
  return [
    `**Here ${step.node} crashes.** What it has not written to disk is lost.` +
      (says === '' ? '' : ` It does not come to this any more: ${says}.`),
  ];
}

/** One rule with its conditions; `full` adds its place in the paper and what it says. */
function linesOf(
  { rule, fired, refused, conditions }: RuleExplanation,
  link: string,
  effects: readonly EffectRecord[],
  full: boolean,
): string[] {
  const failed = conditions.findIndex((condition) => condition.name === refused);
  const asked = fired ? conditions : conditions.slice(0, failed + 1);
  const head = `- ${fired ? '**Fired:**' : '**Did not fire:**'} ${link}`;
  const does = fired ? 'So it' : 'So instead it';
  return [
    full ? `${head} (${markdown(rule.paper)}). ${markdown(rule.says)}` : head,
    ...asked.map((condition) => `  - ${conditionLine(condition, condition.name !== refused)}`),
    ...(effects.length > 0 ? [`  - ${does} ${effects.map(effectWithId).join('; ')}.`] : []),
  ];
}

function conditionLine(condition: ConditionExplanation, held: boolean): string {
  const values = sayValues(condition);
  const why = values === '' ? '' : ` — ${markdown(values)}`;
  const name = markdown(condition.name);
  // As in the stepper: a name may say `is not the leader`, and `no` before it would say it twice.
  return held ? `held: ${name}${why}` : `**failed: ${name}**${why}`;
}

/** `sends RequestVote (term 1) to B (m1)`. */
export function effectWithId(effect: EffectRecord): string {
  const says = markdown(sayEffect(effect));
  return effect.type === 'send' ? `${says} (${sayId(effect.id)})` : says;
}
