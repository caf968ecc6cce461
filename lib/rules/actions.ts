// What a rule can do besides changing `me`: send messages, and restart or stop timers.

import type { Effect, Message, NodeEvent, NodeId, NodeState } from '../node/contract.ts';
import { isMessage } from '../node/contract.ts';

/** A message as a rule writes it: the sender and the receiver are filled in when it is sent. */
export interface Body {
  readonly type: string;
}

/** What a rule can do on a local event. */
export interface LocalActions<Sent extends Body = Body> {
  readonly send: (to: NodeId, body: Sent) => void;
  /** Sends the same message to every peer. */
  readonly broadcast: (body: Sent) => void;
  readonly restartElectionTimer: () => void;
  readonly restartHeartbeatTimer: () => void;
  readonly stopElectionTimer: () => void;
  readonly stopHeartbeatTimer: () => void;
}

/** What a rule can do on a message: all of that, and answer the sender. */
export interface Actions<Sent extends Body = Body> extends LocalActions<Sent> {
  readonly reply: (body: Sent) => void;
}

/** The actions of one step; every call adds to `effects`. */
export function actionsOf(me: NodeState, event: NodeEvent, effects: Effect[]): Actions {
  const send = (to: NodeId, { type, ...fields }: Body) => {
    const message: Message = { type, from: me.id, to, ...fields };
    effects.push({ type: 'send', message });
  };
  return {
    send,
    broadcast: (body) => me.peers.forEach((peer) => send(peer, body)),
    reply: (body) => {
      if (!isMessage(event)) throw new Error(`${event.type} has no sender to reply to`);
      send(event.from, body);
    },
    restartElectionTimer: () => effects.push({ type: 'restartTimer', timer: 'election' }),
    restartHeartbeatTimer: () => effects.push({ type: 'restartTimer', timer: 'heartbeat' }),
    stopElectionTimer: () => effects.push({ type: 'stopTimer', timer: 'election' }),
    stopHeartbeatTimer: () => effects.push({ type: 'stopTimer', timer: 'heartbeat' }),
  };
}
