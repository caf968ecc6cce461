// Why did this step do what it did? Runs the rules once more and notes, for each one that listened,
// every condition with the values it looked at, and what the rule changed and sent.

import type { Effect, NodeEvent } from '../node/contract.ts';
import { sameContent } from '../trace/canonical.ts';
import type { Protocol, Rule, RuleInfo } from './rule.ts';
import { runRules } from './step.ts';

/** A value that a condition looked at: a field of the node, or of the event. */
export interface SeenValue {
  /** `votedFor` for a field of the node, `RequestVote.from` for one of the event. */
  readonly field: string;
  readonly value: unknown;
}

export interface ConditionExplanation {
  readonly name: string;
  /** Undefined when the condition made no sense because an earlier one had failed. */
  readonly held: boolean | undefined;
  readonly values: readonly SeenValue[];
}

export interface RuleExplanation {
  readonly rule: RuleInfo;
  readonly fired: boolean;
  /** The first condition that failed, when one did. */
  readonly refused?: string;
  readonly conditions: readonly ConditionExplanation[];
  /** What this rule added to the step. */
  readonly effects: readonly Effect[];
  /** The fields this rule changed, with their new values. */
  readonly changed: Readonly<Record<string, unknown>>;
}

/** Explains one step: an entry for each listening rule, in order, up to one that ended it. */
export function explain<P extends Protocol>(
  listening: readonly Rule<P>[],
  state: P['state'],
  event: NodeEvent,
): RuleExplanation[] {
  const explanations: RuleExplanation[] = [];
  let conditions: ConditionExplanation[] = [];
  let before: P['state'] = state;
  let effectsBefore = 0;
  runRules(listening, state, event, {
    before(rule, me) {
      before = { ...me };
      conditions = rule.conditions.map(({ name, holds }) =>
        explainCondition(name, holds, me, event),
      );
    },
    after(rule, me, effects, { refused }) {
      explanations.push({
        rule,
        fired: refused === undefined,
        ...(refused !== undefined && { refused }),
        conditions,
        effects: effects.slice(effectsBefore),
        changed: changedFields(before, me),
      });
      effectsBefore = effects.length;
    },
  });
  return explanations;
}

/** The top-level fields whose content differs, with the value after. */
export function changedFields(before: object, after: object): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  const was: Readonly<Record<string, unknown>> = { ...before };
  for (const [field, value] of Object.entries(after)) {
    // Most fields are the same object as before, and need no comparison of what is in them.
    if (value === was[field] && field in was) continue;
    if (!sameContent(was[field], value)) changed[field] = value;
  }
  return changed;
}

function explainCondition<P extends Protocol>(
  name: string,
  holds: Rule<P>['conditions'][number]['holds'],
  me: P['state'],
  event: NodeEvent,
): ConditionExplanation {
  const seen = new Map<string, unknown>();
  const watchedMe = watched(me, '', seen);
  const watchedEvent = watched(event, `${event.type}.`, seen);
  let held: boolean | undefined;
  try {
    held = holds(watchedMe, watchedEvent);
  } catch {
    held = undefined;
  }
  return { name, held, values: [...seen].map(([field, value]) => ({ field, value })) };
}

/** The same object, but every field that is read is noted in `seen` under its prefixed name. */
function watched<T extends object>(target: T, prefix: string, seen: Map<string, unknown>): T {
  return new Proxy(target, {
    get(object, field, receiver) {
      const value: unknown = Reflect.get(object, field, receiver);
      if (typeof field === 'string' && Object.hasOwn(object, field))
        seen.set(prefix + field, value);
      return value;
    },
  });
}
