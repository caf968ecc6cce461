// Chapter 3 without rules: the same node as one plain switch. It shows that the harness does not care
// how a node is made, as long as `init` and `step` are pure.

import type { Effect, NodeEvent, NodeId, RaftNode } from '../../lib/node/contract.ts';
import { isMessage } from '../../lib/node/contract.ts';

export interface PlainState {
  readonly id: NodeId;
  readonly peers: readonly NodeId[];
  role: 'follower' | 'candidate' | 'leader';
  currentTerm: number;
  votedFor: NodeId | null;
  votesGranted: readonly NodeId[];
}

type Body = { readonly type: string; readonly term: number; readonly [field: string]: unknown };

const restart = (timer: 'election' | 'heartbeat'): Effect => ({ type: 'restartTimer', timer });

/** A number or a flag of a message; a message that lacks it reads as 0 or false. */
const numberIn = (message: object, field: string) =>
  Number(new Map<string, unknown>(Object.entries(message)).get(field) ?? 0);

export const plainVoting: RaftNode<PlainState> = {
  init: (id, peers) => ({
    id,
    peers,
    role: 'follower',
    currentTerm: 0,
    votedFor: null,
    votesGranted: [],
  }),

  step(before, event) {
    const me = { ...before };
    const effects: Effect[] = [];
    const send = (to: NodeId, body: Body) =>
      effects.push({ type: 'send', message: { ...body, from: me.id, to } });
    const heartbeat = () => {
      for (const peer of me.peers) send(peer, { type: 'AppendEntries', term: me.currentTerm });
      effects.push(restart('heartbeat'));
    };

    const term = isMessage(event) ? numberIn(event, 'term') : me.currentTerm;
    if (term > me.currentTerm) {
      if (me.role === 'leader') effects.push(restart('election'));
      Object.assign(me, { currentTerm: term, role: 'follower', votedFor: null, votesGranted: [] });
    }
    handle(event);
    return { state: me, effects };

    function handle(event: NodeEvent): void {
      switch (event.type) {
        case 'ElectionTimeout':
          if (me.role === 'leader') return;
          me.role = 'candidate';
          me.currentTerm += 1;
          me.votedFor = me.id;
          me.votesGranted = [me.id];
          effects.push(restart('election'));
          for (const peer of me.peers) send(peer, { type: 'RequestVote', term: me.currentTerm });
          return;
        case 'HeartbeatTimeout':
          if (me.role === 'leader') heartbeat();
          return;
        default:
          if (isMessage(event)) receive(event.type, event.from, event);
      }
    }

    function receive(type: string, from: NodeId, message: object): void {
      switch (type) {
        case 'RequestVote': {
          const free = me.votedFor === null || me.votedFor === from;
          const voteGranted = term === me.currentTerm && free;
          if (voteGranted) {
            me.votedFor = from;
            effects.push(restart('election'));
          }
          send(from, { type: 'RequestVoteReply', term: me.currentTerm, voteGranted });
          return;
        }
        case 'RequestVoteReply': {
          const counts = term === me.currentTerm && numberIn(message, 'voteGranted') === 1;
          if (!counts || me.role !== 'candidate' || me.votesGranted.includes(from)) return;
          me.votesGranted = [...me.votesGranted, from].sort();
          if (me.votesGranted.length * 2 <= me.peers.length + 1) return;
          me.role = 'leader';
          heartbeat();
          return;
        }
        case 'AppendEntries':
          if (term < me.currentTerm) {
            send(from, { type: 'AppendEntriesReply', term: me.currentTerm, success: false });
          } else {
            me.role = 'follower';
            effects.push(restart('election'));
          }
      }
    }
  },
};
