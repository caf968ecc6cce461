// What a node of chapter 4 holds and says, and what several of its rules work out from that.

import type { Entry, Log } from '../../lib/log/log.ts';
import type { KeyValues } from '../../lib/machine/key-value.ts';
import type { NodeId } from '../../lib/node/contract.ts';
import type { ActionsOf, MessageOf } from '../../lib/rules/rule.ts';
import type { Voting, VotingState } from '../03-voting/voting.ts';

export interface ReplicationState extends VotingState {
  /** The leader of currentTerm as far as this node knows, for redirecting clients. */
  leaderId: NodeId | null;
  log: Log;
  /** The highest index known to be committed, and the highest that is applied (Fig. 2). */
  commitIndex: number;
  lastApplied: number;
  /** The state machine: what the applied commands have made of it. */
  machine: KeyValues;
  /** For each peer, the index to send next and the highest known to be stored. Empty on a node that does not lead. */
  nextIndex: Readonly<Record<NodeId, number>>;
  matchIndex: Readonly<Record<NodeId, number>>;
}

export interface Replication {
  state: ReplicationState;
  messages: {
    RequestVote: { term: number; lastLogIndex: number; lastLogTerm: number };
    RequestVoteReply: Voting['messages']['RequestVoteReply'];
    AppendEntries: {
      term: number;
      /** The place just before the entries, and the term there. */
      prevLogIndex: number;
      prevLogTerm: number;
      entries: readonly Entry[];
      leaderCommit: number;
    };
    /** Says which entries it is about: those after prevLogIndex, up to lastIndex. */
    AppendEntriesReply: {
      term: number;
      success: boolean;
      prevLogIndex: number;
      lastIndex: number;
    };
  };
}

/** One message carries at most this many entries. */
export const entriesPerMessage = 3;

/** Makes the node a leader that does not know yet what any follower stores (Fig. 2, State on leaders). */
export function startLeading(me: ReplicationState): void {
  me.role = 'leader';
  me.leaderId = me.id;
  me.nextIndex = Object.fromEntries(me.peers.map((peer) => [peer, me.log.lastIndex + 1]));
  me.matchIndex = Object.fromEntries(me.peers.map((peer) => [peer, 0]));
}

/** Makes a leader forget what only a leader knows. */
export function stopLeading(me: ReplicationState): void {
  me.leaderId = null;
  me.nextIndex = {};
  me.matchIndex = {};
}

/** Sends a peer the entries from its nextIndex on, or none: then it is a mere heartbeat. */
export function sendEntries(
  me: ReplicationState,
  peer: NodeId,
  act: ActionsOf<Replication, 'AppendEntries'>,
) {
  const nextIndex = me.nextIndex[peer] ?? 1;
  act.send(peer, {
    type: 'AppendEntries',
    term: me.currentTerm,
    prevLogIndex: nextIndex - 1,
    prevLogTerm: me.log.termAt(nextIndex - 1) ?? 0,
    entries: me.log.entriesFrom(nextIndex, entriesPerMessage),
    leaderCommit: me.commitIndex,
  });
}

type AppendEntries = MessageOf<Replication, 'AppendEntries'>;

/** The index of the last entry that an AppendEntries speaks of. */
export const lastIndexOf = ({ prevLogIndex, entries }: AppendEntries) =>
  prevLogIndex + entries.length;

/** The answer to an AppendEntries. */
export const replyTo = (me: ReplicationState, append: AppendEntries, success: boolean) =>
  ({
    type: 'AppendEntriesReply',
    term: me.currentTerm,
    success,
    prevLogIndex: append.prevLogIndex,
    lastIndex: lastIndexOf(append),
  }) as const;
