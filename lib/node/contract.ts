// The contract between a node and its world: what can happen to a node, and what a node can do.
// Every implementation under test, with rules or without, is a RaftNode.

import type { Entry, Log, PlainLog } from '../log/log.ts';
import type { Configuration } from '../log/configuration.ts';
import type { Snapshot } from './snapshot.ts';

/** A node's name: `A`, `B`, `C`, … */
export type NodeId = string;

/**
 * The roles of Figure 4; a pre-candidate (chapter 7) asks whether it could win before it tries. In
 * Paxos (chapter 12) every node is an acceptor, and a proposer while a proposal of its own is in phase
 * 1, preparing, or in phase 2, proposing.
 */
export type Role =
  'follower' | 'pre-candidate' | 'candidate' | 'leader' | 'acceptor' | 'preparing' | 'proposing';

/** What a proposer of Paxos asks to accept: a value under the number of a ballot (chapter 12). */
export interface Proposal {
  readonly ballot: number;
  readonly value: string;
}

/** A proposal for each slot of a replicated log that has one, by the number of the slot, from 1. */
export type Slots = Readonly<Record<number, Proposal>>;

/**
 * The timers of a node. The node asks for a restart; the world draws the duration. The contact timer
 * (chapter 7) runs for the shortest election timeout.
 */
export type TimerName = 'election' | 'heartbeat' | 'contact';

/** What every message carries; its other fields are the chapter's own. */
export interface Message {
  readonly type: string;
  readonly from: NodeId;
  readonly to: NodeId;
}

/** What a client asks a node for. From chapter 9 on it says who asks, and may ask for a read. */
export interface ClientCommand {
  readonly command: string;
  readonly client?: string;
  /** The client's number for this command, from 1; a command that is sent again keeps its number. */
  readonly sequence?: number;
  /** How a command that only reads may be answered without an entry in the log (thesis §6.4). */
  readonly read?: 'index' | 'lease';
}

/** What happens inside one node, without a message. */
export type LocalEvent =
  | { readonly type: 'ElectionTimeout' }
  | { readonly type: 'HeartbeatTimeout' }
  | { readonly type: 'ContactTimeout' }
  | ({ readonly type: 'ClientRequest' } & ClientCommand)
  /** An administrator asks for other voters, all of them named (chapter 11). */
  | { readonly type: 'ChangeConfiguration'; readonly voters: readonly NodeId[] }
  /** An administrator asks that another node shall lead (chapter 11). */
  | { readonly type: 'TransferLeadership'; readonly target: NodeId };

/** What a node handles in one step: a message that arrived, or a local event. */
export type NodeEvent = Message | LocalEvent;

/** What a disk holds of a node: its persistent state (Fig. 2), or that of an acceptor of Paxos. */
export interface Saved {
  readonly currentTerm?: number;
  readonly votedFor?: NodeId | null;
  readonly log?: Log;
  readonly promised?: number;
  readonly accepted?: Proposal | null;
  readonly slots?: Slots;
  /** What stands for the entries that the log has discarded (§7). */
  readonly snapshot?: Snapshot | null;
}

/** What a node writes to its disk: fields with their new values, and of the log what changes in it. */
export interface Write {
  readonly currentTerm?: number;
  readonly votedFor?: NodeId | null;
  readonly log?: LogWrite;
  readonly promised?: number;
  readonly accepted?: Proposal | null;
  /** The slots that hold something new; the others stay. */
  readonly slots?: Slots;
  readonly snapshot?: Snapshot | null;
}

/**
 * The log on disk is cut after index `upTo`, when that is given; then it is discarded up to
 * `lastIncludedIndex`, and the term there noted, when these are given; then the entries are written
 * in their places from index `from` on, when they are given. What stands beyond them stays.
 */
export interface LogWrite {
  readonly upTo?: number;
  readonly lastIncludedIndex?: number;
  readonly lastIncludedTerm?: number;
  readonly from?: number;
  readonly entries?: readonly Entry[];
}

/** What a node does besides changing its own state, in this order. */
export type Effect =
  | { readonly type: 'send'; readonly message: Message }
  /**
   * Writes to the disk and waits until it is there: what follows happens later. A lazy write does
   * not wait; it is there for good with the next write that does, and lost in a crash before.
   */
  | { readonly type: 'persist'; readonly fields: Write; readonly lazily?: true }
  | { readonly type: 'restartTimer'; readonly timer: TimerName }
  | { readonly type: 'stopTimer'; readonly timer: TimerName }
  /** Hands a committed entry to the state machine. */
  | { readonly type: 'apply'; readonly index: number; readonly command: string }
  /** Tells a client that its command was applied, or which node to ask instead. */
  | ({
      readonly type: 'answer';
      readonly command: string;
      readonly applied: boolean;
      readonly leaderId: NodeId | null;
    } & Told);

/** What an answer tells besides, from chapter 9 on: which command it is about, and its result. */
export interface Told {
  readonly client?: string;
  readonly sequence?: number;
  /** What the state machine gave back; null when there was nothing to give. */
  readonly result?: string | null;
}

/**
 * The state of a node: plain data that JSON can hold, with the names of Figure 2. A chapter adds
 * its own fields; the optional ones here are those that tools and safety properties look at.
 */
export interface NodeState {
  readonly id: NodeId;
  /** Every other node of the cluster, in alphabetical order: those to whom this node sends. */
  readonly peers: readonly NodeId[];
  role: Role;
  currentTerm?: number;
  votedFor?: NodeId | null;
  log?: Log | PlainLog;
  snapshot?: Snapshot | null;
  /** Who belongs to the cluster, where that can change (chapter 11). */
  configuration?: Configuration;
  commitIndex?: number;
  lastApplied?: number;
  nextIndex?: Readonly<Record<NodeId, number>>;
  matchIndex?: Readonly<Record<NodeId, number>>;
  /** In Paxos: the value that a client wants, where the node proposes but one. */
  wanted?: string | null;
  /** In Paxos: the number of the ballot that the node last began, and the highest it has promised. */
  ballot?: number;
  promised?: number;
  /** The proposal that an acceptor accepted last; `slots` when it accepts one for each slot of a log. */
  accepted?: Proposal | null;
  slots?: Slots;
  /** What a learner knows to be chosen: one value, or one for each slot. */
  chosen?: string | null | Readonly<Record<number, string>>;
}

/** One rule that listened to an event: it fired, or the named condition refused it. */
export interface Verdict {
  readonly rule: string;
  readonly refused?: string;
}

/** What one step gives. `fired` is there when the node is a list of rules. */
export interface StepResult<State> {
  readonly state: State;
  readonly effects: readonly Effect[];
  readonly fired?: readonly Verdict[];
}

/** A node as a pair of pure functions: the same state and event always give the same result. */
export interface RaftNode<State extends NodeState = NodeState> {
  /**
   * The state of a node that has just started. Its election timer is running. `saved` is what its
   * disk holds when it starts again after a crash (chapter 8).
   */
  init(id: NodeId, peers: readonly NodeId[], saved?: Saved): State;
  /** Handles one event. It changes neither `state` nor `event`. */
  step(state: State, event: NodeEvent): StepResult<State>;
}

/** True for a message that arrived, false for a local event. */
export function isMessage(event: NodeEvent): event is Message {
  return 'from' in event;
}
