// Generated from traces/trace.schema.json by `npm run types`. Do not edit.

/**
 * One line of a trace: the header first, then one step a line. JSON Lines.
 */
export type TraceLine = TraceHeader | TraceStep;
export type NodeName = string;
/**
 * The client that asks.
 */
export type ClientName = string;
/**
 * The number that a client gave to its command.
 */
export type Sequence = number;
/**
 * Who belongs to the cluster: one group of voters, or two while it changes from the first to the second.
 *
 * @minItems 1
 * @maxItems 2
 */
export type ConfigurationRecord = readonly (readonly NodeName[])[];
/**
 * What happened to the world.
 */
export type Act =
  | DeliverAct
  | LossAct
  | TimeoutAct
  | RequestAct
  | ChangeAct
  | TransferAct
  | PartitionAct
  | CutAct
  | HealAct
  | NodeAct;
/**
 * There when the node crashes in the middle: after it has carried out so many effects. The step then holds these effects only, and of the changes those that were written to disk.
 */
export type CrashAfter = number;
export type TimerName = 'election' | 'heartbeat' | 'contact';
/**
 * How a command that only reads may be answered without an entry in the log.
 */
export type Read = 'index' | 'lease';
/**
 * What the node handled: a message that arrived, or a local event.
 */
export type EventRecord =
  | MessageRecord
  | ElectionTimeoutRecord
  | HeartbeatTimeoutRecord
  | ContactTimeoutRecord
  | RequestRecord
  | ChangeRecord
  | TransferRecord;
/**
 * What the node did besides changing its own state.
 */
export type EffectRecord = SendRecord | PersistRecord | TimerRecord | ApplyRecord | AnswerRecord;

/**
 * The first line: which run this is, and where it starts.
 */
export interface TraceHeader {
  format: 'raft-notebook-trace';
  /**
   * The version of this format.
   */
  version: 1;
  chapter: string;
  scenario: string;
  title: string;
  about: string;
  /**
   * There when the run was drawn from a seed.
   */
  seed?: number;
  /**
   * There when a variant of the chapter's rules ran it.
   */
  variant?: string;
  /**
   * There when a false claim about Raft, written as an edit of the chapter's rules, ran it.
   */
  myth?: string;
  /**
   * There when the chapter's rules ran it without one of them, without one condition of it, or with one as the chapter before had it.
   */
  without?: {
    rule: string;
    condition?: string;
    asBefore?: true;
    besides?: string;
  };
  /**
   * There when the nodes start from given states, not fresh.
   */
  given?: true;
  /**
   * There when the clocks of some nodes run too fast or too slow: their rates.
   */
  clockRates?: {
    [k: string]: number;
  };
  /**
   * @minItems 1
   */
  nodes: NodeName[];
  /**
   * The state in which each node starts.
   */
  initial: {
    [k: string]: NodeRecord;
  };
  outcome: Outcome;
  /**
   * How many steps follow, so that a truncated file is noticed.
   */
  steps: number;
}
/**
 * A node's state, by the names of Figure 2.
 */
export interface NodeRecord {
  id: NodeName;
  peers: NodeName[];
  role:
    'follower' | 'pre-candidate' | 'candidate' | 'leader' | 'acceptor' | 'preparing' | 'proposing';
  currentTerm?: number;
  votedFor?: NodeName | null;
  log?: EntryRecord[] | CompactedLogRecord;
  snapshot?: SnapshotRecord | null;
  configuration?: ConfigurationRecord;
  commitIndex?: number;
  lastApplied?: number;
  [k: string]: unknown;
}
/**
 * One entry of a log; its index is its place, from 1.
 */
export interface EntryRecord {
  term: number;
  command: string;
  client?: ClientName;
  sequence?: Sequence;
  configuration?: ConfigurationRecord;
}
/**
 * A log whose entries up to lastIncludedIndex are discarded; the first that is left comes next.
 */
export interface CompactedLogRecord {
  lastIncludedIndex: number;
  lastIncludedTerm: number;
  entries: EntryRecord[];
}
/**
 * What stands for the entries that a log has discarded.
 */
export interface SnapshotRecord {
  /**
   * 0 when it stands for no entry, but tells who founded the cluster.
   */
  lastIncludedIndex: number;
  lastIncludedTerm: number;
  configuration?: ConfigurationRecord;
  machine: {
    [k: string]: string;
  };
  sessions: {
    [k: string]: {
      sequence: Sequence;
      result: string | null;
    };
  };
}
/**
 * What holds when the run is over: a sentence, and the fields that show it.
 */
export interface Outcome {
  says: string;
  nodes: {
    [k: string]: {
      [k: string]: unknown;
    };
  };
  /**
   * The safety property that this run breaks, when it shows what is still broken.
   */
  violates?: string;
}
/**
 * One act of the world and, when a node handled an event, what the node did.
 */
export interface TraceStep {
  step: number;
  /**
   * Virtual milliseconds.
   */
  time: number;
  act: Act;
  /**
   * The id of the message that was delivered, dropped or duplicated.
   */
  message?: number;
  /**
   * The id of the duplicate.
   */
  copy?: number;
  node?: NodeName;
  event?: EventRecord;
  fired?: VerdictRecord[];
  effects?: EffectRecord[];
  /**
   * The fields of the node that changed, with their new values.
   */
  changed?: {
    [k: string]: unknown;
  };
  /**
   * The narrator's words.
   */
  note?: string;
  question?: Question;
  /**
   * There when the step only leads up to what the run is about.
   */
  prologue?: true;
}
export interface DeliverAct {
  type: 'deliver';
  message: Address;
  crashAfter?: CrashAfter;
}
/**
 * A message named without its content: the nth oldest of a type between two nodes.
 */
export interface Address {
  type: string;
  from: NodeName;
  to: NodeName;
  nth?: number;
}
export interface LossAct {
  type: 'drop' | 'duplicate';
  message: Address;
}
export interface TimeoutAct {
  type: 'timeout';
  node: NodeName;
  timer: TimerName;
  crashAfter?: CrashAfter;
}
export interface RequestAct {
  type: 'request';
  node: NodeName;
  command: string;
  client?: ClientName;
  sequence?: Sequence;
  read?: Read;
  crashAfter?: CrashAfter;
}
export interface ChangeAct {
  type: 'change';
  node: NodeName;
  voters: NodeName[];
  crashAfter?: CrashAfter;
}
export interface TransferAct {
  type: 'transfer';
  node: NodeName;
  target: NodeName;
  crashAfter?: CrashAfter;
}
export interface PartitionAct {
  type: 'partition';
  groups: NodeName[][];
}
export interface CutAct {
  type: 'cut';
  from: NodeName;
  to: NodeName;
}
export interface HealAct {
  type: 'heal';
}
export interface NodeAct {
  type: 'crash' | 'restart';
  node: NodeName;
}
/**
 * A message with the fields of its type.
 */
export interface MessageRecord {
  type: string;
  from: NodeName;
  to: NodeName;
  term?: number;
  voteGranted?: boolean;
  success?: boolean;
  [k: string]: unknown;
}
export interface ElectionTimeoutRecord {
  type: 'ElectionTimeout';
}
export interface HeartbeatTimeoutRecord {
  type: 'HeartbeatTimeout';
}
export interface ContactTimeoutRecord {
  type: 'ContactTimeout';
}
export interface RequestRecord {
  type: 'ClientRequest';
  command: string;
  client?: ClientName;
  sequence?: Sequence;
  read?: Read;
}
export interface ChangeRecord {
  type: 'ChangeConfiguration';
  voters: readonly NodeName[];
}
export interface TransferRecord {
  type: 'TransferLeadership';
  target: NodeName;
}
/**
 * A rule that listened: it fired, or the named condition refused it.
 */
export interface VerdictRecord {
  rule: string;
  refused?: string;
}
export interface SendRecord {
  type: 'send';
  id: number;
  message: MessageRecord;
  /**
   * There when the link was cut.
   */
  lost?: true;
}
export interface PersistRecord {
  type: 'persist';
  fields: WriteRecord;
  /**
   * There when a crash before the next write undoes it.
   */
  lazily?: true;
}
/**
 * What is written to disk: fields with their values, and of the log what changes in it.
 */
export interface WriteRecord {
  currentTerm?: number;
  votedFor?: NodeName | null;
  snapshot?: SnapshotRecord | null;
  log?: LogWriteRecord;
  [k: string]: unknown;
}
/**
 * The log is cut after upTo; then it is discarded up to lastIncludedIndex; then the entries are written from an index on.
 */
export interface LogWriteRecord {
  upTo?: number;
  lastIncludedIndex?: number;
  lastIncludedTerm?: number;
  from?: number;
  entries?: EntryRecord[];
}
export interface TimerRecord {
  type: 'restartTimer' | 'stopTimer';
  timer: TimerName;
}
export interface ApplyRecord {
  type: 'apply';
  index: number;
  command: string;
}
export interface AnswerRecord {
  type: 'answer';
  command: string;
  applied: boolean;
  leaderId: NodeName | null;
  client?: ClientName;
  sequence?: Sequence;
  /**
   * What the state machine gave back.
   */
  result?: string | null;
}
/**
 * Asked before the step is shown; the answer is revealed with it.
 */
export interface Question {
  asks: string;
  answer: string;
}
