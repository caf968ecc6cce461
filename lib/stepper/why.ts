// "Why not?": every rule that listened at a step, each of its conditions with the values it looked
// at, and what the rule did.

import type { ConditionExplanation, RuleExplanation } from '../rules/explain.ts';
import { sayEffect, sayFields, sayValues } from '../words/words.ts';
import { crashesWithin } from '../trace/trace.ts';
import { paperOf, sayEffects } from './blocks.ts';
import type { Moment, Scene, StepExplanation } from './scene.ts';
import { explainStep } from './scene.ts';
import type { Line, Segment, Style } from './text.ts';
import { line, padded, widthOf, wrap } from './text.ts';

/** The rules that listened at this moment, wrapped to a width. */
export function whyLines(scene: Scene, moment: Moment, width: number): Line[] {
  const explained = explanationAt(scene, moment);
  if (typeof explained === 'string') return wrap(line(explained), width);
  const { rules, notAsked } = explained;
  const asked = rules.flatMap((explanation, index) => [
    ...(index === 0 ? [] : [[]]),
    ...ruleLines(explanation, width),
  ]);
  const last = rules.at(-1)?.rule.name ?? '';
  const rest = [
    ...(notAsked.length === 0
      ? []
      : [`Not asked, because ${last} ends the event: ${notAsked.join(', ')}.`]),
    ...crashOf(moment),
  ];
  return [...asked, ...rest.flatMap((each) => [[], ...wrap(line(each), width)])];
}

/** How far a node came that crashed on the way. */
function crashOf(moment: Moment): string[] {
  if (moment.kind !== 'step' || !crashesWithin(moment.record)) return [];
  const { node = 'it', effects = [] } = moment.record;
  const done = effects.length === 0 ? 'nothing of this' : sayEffects(effects).join('; ');
  return [`But ${node} crashes on the way. It has come to this: ${done}.`];
}

/** The explanation, or why there is none. */
function explanationAt(scene: Scene, moment: Moment): StepExplanation | string {
  if (moment.kind !== 'step') return 'No rule is asked here. Go to a step to see its rules.';
  try {
    const explained = explainStep(scene, moment.record);
    if (!explained) return 'No node handles an event at this step, so no rule is asked.';
    return explained.rules.length > 0 ? explained : 'No rule listens to this event.';
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The rules of this chapter cannot be asked about this state: ${reason}`;
  }
}

function ruleLines(explanation: RuleExplanation, width: number): Line[] {
  const { rule, fired, conditions } = explanation;
  const verdict: Line = fired
    ? [{ text: `✓ ${rule.name} fired`, style: 'good' }]
    : [{ text: `✗ ${rule.name} did not fire`, style: 'bad' }];
  return [
    ...wrap([...verdict, { text: ` ${paperOf(rule)}`, style: 'quiet' }], width, 2),
    ...wrap(line(`  ${rule.says}`), width, 2),
    ...conditions.flatMap((condition) => conditionLines(condition, width)),
    ...doneLines(explanation, width),
  ];
}

function conditionLines(condition: ConditionExplanation, width: number): Line[] {
  const { name, held } = condition;
  const seen = sayValues(condition);
  return [
    ...entry(
      held === undefined
        ? head('? not asked')
        : held
          ? head('✓ held', 'good')
          : head('✗ failed', 'bad'),
      name,
      width,
    ),
    ...(seen ? entry(head(''), seen, width) : []),
  ];
}

function doneLines({ changed, effects }: RuleExplanation, width: number): Line[] {
  const fields = Object.keys(changed).length > 0 ? [`sets ${sayFields(changed)}`] : [];
  const done = [...fields, ...effects.map(sayEffect)];
  return done.length === 0 ? [] : entry(head('→ then'), done.join('; '), width);
}

const head = (text: string, style: Style = 'quiet'): Segment => ({
  text: `  ${padded(text, 11)}`,
  style,
});

const entry = (head: Segment, text: string, width: number): Line[] =>
  wrap([head, ...line(text)], width, widthOf(head.text));
