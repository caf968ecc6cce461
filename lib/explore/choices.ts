// What acceptors and learners of Paxos show: which proposals were accepted, ever, and what was learned. That a value
// is chosen is seen only in what several of them show together.

import { chosenOf, slotsOf } from '../check/paxos-properties.ts';
import type { NodeId, NodeState } from '../node/contract.ts';

export type ChoiceFact =
  | {
      readonly kind: 'accepts';
      readonly slot: number;
      readonly ballot: number;
      readonly value: string;
      readonly node: NodeId;
      /** How many acceptors there are. */
      readonly of: number;
    }
  | { readonly kind: 'learns'; readonly slot: number; readonly value: string };

/** The proposals that a step makes a node accept. */
export function acceptsShown(before: NodeState, after: NodeState): ChoiceFact[] {
  const held = slotsOf(before);
  return Object.entries(slotsOf(after)).flatMap(([name, { ballot, value }]): ChoiceFact[] => {
    const slot = Number(name);
    if (held[slot]?.ballot === ballot && held[slot].value === value) return [];
    return [{ kind: 'accepts', slot, ballot, value, node: after.id, of: after.peers.length + 1 }];
  });
}

/** What a step makes a node learn. */
export function learnsShown(before: NodeState, after: NodeState): ChoiceFact[] {
  const known = chosenOf(before);
  return Object.entries(chosenOf(after)).flatMap(([slot, value]): ChoiceFact[] =>
    known[Number(slot)] === value ? [] : [{ kind: 'learns', slot: Number(slot), value }],
  );
}

/** The values that are chosen in a slot: accepted by a majority in one ballot. */
function chosenIn(facts: readonly ChoiceFact[], slot: number): Set<string> {
  const chosen = new Set<string>();
  for (const one of facts) {
    if (one.kind !== 'accepts' || one.slot !== slot) continue;
    const alike = facts.filter(
      (other) =>
        other.kind === 'accepts' &&
        other.slot === slot &&
        other.ballot === one.ballot &&
        other.value === one.value,
    );
    if (alike.length > one.of / 2) chosen.add(one.value);
  }
  return chosen;
}

export const twoAreChosen = (facts: readonly ChoiceFact[]): boolean =>
  [...new Set(facts.map(({ slot }) => slot))].some((slot) => chosenIn(facts, slot).size > 1);

export const unchosenIsLearned = (facts: readonly ChoiceFact[]): boolean =>
  facts.some((fact) => fact.kind === 'learns' && !chosenIn(facts, fact.slot).has(fact.value));

/** True for a fact about what is accepted or learned. */
export const isChoice = (fact: { readonly kind: string }): fact is ChoiceFact =>
  fact.kind === 'accepts' || fact.kind === 'learns';
