// A node made of rules: it steps like any node, and it can also say why, and try a life without
// one of its rules.

import { Log } from '../log/log.ts';
import type { NodeEvent, NodeState, RaftNode, StepResult } from '../node/contract.ts';
import { asBefore, withoutCondition, withoutRule } from './ablate.ts';
import type { RuleExplanation } from './explain.ts';
import { explain } from './explain.ts';
import type { Protocol, Rule, RuleInfo } from './rule.ts';
import type { RuleList } from './step.ts';
import { listens, runRules } from './step.ts';

export interface RuleNode<State extends NodeState = NodeState> extends RaftNode<State> {
  /** The rules in the order in which they see an event. */
  readonly rules: readonly RuleInfo[];
  step(state: State, event: NodeEvent): Required<StepResult<State>>;
  /** Why the step does what it does: an entry for each rule that listens. */
  explain(state: State, event: NodeEvent): RuleExplanation[];
  /** The same node without a rule, or without one condition of it. Throws when there is none. */
  without(rule: string, condition?: string): RuleNode<State>;
  /**
   * The same node with a rule as the chapter before had it; undefined when this chapter changes
   * nothing in what that rule does. Throws when there is no such rule.
   */
  asBefore(rule: string): RuleNode<State> | undefined;
}

/** What a node can lack: a rule, one condition of it, or what the latest chapter has changed in what it does. */
export interface Part {
  readonly rule: string;
  readonly condition?: string;
  readonly asBefore?: true;
  /** What is missing with it and without it, because it hides the difference: a rule as it was before. */
  readonly besides?: string;
}

/** The node in which a part is there or not: without what would hide the difference. */
export const settingOf = (node: RuleNode, { besides }: Part): RuleNode =>
  besides === undefined ? node : earlierOf(node, besides);

function earlierOf(node: RuleNode, rule: string): RuleNode {
  const earlier = node.asBefore(rule);
  if (!earlier) throw new Error(`no chapter before has another ${rule}`);
  return earlier;
}

export function hasPart(node: RuleNode, { rule, condition, asBefore }: Part): boolean {
  const found = node.rules.find(({ name }) => name === rule);
  if (!found || asBefore) return found !== undefined && node.asBefore(rule) !== undefined;
  return condition === undefined || found.conditions.some(({ name }) => name === condition);
}

/** The node without a part. Throws when there is no such part. */
export function lacking(node: RuleNode, part: Part): RuleNode {
  const setting = settingOf(node, part);
  return part.asBefore ? earlierOf(setting, part.rule) : setting.without(part.rule, part.condition);
}

/** A node that still knows its protocol, so that its rules can go into another list. */
export interface ProtocolNode<P extends Protocol> extends RuleNode<P['state']> {
  readonly rules: readonly Rule<P>[];
  without(rule: string, condition?: string): ProtocolNode<P>;
}

/** Turns an ordered list of rules into a node. */
export function nodeFromRules<P extends Protocol>(list: RuleList<P>): ProtocolNode<P> {
  const { init, rules } = list;
  const listening = new Map<string, readonly Rule<P>[]>();
  const listenersOf = (event: NodeEvent) => {
    const known = listening.get(event.type);
    if (known) return known;
    const found = rules.filter((rule) => listens(rule, event));
    listening.set(event.type, found);
    return found;
  };
  return {
    init: (id, peers, saved) => withLog(init(id, peers, saved)),
    rules,
    step: (state, event) => runRules(listenersOf(event), withLog(state), event),
    explain: (state, event) => explain(listenersOf(event), withLog(state), event),
    without: (rule, condition) =>
      nodeFromRules(
        condition === undefined ? withoutRule(list, rule) : withoutCondition(list, rule, condition),
      ),
    asBefore(rule) {
      const earlier = asBefore(list, rule);
      return earlier && nodeFromRules(earlier);
    },
  };
}

/** The same state; a log that was read from a trace, where it is plain, becomes a Log. */
function withLog<State extends NodeState>(state: State): State {
  const { log } = state;
  return log === undefined || log instanceof Log ? state : { ...state, log: Log.of(log) };
}

/** A node that lacks one rule, or one condition of a rule. */
export interface Ablation {
  /** `grant-vote`, or `grant-vote / has not voted …`. */
  readonly name: string;
  readonly rule: string;
  readonly condition?: string;
  readonly node: RuleNode;
}

/** Every node that lacks one rule or one condition of this one. */
export function ablations(node: RuleNode): Ablation[] {
  return node.rules.flatMap(({ name: rule, conditions }): Ablation[] => [
    { name: rule, rule, node: node.without(rule) },
    ...conditions.map(({ name: condition }) => ({
      name: `${rule} / ${condition}`,
      rule,
      condition,
      node: node.without(rule, condition),
    })),
  ]);
}
