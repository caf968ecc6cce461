// What a node of chapter 10 holds and says, and what several of its rules work out from that.

import type { KeyValues } from '../../lib/machine/key-value.ts';
import type { NodeId } from '../../lib/node/contract.ts';
import type { Snapshot } from '../../lib/node/snapshot.ts';
import type { ActionsOf } from '../../lib/rules/rule.ts';
import type { Clients, ClientsState, Session } from '../09-clients/state.ts';
import { sendEntries } from '../09-clients/state.ts';

/** One piece of a snapshot's content: a key of the state machine, or the session of a client. */
export type Piece =
  { readonly key: string; readonly value: string } | ({ readonly client: string } & Session);

/** What has arrived of a snapshot that is being sent. */
export interface Received {
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  readonly data: readonly Piece[];
}

export interface SnapshotsState extends ClientsState {
  /** What stands for the entries that the log has discarded; null when it has discarded none. */
  snapshot: Snapshot | null;
  /** What has arrived of a snapshot of the leader, as long as some of it is missing. */
  receiving: Received | null;
  /** On a leader: the snapshot that a follower is being sent. */
  sending: Readonly<Record<NodeId, Snapshot>>;
}

export interface Snapshots {
  state: SnapshotsState;
  messages: Clients['messages'] & {
    InstallSnapshot: {
      term: number;
      lastIncludedIndex: number;
      lastIncludedTerm: number;
      /** How many pieces come before those in `data`; whether these are the last. */
      offset: number;
      data: readonly Piece[];
      done: boolean;
    };
    InstallSnapshotReply: {
      term: number;
      lastIncludedIndex: number;
      /** How many pieces have arrived: where the next chunk has to begin. */
      offset: number;
      /** True when all up to lastIncludedIndex is stored, so that no more is needed. */
      installed: boolean;
    };
  };
}

/** A log that holds so many applied entries is compacted: few, so that a short run shows it. */
export const compactAfter = 4;

/** One message carries at most this many pieces of a snapshot. */
export const piecesPerChunk = 2;

/** The content of a snapshot, piece by piece. */
export const piecesOf = ({ machine, sessions }: Snapshot): readonly Piece[] => [
  ...Object.entries(machine).map(([key, value]) => ({ key, value })),
  ...Object.entries(sessions).map(([client, session]) => ({ client, ...session })),
];

/** The snapshot that is made of these pieces. */
export function snapshotOf({ lastIncludedIndex, lastIncludedTerm, data }: Received): Snapshot {
  const machine: Record<string, string> = {};
  const sessions: Record<string, Session> = {};
  for (const piece of data) {
    if ('key' in piece) machine[piece.key] = piece.value;
    else sessions[piece.client] = { sequence: piece.sequence, result: piece.result };
  }
  return { lastIncludedIndex, lastIncludedTerm, machine, sessions };
}

type Sends = ActionsOf<Snapshots, 'AppendEntries' | 'InstallSnapshot'>;

/** True when the leader has discarded the next entry that a peer needs. */
export const needsSnapshot = (me: SnapshotsState, peer: NodeId): boolean =>
  (me.nextIndex[peer] ?? Infinity) <= me.log.lastIncludedIndex;

/**
 * Sends a peer what it needs next: entries, or a chunk of a snapshot. A snapshot that was begun is
 * sent to its end, even when there is a newer one.
 */
export function sendNext(me: SnapshotsState, peer: NodeId, act: Sends, offset = 0): void {
  const snapshot = me.sending[peer] ?? me.snapshot;
  if (!snapshot || !needsSnapshot(me, peer)) return sendEntries(me, peer, act);
  me.sending = { ...me.sending, [peer]: snapshot };
  const { lastIncludedIndex, lastIncludedTerm } = snapshot;
  const pieces = piecesOf(snapshot);
  act.send(peer, {
    type: 'InstallSnapshot',
    term: me.currentTerm,
    lastIncludedIndex,
    lastIncludedTerm,
    offset,
    data: pieces.slice(offset, offset + piecesPerChunk),
    done: offset + piecesPerChunk >= pieces.length,
  });
}

/** Begins a new round: a message to every peer. */
export function startRound(me: SnapshotsState, act: Sends): void {
  me.round += 1;
  for (const peer of me.peers) sendNext(me, peer, act);
  act.restartHeartbeatTimer();
}

/** What a state machine begins with: nothing, or what a snapshot says. */
export const machineFrom = (
  snapshot: Snapshot | null,
): { readonly machine: KeyValues; readonly sessions: Readonly<Record<string, Session>> } =>
  snapshot ?? { machine: {}, sessions: {} };
