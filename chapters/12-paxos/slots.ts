// What a node of Multi-Paxos holds and says, and what several of its rules work out from that.

import type { KeyValues } from '../../lib/machine/key-value.ts';
import { noOp } from '../../lib/machine/key-value.ts';
import type { NodeId, NodeState, Proposal, Slots } from '../../lib/node/contract.ts';
import type { ActionsOf } from '../../lib/rules/rule.ts';
import { majority } from './state.ts';

export interface MultiPaxosState extends NodeState {
  role: 'follower' | 'candidate' | 'leader';
  /** The acceptor: one promise for all slots, and what it accepted last in each. On disk. */
  promised: number;
  slots: Slots;
  /** The proposer: its latest ballot, and who has promised it, with what each had accepted. */
  ballot: number;
  promises: Readonly<Record<NodeId, Slots>>;
  /** For each slot that it has proposed and that is not chosen yet: who has accepted it. */
  acceptedBy: Readonly<Record<number, readonly NodeId[]>>;
  /** The highest ballot for which an acceptor refused its own. */
  refusedFor: number;
  leaderId: NodeId | null;
  /** The learner: the slots that are chosen, as far as it knows; there may be gaps. */
  chosen: Readonly<Record<number, string>>;
  lastApplied: number;
  machine: KeyValues;
}

export interface MultiPaxos {
  state: MultiPaxosState;
  messages: {
    /** Phase 1, once for all slots from `firstUnchosen` on. */
    Prepare: { ballot: number; firstUnchosen: number };
    Promise: { ballot: number; slots: Slots };
    /** Phase 2, once for each slot. Every slot before `firstUnchosen` is chosen. */
    Accept: { ballot: number; slot: number; value: string; firstUnchosen: number };
    Accepted: { ballot: number; slot: number };
    Nack: { ballot: number; promised: number };
    Heartbeat: { ballot: number; firstUnchosen: number };
    HeartbeatReply: { ballot: number; firstUnchosen: number };
    Chosen: { slot: number; value: string };
  };
}

/** The first slot of which the node does not know what is chosen. */
export const firstUnchosen = ({ lastApplied }: MultiPaxosState): number => lastApplied + 1;

/** The slots from a number on. */
export const slotsFrom = (slots: Slots, first: number): Slots =>
  Object.fromEntries(Object.entries(slots).filter(([slot]) => Number(slot) >= first));

/** The number of the last slot of some that holds anything, or 0. */
export const lastSlot = (...some: readonly Slots[]): number =>
  Math.max(0, ...some.flatMap((slots) => Object.keys(slots).map(Number)));

/** A slot that a majority has accepted in the leader's ballot, and that is not yet taken for chosen. */
export const acceptedByMajority = (me: MultiPaxosState): number | undefined =>
  Object.keys(me.acceptedBy)
    .map(Number)
    .find((slot) => (me.acceptedBy[slot] ?? []).length >= majority(me));

/** What a new leader must propose in a slot: what the highest ballot in it has; a no-op where there is none. */
export function valueFor(slot: number, promises: readonly Slots[]): string {
  const known = promises.flatMap((slots): Proposal[] => (slots[slot] ? [slots[slot]] : []));
  const [highest] = known.sort((one, other) => other.ballot - one.ballot);
  return highest?.value ?? noOp;
}

/** Phase 2a for some slots: the leader accepts its proposals itself, then asks the others to. */
export function proposeIn(
  me: MultiPaxosState,
  values: Readonly<Record<number, string>>,
  act: ActionsOf<MultiPaxos, 'Accept'>,
): void {
  const { ballot } = me;
  const slots: Slots = Object.fromEntries(
    Object.entries(values).map(([slot, value]) => [slot, { ballot, value }]),
  );
  me.slots = { ...me.slots, ...slots };
  const own = Object.keys(slots).map((slot): [string, NodeId[]] => [slot, [me.id]]);
  me.acceptedBy = { ...me.acceptedBy, ...Object.fromEntries(own) };
  act.persist({ slots });
  askToAccept(me, slots, act);
}

/** Asks every other acceptor to accept these proposals. */
export function askToAccept(
  me: MultiPaxosState,
  slots: Slots,
  act: ActionsOf<MultiPaxos, 'Accept'>,
): void {
  for (const [slot, { ballot, value }] of Object.entries(slots)) {
    const place = { slot: Number(slot), firstUnchosen: firstUnchosen(me) };
    act.broadcast({ type: 'Accept', ballot, value, ...place });
  }
}

/** Makes the node follow the leader of a ballot that it has not refused, or wait for one. */
export function follow(
  me: MultiPaxosState,
  leaderId: NodeId | null,
  act: ActionsOf<MultiPaxos, never>,
): void {
  if (me.role === 'leader') act.stopHeartbeatTimer();
  me.role = 'follower';
  me.leaderId = leaderId;
  me.acceptedBy = {};
  act.restartElectionTimer();
}

/**
 * Learns from the leader of a ballot that every slot before a number is chosen: what the node has
 * accepted in that very ballot is what is chosen. What it holds from an older ballot may be not.
 */
export function learnBefore(me: MultiPaxosState, ballot: number, end: number): void {
  const learned = Object.entries(slotsFrom(me.slots, firstUnchosen(me)))
    .filter(([slot, held]) => Number(slot) < end && held.ballot === ballot)
    .map(([slot, { value }]): [string, string] => [slot, value]);
  if (learned.length > 0) me.chosen = { ...me.chosen, ...Object.fromEntries(learned) };
}
