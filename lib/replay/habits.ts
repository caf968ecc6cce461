// What each rule is in the habit of doing, learned from recorded runs: the fields it changes and the kinds of effects it
// has. So a rule that refused can be suspected of what was done all the same.

import type { Effect } from '../node/contract.ts';
import type { RuleExplanation } from '../rules/explain.ts';
import type { RuleNode } from '../rules/node.ts';
import type { Trace } from '../trace/trace.ts';
import { statesOf } from '../trace/trace.ts';

/** For each rule and type of event, as in `append-entries AppendEntries`, its work: `field log`, `send …`. */
export type Habits = ReadonlyMap<string, ReadonlySet<string>>;

const known = new WeakMap<RuleNode, Map<readonly Trace[], Habits>>();

/** The habits that a node's rules show in these runs; they are learned once. */
export function habitsOf(node: RuleNode, traces: readonly Trace[]): Habits {
  const byTraces = known.get(node) ?? new Map<readonly Trace[], Habits>();
  known.set(node, byTraces);
  const learned = byTraces.get(traces);
  if (learned) return learned;
  const habits = new Map<string, Set<string>>();
  for (const trace of traces) {
    const states = statesOf(trace);
    for (const { step, node: id, event } of trace.steps) {
      const state = id === undefined ? undefined : states[step - 1]?.[id];
      if (!state || !event) continue;
      for (const explanation of node.explain(state, event)) {
        const key = `${explanation.rule.name} ${event.type}`;
        const own = habits.get(key) ?? new Set();
        habits.set(key, own);
        for (const work of workOf(explanation)) own.add(work);
      }
    }
  }
  byTraces.set(traces, habits);
  return habits;
}

/** What a rule did in one step, as habits name it. */
export const workOf = ({ changed, effects }: Pick<RuleExplanation, 'changed' | 'effects'>) => [
  ...Object.keys(changed).map((field) => `field ${field}`),
  ...effects.map(workOfEffect),
];

function workOfEffect(effect: Effect): string {
  if (effect.type === 'send') return `send ${effect.message.type}`;
  if (effect.type === 'persist') {
    const { log = {}, ...fields } = effect.fields;
    return ['persist', ...Object.keys(fields), ...Object.keys(log)].join(' ');
  }
  return 'timer' in effect ? `${effect.type} ${effect.timer}` : effect.type;
}
