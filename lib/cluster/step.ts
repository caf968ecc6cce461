// What the world can be told to do, and what it reports back: every act is one observable step.

import type { Effect, Message, NodeEvent, NodeId, NodeState, Verdict } from '../node/contract.ts';
import type { Disk } from '../node/disk.ts';
import type { Act } from '../trace/trace.gen.ts';

export type { Act, Address } from '../trace/trace.gen.ts';

/** A message on its way. Times are virtual milliseconds. */
export interface Envelope {
  /** Unique in a run; a duplicate has an id of its own. */
  readonly id: number;
  readonly message: Message;
  readonly sentAt: number;
  readonly dueAt: number;
  /** True when the link was cut, so that the message never was in flight. */
  readonly lost: boolean;
}

/** An act and its result. What a node did is there when a node handled an event. */
export interface Step {
  readonly act: Act;
  readonly time: number;
  /** The message that was delivered, dropped or duplicated. */
  readonly envelope?: Envelope;
  /** The second copy of a duplicated message. */
  readonly copy?: Envelope;
  readonly node?: NodeId;
  readonly event?: NodeEvent;
  readonly before?: NodeState;
  /** When the node crashed in the middle: what it was before, with what it has written since. */
  readonly after?: NodeState;
  /** What the node would have been after the step in the middle of which it crashed. */
  readonly lost?: NodeState;
  /** The disk of the node before and after the step. */
  readonly diskBefore?: Disk;
  readonly diskAfter?: Disk;
  /** What the node did, up to where it crashed. */
  readonly effects?: readonly Effect[];
  readonly fired?: readonly Verdict[];
  /** The messages sent, in the order of the effects. */
  readonly sent?: readonly Envelope[];
}
