// What a node of chapter 9 holds and says, and what several of its rules work out from that.

import type { Entry } from '../../lib/log/log.ts';
import type { ClientCommand, NodeId } from '../../lib/node/contract.ts';
import type { ActionsOf, MessageOf } from '../../lib/rules/rule.ts';
import { majority } from '../03-voting/voting.ts';
import { entriesPerMessage, replyTo as replyOfChapter4 } from '../04-replication/state.ts';
import type { Hint } from '../05-conflict-backoff/conflict-backoff.ts';
import type { PreVoteState } from '../07-prevote/prevote.ts';
import type { Persistence } from '../08-persistence/persistence.ts';

/** What the state machine knows of a client: its latest command, and the result. */
export interface Session {
  readonly sequence: number;
  readonly result: string | null;
}

/** A read that the leader answers once a majority has answered a round that began after it came. */
export interface WaitingRead extends ClientCommand {
  /** The commitIndex when it came: what is applied up to there, the read must see. */
  readonly readIndex: number;
  readonly round: number;
}

export interface ClientsState extends PreVoteState {
  /** For each client its latest command. Part of the state machine, as `machine` is. */
  sessions: Readonly<Record<string, Session>>;
  /** On a leader: the number of its latest round of messages, from 1. Else 0. */
  round: number;
  /** On a leader: for each follower the latest round that it has answered. */
  roundAnswered: Readonly<Record<NodeId, number>>;
  /** On a leader: the reads that wait to be answered, oldest first. */
  waitingReads: readonly WaitingRead[];
}

type Before = Persistence['messages'];

export interface Clients {
  state: ClientsState;
  messages: Omit<Before, 'AppendEntries' | 'AppendEntriesReply'> & {
    AppendEntries: Before['AppendEntries'] & {
      /** The leader's latest round when it sent this. */
      round: number;
    };
    AppendEntriesReply: Before['AppendEntriesReply'] & {
      /** The round of the message that this answers. */
      round: number;
    };
  };
}

/** Sends a peer the entries from its nextIndex on, or none, with the number of the round. */
export function sendEntries(
  me: ClientsState,
  peer: NodeId,
  act: ActionsOf<Clients, 'AppendEntries'>,
) {
  const nextIndex = me.nextIndex[peer] ?? 1;
  act.send(peer, {
    type: 'AppendEntries',
    term: me.currentTerm,
    prevLogIndex: nextIndex - 1,
    prevLogTerm: me.log.termAt(nextIndex - 1) ?? 0,
    entries: me.log.entriesFrom(nextIndex, entriesPerMessage),
    leaderCommit: me.commitIndex,
    round: me.round,
  });
}

/** Begins a new round: a message to every peer, whose answers tell that this node still leads. */
export function startRound(me: ClientsState, act: ActionsOf<Clients, 'AppendEntries'>) {
  me.round += 1;
  for (const peer of me.peers) sendEntries(me, peer, act);
  act.restartHeartbeatTimer();
}

/** The answer to an AppendEntries; it tells which round it answers. */
export const replyTo = (
  me: ClientsState,
  append: MessageOf<Clients, 'AppendEntries'>,
  success: boolean,
  hint: Hint = { conflictTerm: 0, conflictIndex: 0 },
) => ({ ...replyOfChapter4(me, append, success), ...hint, round: append.round });

/** The latest round that a majority has answered, the leader itself included; 0 when there is none. */
export function confirmedRound(me: ClientsState): number {
  const answered = me.peers.map((peer) => me.roundAnswered[peer] ?? 0);
  const latestFirst = [...answered, me.round].sort((a, b) => b - a);
  return latestFirst[majority(me) - 1] ?? 0;
}

/** What stands at an index beyond the log; only a mistake would ever apply it. */
export const noEntry: Entry = { term: 0, command: '' };

/** Whose command it is: the fields that its entry and its answer carry. */
export const whose = ({ client, sequence }: ClientCommand): Pick<Entry, 'client' | 'sequence'> => ({
  ...(client !== undefined && { client }),
  ...(sequence !== undefined && { sequence }),
});

/** The session in which this very command was executed; undefined when it was not, or is long past. */
export function sessionOf(
  me: ClientsState,
  { client, sequence }: ClientCommand,
): Session | undefined {
  const session = client === undefined ? undefined : me.sessions[client];
  return session?.sequence === sequence ? session : undefined;
}
