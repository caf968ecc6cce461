// Follows a list of acts once more, with some of them left out. What has become impossible is skipped, and a message is
// known by the act that sent it, so that an address still means the same message when an older one is gone.

import type { Property, Violation } from '../check/property.ts';
import { ImpossibleAct } from '../cluster/network.ts';
import { perform } from '../cluster/script.ts';
import type { Act, Address, Envelope } from '../cluster/step.ts';
import type { NodeId, RaftNode } from '../node/contract.ts';
import { WatchedRun } from './watched-run.ts';

/** What a run is made of, besides its acts. */
export interface World {
  readonly node: RaftNode;
  readonly names: readonly NodeId[];
  readonly properties: readonly Property[];
}

/** An act, and the move that put its message in flight; without one, the message's address counts. */
export interface Move {
  readonly act: Act;
  readonly source?: Move;
}

export interface Followed {
  /** What was done, up to the violation; each message has its source. */
  readonly moves: readonly Move[];
  readonly violation: Violation | undefined;
}

/** Performs the moves that are possible on a fresh cluster, up to the first violation. */
export function follow({ node, names, properties }: World, moves: readonly Move[]): Followed {
  const watched = new WatchedRun(node, names, properties);
  const { cluster } = watched;
  const done: Move[] = [];
  /** What each of the given moves has become in this run. */
  const renewed = new Map<Move, Move>();
  const senders = new Map<number, Move>();

  const envelopeOf = (move: Move, address: Address): Envelope | undefined => {
    if (!move.source) return cluster.find(address);
    const sender = renewed.get(move.source);
    return cluster.inFlight.find(
      ({ id, message: { type, from, to } }) =>
        senders.get(id) === sender &&
        type === address.type &&
        from === address.from &&
        to === address.to,
    );
  };
  const attempt = (move: Move) => {
    const { act } = move;
    if (!('message' in act)) return perform(cluster, act);
    const envelope = envelopeOf(move, act.message);
    if (!envelope) return undefined;
    return act.type === 'deliver'
      ? cluster.deliver(envelope, act.crashAfter)
      : cluster[act.type](envelope);
  };

  for (const move of moves) {
    const step = possibly(() => attempt(move));
    if (!step) continue;
    const source = step.envelope && senders.get(step.envelope.id);
    const now: Move = source ? { act: step.act, source } : { act: step.act };
    done.push(now);
    renewed.set(move, now);
    for (const { id } of step.sent ?? []) senders.set(id, now);
    if (step.copy) senders.set(step.copy.id, now);
    watched.see(step);
    if (watched.violation) break;
  }
  return { moves: done, violation: watched.violation };
}

/** What is given, or undefined when the world cannot do it now. */
function possibly<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof ImpossibleAct) return undefined;
    throw error;
  }
}
