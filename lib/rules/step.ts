// The pure step: hands one event to the ordered rules and collects what they did and why not.

import type { Effect, NodeEvent, NodeId, Saved, StepResult, Verdict } from '../node/contract.ts';
import { isMessage } from '../node/contract.ts';
import type { Actions } from './actions.ts';
import { StepActions } from './actions.ts';
import type { Protocol, Rule } from './rule.ts';

/** A protocol at a glance: how a node starts, and the rules it obeys, in order. */
export interface RuleList<P extends Protocol> {
  init(id: NodeId, peers: readonly NodeId[], saved?: Saved): P['state'];
  readonly rules: readonly Rule<P>[];
}

/** Looks on while the rules handle an event; `explain` uses it to say why. */
export interface Observer<P extends Protocol> {
  before(rule: Rule<P>, me: P['state']): void;
  after(rule: Rule<P>, me: P['state'], effects: readonly Effect[], verdict: Verdict): void;
}

/** True when the rule listens to this event. */
export function listens(rule: { readonly on: string }, event: NodeEvent): boolean {
  return (
    rule.on === event.type ||
    rule.on === 'any event' ||
    (rule.on === 'any message' && isMessage(event))
  );
}

/**
 * Hands the event to each listening rule in order. Each rule sees the changes of those before it.
 * The state given is not changed; when nothing changed, it is the state returned.
 */
export function runRules<P extends Protocol>(
  listening: readonly Rule<P>[],
  state: P['state'],
  event: NodeEvent,
  observer?: Observer<P>,
): Required<StepResult<P['state']>> {
  const me = { ...state };
  const act = new StepActions(me, event);
  const { effects } = act;
  const fired: Verdict[] = [];
  for (const rule of listening) {
    observer?.before(rule, me);
    const verdict = runRule(rule, me, event, act);
    fired.push(verdict);
    observer?.after(rule, me, effects, verdict);
    if (rule.last && verdict.refused === undefined) break;
  }
  return { state: sameFields(state, me) ? state : me, effects, fired };
}

function runRule<P extends Protocol>(
  rule: Rule<P>,
  me: P['state'],
  event: NodeEvent,
  act: Actions,
): Verdict {
  for (const condition of rule.conditions) {
    if (!condition.holds(me, event)) {
      rule.otherwise?.(me, event, act);
      return { rule: rule.name, refused: condition.name };
    }
  }
  rule.then(me, event, act);
  return { rule: rule.name };
}

function sameFields<State extends object>(before: State, after: State): boolean {
  for (const field in after) if (before[field] !== after[field]) return false;
  return true;
}
