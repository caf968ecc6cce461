// Which rule was wrong? Looks for the one edit of the reference that would have done what the
// implementation did; failing that, for the first rule whose work is missing.

import type { Effect, NodeEvent, NodeState } from '../node/contract.ts';
import type { RuleExplanation } from '../rules/explain.ts';
import { changedFields } from '../rules/explain.ts';
import type { RuleNode } from '../rules/node.ts';
import { sameContent } from '../trace/canonical.ts';
import { compareEffects } from './effects.ts';
import type { Habits } from './habits.ts';
import { workOf } from './habits.ts';

/** What a step did: its effects, and the fields it changed. */
export interface Done {
  readonly effects: readonly Effect[];
  readonly changed: Readonly<Record<string, unknown>>;
}

/** A step that a node is asked to make, or as much of it as it can before it crashes. */
export interface Asked {
  readonly state: NodeState;
  readonly event: NodeEvent;
  /** How many effects are carried out, when the node crashes in the middle. */
  readonly crashAfter?: number;
}

/** A step that went as it should. */
export interface Before extends Asked {
  readonly done: Done;
}

export interface Diagnosis {
  /** The rule as the reference saw it at this step, with the values of its conditions. */
  readonly explanation: RuleExplanation;
  /** The condition that was not asked, when the result is that of the rule without it. */
  readonly condition?: string;
  readonly says: string;
  /** Other edits that would have looked just the same, by name. */
  readonly orElse: readonly Edit[];
}

/** A rule, or one condition of a rule, that an implementation seems to lack. */
export interface Edit {
  readonly rule: string;
  readonly condition?: string;
}

/**
 * The rule that best explains why `done` is not what the reference does, or why nothing was done because the step
 * threw; undefined without one.
 * An edit that would have shown in the steps before this one is not the explanation; but a condition
 * that is asked, and asked wrongly, may show at this step for the first time.
 */
export function diagnose(
  reference: RuleNode,
  asked: Asked,
  done: Done | undefined,
  before: readonly Before[] = [],
  habits?: Habits,
): Diagnosis | undefined {
  const { state, event } = asked;
  const fits = (node: RuleNode) =>
    done !== undefined &&
    sameDone(doneBy(node, asked), done) &&
    before.every((each) => sameDone(doneBy(node, each), each.done));
  const explanations = reference.explain(state, event);
  // Several edits may look alike here; a rule for just this event is the likelier culprit.
  const byLikelihood = [...explanations].sort((a, b) => hearsMore(a, event) - hearsMore(b, event));
  const edits = byLikelihood.flatMap((explanation) =>
    editsOf(explanation).filter(({ edit: { rule, condition } }) =>
      fits(reference.without(rule, condition)),
    ),
  );
  const [found, ...others] = edits;
  if (found) {
    const { explanation, edit } = found;
    const says =
      edit.condition === undefined ? 'this rule was not applied' : 'this condition was not asked';
    const { condition } = edit;
    const orElse = others.map((other) => other.edit);
    return { explanation, says, orElse, ...(condition !== undefined && { condition }) };
  }
  return suspect(reference, asked, done, byLikelihood, habits);
}

/** No single omission explains it: the rule whose work is not as it should be. */
function suspect(
  reference: RuleNode,
  asked: Asked,
  done: Done | undefined,
  explanations: readonly RuleExplanation[],
  habits: Habits | undefined,
): Diagnosis | undefined {
  const { event } = asked;
  const found = (explanation: RuleExplanation | undefined, says: string) =>
    explanation && { explanation, says, orElse: [] };
  const fired = explanations.filter((each) => each.fired);
  if (!done) {
    const changing = fired.filter(({ changed }) => Object.keys(changed).length > 0);
    return found(changing.at(-1) ?? fired.at(-1), 'this is what should have been done here');
  }
  const expected = doneBy(reference, asked);
  const [missing, extra] = compareEffects(expected.effects, done.effects);
  const fields = [...new Set([...Object.keys(expected.changed), ...Object.keys(done.changed)])];
  const wrong = fields.filter(
    (field) => !sameContent(expected.changed[field], done.changed[field]),
  );
  const [wrongWork, missingWork, extraWork] = [
    wrong.map((field) => `field ${field}`),
    workOf({ changed: {}, effects: missing }),
    workOf({ changed: {}, effects: extra }),
  ];
  const does = (explanation: RuleExplanation, work: readonly string[]) =>
    workOf(explanation).some((each) => work.includes(each));
  // Who should have done what is missing, or did it otherwise; and who does most of such things, but not here.
  const idle = fired.find((each) => does(each, [...missingWork, ...wrongWork]));
  const habitual = ({ rule }: RuleExplanation) =>
    [...wrongWork, ...extraWork].filter((work) =>
      habits?.get(`${rule.name} ${event.type}`)?.has(work),
    ).length;
  const [eager] = explanations
    .filter((each) => !each.fired && habitual(each) > 0)
    .sort((a, b) => habitual(b) - habitual(a));
  const misjudged = explanations.find(
    ({ rule, refused }) =>
      refused !== undefined && sameDone(doneBy(reference.without(rule.name, refused), asked), done),
  );
  const about = explanations.filter(({ rule }) => rule.on === event.type);
  return (
    found(idle, 'this rule should have done otherwise') ??
    found(misjudged, 'this rule should have refused') ??
    found(eager, 'this rule should have refused') ??
    found(fired.at(-1) ?? about.at(-1), 'more was done than this rule says')
  );
}

/** What may be missing of a rule: one of its conditions, or the whole of it. */
function editsOf(explanation: RuleExplanation): { explanation: RuleExplanation; edit: Edit }[] {
  const { name: rule } = explanation.rule;
  const edits: Edit[] = explanation.conditions.map(({ name: condition }) => ({ rule, condition }));
  return [...edits, { rule }].map((edit) => ({ explanation, edit }));
}

/** 0 for a rule that listens to this type of event alone, 1 for one that hears others too. */
const hearsMore = ({ rule }: RuleExplanation, event: NodeEvent) => (rule.on === event.type ? 0 : 1);

function doneBy(node: RuleNode, { state, event, crashAfter }: Asked): Done {
  const { state: after, effects } = node.step(state, event);
  // Who crashes in the middle has done only so much, and its memory is gone.
  if (crashAfter !== undefined) return { effects: effects.slice(0, crashAfter), changed: {} };
  return { effects, changed: changedFields(state, after) };
}

function sameDone(left: Done, right: Done): boolean {
  const [missing, extra] = compareEffects(left.effects, right.effects);
  return missing.length + extra.length === 0 && sameContent(left.changed, right.changed);
}
