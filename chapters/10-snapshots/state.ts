// What a node of chapter 10 holds and says, and what several of its rules work out from that.

import type { Configuration } from '../../lib/log/configuration.ts';
import type { NodeId } from '../../lib/node/contract.ts';
import type { Snapshot } from '../../lib/node/snapshot.ts';
import type { ActionsOf, MessageOf } from '../../lib/rules/rule.ts';
import type { Clients, ClientsState, Session } from '../09-clients/state.ts';
import { sendEntries } from '../09-clients/state.ts';

/** One piece of a snapshot's content: a key of the state machine, or the session of a client. */
export type Piece =
  { readonly key: string; readonly value: string } | ({ readonly client: string } & Session);

/** What has arrived of a snapshot that the leader of a term is sending. */
export interface Received {
  readonly term: number;
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  readonly data: readonly Piece[];
  /** Who belonged to the cluster at lastIncludedIndex, from chapter 11 on. */
  readonly configuration?: Configuration;
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
      /** Who belonged to the cluster at lastIncludedIndex, from chapter 11 on. */
      configuration?: Configuration;
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
export function snapshotOf({
  lastIncludedIndex,
  lastIncludedTerm,
  data,
  configuration,
}: Received): Snapshot {
  const machine: Record<string, string> = {};
  const sessions: Record<string, Session> = {};
  for (const piece of data) {
    if ('key' in piece) machine[piece.key] = piece.value;
    else sessions[piece.client] = { sequence: piece.sequence, result: piece.result };
  }
  const content = { machine, sessions, ...(configuration && { configuration }) };
  return { lastIncludedIndex, lastIncludedTerm, ...content };
}

type Sends = ActionsOf<Snapshots, 'AppendEntries' | 'InstallSnapshot'>;

/**
 * The snapshot that a peer needs, because the leader has discarded the next entry to send. One that
 * was begun is sent to its end, even when there is a newer one, unless the peer has come further.
 */
function snapshotFor({ nextIndex, log, snapshot, sending }: SnapshotsState, peer: NodeId) {
  const next = nextIndex[peer] ?? 1;
  if (next > log.lastIncludedIndex) return undefined;
  const begun = sending[peer];
  return begun && begun.lastIncludedIndex >= next ? begun : (snapshot ?? undefined);
}

/** Sends a peer what it needs next: entries, or a chunk of a snapshot. */
export function sendNext(me: SnapshotsState, peer: NodeId, act: Sends, offset = 0): void {
  const snapshot = snapshotFor(me, peer);
  if (!snapshot) return sendEntries(me, peer, act);
  if (me.sending[peer] !== snapshot) me.sending = { ...me.sending, [peer]: snapshot };
  const { lastIncludedIndex, lastIncludedTerm, configuration } = snapshot;
  const pieces = piecesOf(snapshot);
  act.send(peer, {
    type: 'InstallSnapshot',
    term: me.currentTerm,
    lastIncludedIndex,
    lastIncludedTerm,
    offset,
    data: pieces.slice(offset, offset + piecesPerChunk),
    done: offset + piecesPerChunk >= pieces.length,
    ...(configuration && { configuration }),
  });
}

/** Begins a new round: a message to every peer. */
export function startRound(me: SnapshotsState, act: Sends): void {
  me.round += 1;
  for (const peer of me.peers) sendNext(me, peer, act);
  act.restartHeartbeatTimer();
}

type Install = MessageOf<Snapshots, 'InstallSnapshot'>;

/** True when a chunk belongs to the snapshot that is being received. */
export const belongs = ({ receiving }: Readonly<SnapshotsState>, install: Install): boolean =>
  receiving?.term === install.term && receiving.lastIncludedIndex === install.lastIncludedIndex;

/** True when a chunk was the last one that was missing. */
export const isComplete = (me: Readonly<SnapshotsState>, install: Install): boolean =>
  install.done &&
  belongs(me, install) &&
  install.offset + install.data.length === me.receiving?.data.length;

/** The answer to a chunk that does not end the matter: what has arrived so far. */
export const progress = ({ currentTerm, receiving }: SnapshotsState, install: Install) =>
  ({
    type: 'InstallSnapshotReply',
    term: currentTerm,
    lastIncludedIndex: receiving?.lastIncludedIndex ?? install.lastIncludedIndex,
    offset: receiving?.data.length ?? 0,
    installed: false,
  }) as const;

/** The answer when nothing is missing up to the last index of the snapshot. */
export const installed = ({ currentTerm }: SnapshotsState, install: Install) =>
  ({
    type: 'InstallSnapshotReply',
    term: currentTerm,
    lastIncludedIndex: install.lastIncludedIndex,
    offset: install.offset + install.data.length,
    installed: true,
  }) as const;

/** Makes the node's state machine what a snapshot says: everything in it is applied. */
export function restore(me: SnapshotsState, snapshot: Snapshot): void {
  me.snapshot = snapshot;
  me.machine = snapshot.machine;
  me.sessions = snapshot.sessions;
  me.commitIndex = snapshot.lastIncludedIndex;
  me.lastApplied = snapshot.lastIncludedIndex;
}
