// What a rule can do besides changing `me`: write to disk, send messages, restart or stop timers.

import type {
  Effect,
  Message,
  NodeEvent,
  NodeId,
  NodeState,
  Told,
  Write,
} from '../node/contract.ts';
import { isMessage } from '../node/contract.ts';

/** A message as a rule writes it: the sender and the receiver are filled in when it is sent. */
export interface Body {
  readonly type: string;
}

/** What a rule can do on a local event; `Persisted` are the fields that it may write to disk. */
export interface LocalActions<Sent extends Body = Body, Persisted extends object = object> {
  readonly send: (to: NodeId, body: Sent) => void;
  /** Sends the same message to every peer. */
  readonly broadcast: (body: Sent) => void;
  /** Writes to the disk, and waits until it is there; what the rule does next happens after it. */
  readonly persist: (fields: Persisted) => void;
  /** Writes to the disk without waiting: a crash may undo it. */
  readonly persistLazily: (fields: Persisted) => void;
  readonly restartElectionTimer: () => void;
  readonly restartHeartbeatTimer: () => void;
  readonly restartContactTimer: () => void;
  readonly stopElectionTimer: () => void;
  readonly stopHeartbeatTimer: () => void;
  /** Hands the entry at an index to the state machine. */
  readonly apply: (index: number, command: string) => void;
  /** Tells a client whether its command was applied, or which node to ask. */
  readonly answer: (
    command: string,
    applied: boolean,
    leaderId: NodeId | null,
    told?: Told,
  ) => void;
}

/** What a rule can do on a message: all of that, and answer the sender. */
export interface Actions<
  Sent extends Body = Body,
  Persisted extends object = object,
> extends LocalActions<Sent, Persisted> {
  readonly reply: (body: Sent) => void;
}

/** The actions of one step; every call adds to `effects`. */
export class StepActions implements Actions {
  readonly effects: Effect[] = [];
  private readonly me: NodeState;
  private readonly event: NodeEvent;

  constructor(me: NodeState, event: NodeEvent) {
    this.me = me;
    this.event = event;
  }

  send(to: NodeId, body: Body): void {
    const message: Message = Object.assign({ type: body.type, from: this.me.id, to }, body);
    this.effects.push({ type: 'send', message });
  }

  broadcast(body: Body): void {
    for (const peer of this.me.peers) this.send(peer, body);
  }

  reply(body: Body): void {
    if (!isMessage(this.event)) throw new Error(`${this.event.type} has no sender to reply to`);
    this.send(this.event.from, body);
  }

  persist(fields: Write): void {
    this.effects.push({ type: 'persist', fields });
  }

  persistLazily(fields: Write): void {
    this.effects.push({ type: 'persist', fields, lazily: true });
  }

  restartElectionTimer(): void {
    this.effects.push({ type: 'restartTimer', timer: 'election' });
  }

  restartHeartbeatTimer(): void {
    this.effects.push({ type: 'restartTimer', timer: 'heartbeat' });
  }

  restartContactTimer(): void {
    this.effects.push({ type: 'restartTimer', timer: 'contact' });
  }

  stopElectionTimer(): void {
    this.effects.push({ type: 'stopTimer', timer: 'election' });
  }

  stopHeartbeatTimer(): void {
    this.effects.push({ type: 'stopTimer', timer: 'heartbeat' });
  }

  apply(index: number, command: string): void {
    this.effects.push({ type: 'apply', index, command });
  }

  answer(command: string, applied: boolean, leaderId: NodeId | null, told?: Told): void {
    this.effects.push({ type: 'answer', command, applied, leaderId, ...told });
  }
}
