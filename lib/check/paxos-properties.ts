// The safety requirements of consensus (Paxos Made Simple §2.1): one value is chosen, of those that were wanted, and nobody
// learns another. With slots they hold in each slot by itself; without, there is one slot, number 1.

import { noOp } from '../machine/key-value.ts';
import type { Message, NodeState, Proposal, Saved } from '../node/contract.ts';
import { sayValue } from '../words/words.ts';
import type { Fact, Property } from './property.ts';
import { writtenFirst } from './written-first.ts';

/** What an acceptor holds, slot by slot. */
export const slotsOf = ({
  accepted,
  slots,
}: Pick<NodeState | Saved, 'accepted' | 'slots'>): Readonly<Record<number, Proposal>> =>
  slots ?? (accepted ? { 1: accepted } : {});

/** What a learner knows, slot by slot. */
export const chosenOf = ({ chosen }: NodeState): Readonly<Record<number, string>> =>
  typeof chosen === 'string' ? { 1: chosen } : (chosen ?? {});

/** What a majority of acceptors has accepted in one ballot, by slot, with the step at which it had. */
class Choices {
  readonly chosen = new Map<number, { readonly value: string; readonly fact: Fact }>();
  private readonly acceptors = new Map<string, Set<string>>();
  private readonly seen = new Map<string, Readonly<Record<number, Proposal>>>();

  /** Gives the choice that contradicts an earlier one, when there is one. */
  see(
    step: number,
    state: NodeState,
  ): { readonly earlier: Fact; readonly later: Fact } | undefined {
    const slots = slotsOf(state);
    const before = this.seen.get(state.id);
    if (before === slots) return undefined;
    this.seen.set(state.id, slots);
    for (const [name, { ballot, value }] of Object.entries(slots)) {
      const slot = Number(name);
      const held = before?.[slot];
      if (held?.ballot === ballot && held.value === value) continue;
      const key = `${slot} ${ballot} ${value}`;
      const acceptors = this.acceptors.get(key) ?? new Set();
      this.acceptors.set(key, acceptors.add(state.id));
      if (acceptors.size <= (state.peers.length + 1) / 2) continue;
      const where = state.slots ? ` for slot ${slot}` : '';
      const who = [...acceptors].sort().join(', ');
      const fact = { step, says: `${who} have accepted ${value} in ballot ${ballot}${where}` };
      const known = this.chosen.get(slot);
      if (!known) this.chosen.set(slot, { value, fact });
      else if (known.value !== value) return { earlier: known.fact, later: fact };
    }
    return undefined;
  }
}

export const oneValueIsChosen: Property = {
  name: 'One value is chosen',
  paper: 'Paxos Made Simple §2.1',
  says: 'Once a majority has accepted a value in one ballot, no majority accepts another value in any ballot.',
  watch() {
    const choices = new Choices();
    return ({ step, state }) => choices.see(step, state);
  },
};

export const learnedIsChosen: Property = {
  name: 'What is learned is chosen',
  paper: 'Paxos Made Simple §2.1',
  says: 'A node learns that a value is chosen only when a majority of acceptors has accepted it in one ballot.',
  watch() {
    const choices = new Choices();
    const learned = new Map<string, Readonly<Record<number, string>>>();
    return ({ step, node, state }) => {
      choices.see(step, state);
      const now = chosenOf(state);
      const before = learned.get(node);
      learned.set(node, now);
      for (const [slot, value] of Object.entries(now)) {
        if (before?.[Number(slot)] === value) continue;
        const known = choices.chosen.get(Number(slot));
        if (known?.value === value) continue;
        return {
          earlier: known?.fact ?? {
            step,
            says: 'no majority has accepted any value in one ballot',
          },
          later: { step, says: `${node} learns ${value}` },
        };
      }
      return undefined;
    };
  },
};

export const onlyWantedIsAccepted: Property = {
  name: 'Only what was wanted is accepted',
  paper: 'Paxos Made Simple §2.1',
  says: 'An acceptor accepts only a value that some client asked for, or the no-op that fills a gap.',
  watch() {
    const wanted = new Set([noOp]);
    return ({ step, node, state, event, lost }) => {
      if (event?.type === 'ClientRequest' && 'command' in event) wanted.add(String(event.command));
      // A node that crashed in the middle may have told others already what its client wanted.
      if (lost?.wanted) wanted.add(lost.wanted);
      for (const { value } of Object.values(lost ? slotsOf(lost) : {})) wanted.add(value);
      const other = Object.values(slotsOf(state)).find(({ value }) => !wanted.has(value));
      if (!other) return undefined;
      return {
        earlier: { step, says: `no client asked for ${other.value}` },
        later: { step, says: `${node} has accepted it in ballot ${other.ballot}` },
      };
    };
  },
};

export const promiseIsKept: Property = {
  name: 'A promise is kept',
  paper: 'Paxos Made Simple §2.2, P1a, §2.5',
  says: 'The highest ballot that an acceptor has promised never goes back, and it accepts in none below it.',
  watch() {
    const promises = new Map<string, { readonly ballot: number; readonly fact: Fact }>();
    const accepts = new Map<string, Readonly<Record<number, Proposal>>>();
    return ({ step, node, state }) => {
      const { promised = 0 } = state;
      const before = promises.get(node);
      const held = accepts.get(node) ?? {};
      const slots = slotsOf(state);
      const fact = { step, says: `${node} has promised ballot ${promised}` };
      promises.set(node, { ballot: promised, fact });
      accepts.set(node, slots);
      if (!before) return undefined;
      if (promised < before.ballot) return { earlier: before.fact, later: fact };
      const low = Object.entries(slots).find(
        ([slot, { ballot }]) => ballot < before.ballot && held[Number(slot)]?.ballot !== ballot,
      );
      if (!low) return undefined;
      return {
        earlier: before.fact,
        later: { step, says: `${node} accepts ${low[1].value} in ballot ${low[1].ballot}` },
      };
    };
  },
};

export const answersAreOnDisk: Property = {
  name: 'What an acceptor says is on its disk',
  paper: 'Paxos Made Simple §2.5',
  says: 'A promise or an acceptance leaves when it is on the disk of the acceptor; so does the question of a proposer, which promises first itself.',
  watch: () => writtenFirst((message, _, saved) => unwritten(message, saved)),
};

/** What is on disk instead of what a message says; undefined when it says no more than that. */
function unwritten(message: Message, saved: Saved): string | undefined {
  const { ballot, slot = 1 }: Readonly<Record<string, unknown>> = { ...message };
  if (typeof ballot !== 'number' || typeof slot !== 'number') return undefined;
  const { promised = 0 } = saved;
  const promises = message.type === 'Prepare' || message.type === 'Promise';
  if (promises && ballot > promised) return `a promise of ballot ${promised}`;
  if (message.type !== 'Accepted') return undefined;
  const held = slotsOf(saved)[slot];
  return held && held.ballot >= ballot ? undefined : `${sayValue(held ?? null)} accepted`;
}

export const ballotHasOneValue: Property = {
  name: 'A ballot has one value',
  paper: 'Paxos Made Simple §2.2, §2.5',
  says: 'No two proposals have the same number: in one ballot, all acceptors accept the same value.',
  watch() {
    const values = new Map<string, { readonly value: string; readonly fact: Fact }>();
    return ({ step, node, state }) => {
      for (const [slot, { ballot, value }] of Object.entries(slotsOf(state))) {
        const key = `${slot} ${ballot}`;
        const known = values.get(key);
        if (known?.value === value) continue;
        const fact = { step, says: `${node} has accepted ${value} in ballot ${ballot}` };
        if (known) return { earlier: known.fact, later: fact };
        values.set(key, { value, fact });
      }
      return undefined;
    };
  },
};

/** Every property of this file. */
export const properties: readonly Property[] = [
  oneValueIsChosen,
  learnedIsChosen,
  onlyWantedIsAccepted,
  promiseIsKept,
  ballotHasOneValue,
  answersAreOnDisk,
];
