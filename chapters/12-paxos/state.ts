// What a node of chapter 12 holds and says, and how a proposer begins a ballot.

import type { NodeId, NodeState, Proposal } from '../../lib/node/contract.ts';
import type { ActionsOf } from '../../lib/rules/rule.ts';

/** One node is a proposer, an acceptor and a learner in one (Paxos Made Simple §2.1). */
export interface PaxosState extends NodeState {
  role: 'acceptor' | 'preparing' | 'proposing';
  /** The acceptor: the highest ballot it has promised, and what it accepted last. On disk. */
  promised: number;
  accepted: Proposal | null;
  /** The proposer: the value that its client wants, and the number of its latest ballot. */
  wanted: string | null;
  ballot: number;
  /** Who has promised that ballot, each with what it had accepted by then; then who has accepted. */
  promises: Readonly<Record<NodeId, Proposal | null>>;
  proposed: string | null;
  acceptedBy: readonly NodeId[];
  /** The highest ballot for which an acceptor refused its own. */
  refusedFor: number;
  /** The learner: the value that is chosen, as far as it knows. */
  chosen: string | null;
}

export interface Paxos {
  state: PaxosState;
  messages: {
    /** Phase 1. */
    Prepare: { ballot: number };
    Promise: { ballot: number; accepted: Proposal | null };
    /** Phase 2. */
    Accept: { ballot: number; value: string };
    Accepted: { ballot: number };
    /** Tells a proposer that its ballot is too low. */
    Nack: { ballot: number; promised: number };
    Chosen: { value: string };
  };
}

/** What the numbering of ballots looks at. */
interface Numbered {
  readonly id: NodeId;
  readonly peers: readonly NodeId[];
}

/** More than half of all acceptors, the node itself included: 2 of 3, 3 of 5. */
export const majority = ({ peers }: Numbered): number => Math.floor((peers.length + 1) / 2) + 1;

/**
 * The node's own next ballot above a number. Of three nodes, A has 1, 4, 7, …, B has 2, 5, 8, …, and
 * C has 3, 6, 9, …, so that no two ever use the same number (Paxos Made Simple §2.5).
 */
export function nextBallot({ id, peers }: Numbered, above: number): number {
  const place = [id, ...peers].sort().indexOf(id) + 1;
  const step = peers.length + 1;
  return place + step * Math.max(0, Math.floor((above - place) / step) + 1);
}

/** Phase 1a: the node begins a ballot above all that it has heard of, and promises it first itself. */
export function startBallot(me: PaxosState, act: ActionsOf<Paxos, 'Prepare'>): void {
  me.role = 'preparing';
  me.ballot = nextBallot(me, Math.max(me.promised, me.refusedFor));
  me.promised = me.ballot;
  me.promises = { [me.id]: me.accepted };
  me.proposed = null;
  me.acceptedBy = [];
  act.persist({ promised: me.promised });
  act.restartElectionTimer();
  act.broadcast({ type: 'Prepare', ballot: me.ballot });
}
