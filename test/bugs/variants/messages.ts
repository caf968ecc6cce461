// Variants of what a message looks like, who gets it and in which order; and the chapters as they are.

import { majority } from '../../../chapters/03-voting/voting.ts';
import type { Partitions } from '../../../chapters/06-partitions/partitions.ts';
import { entriesPerMessage, startLeading } from '../../../chapters/04-replication/state.ts';
import { chapters } from '../../../chapters/chapters.ts';
import * as chapter4 from '../../../chapters/04-replication/replication.ts';
import * as chapter6 from '../../../chapters/06-partitions/partitions.ts';
import * as chapter7 from '../../../chapters/07-prevote/prevote.ts';
import { noOp } from '../../../lib/machine/key-value.ts';
import type { Effect, NodeEvent, NodeState, RaftNode } from '../../../lib/node/contract.ts';
import { isMessage } from '../../../lib/node/contract.ts';
import { refine } from '../../../lib/rules/rule.ts';
import type { Variant } from '../bug.ts';
import { edited, replacing } from '../../../lib/rules/edit.ts';
import { commitRule, sendThese } from '../parts.ts';

/** The node with other effects, or with its events seen in another way. */
const wrapped = <State extends NodeState>(
  node: RaftNode<State>,
  effectsOf: (effects: readonly Effect[], state: State) => readonly Effect[],
  eventOf: (event: NodeEvent) => NodeEvent = (event) => event,
): RaftNode<State> => ({
  init: node.init,
  step(before, event) {
    const { state, effects } = node.step(before, eventOf(event));
    return { state, effects: effectsOf(effects, state) };
  },
});

/** What is sent, last message first, after all other effects. */
const sendingLast = (effects: readonly Effect[]): readonly Effect[] => [
  ...effects.filter(({ type }) => type !== 'send'),
  ...effects.filter(({ type }) => type === 'send').reverse(),
];

const isTrue = (message: object, field: string) =>
  new Map<string, unknown>(Object.entries(message)).get(field) === true;

/** PreVote as a RequestVote with a flag, and its reply likewise. */
const flagged = wrapped(
  chapter7.preVote,
  (effects) =>
    effects.map((effect) => {
      if (effect.type !== 'send' || !effect.message.type.startsWith('PreVote')) return effect;
      const type = effect.message.type.replace('PreVote', 'RequestVote');
      return { ...effect, message: { ...effect.message, type, preVote: true } };
    }),
  (event) =>
    isMessage(event) && isTrue(event, 'preVote')
      ? { ...event, type: event.type.replace('RequestVote', 'PreVote') }
      : event,
);

/** Chapter 6 with a leader that also sends entries to itself and counts itself as a follower. */
const sendingToItself = (() => {
  const sendToAll = (...[me, act]: [Partitions['state'], Parameters<typeof sendThese>[3]]) => {
    for (const node of [...me.peers, me.id]) {
      sendThese(me, node, me.log.entriesFrom(me.nextIndex[node] ?? 1, entriesPerMessage), act);
    }
  };
  return replacing(
    chapter6.partitions,
    edited<Partitions>()(chapter6.becomeLeader, {
      then(me, event, act) {
        startLeading(me);
        me.nextIndex = { ...me.nextIndex, [me.id]: me.log.lastIndex + 1 };
        me.heardFrom = [];
        me.log = me.log.append([{ term: me.currentTerm, command: noOp }]);
        sendToAll(me, act);
        act.restartHeartbeatTimer();
        act.restartElectionTimer();
      },
    }),
    edited<Partitions>()(chapter4.sendHeartbeats, {
      then(me, timeout, act) {
        sendToAll(me, act);
        act.restartHeartbeatTimer();
      },
    }),
    edited<Partitions>()(chapter4.appendCommand, {
      then(me, { command }, act) {
        me.log = me.log.append([{ term: me.currentTerm, command }]);
        sendToAll(me, act);
      },
    }),
    refine<Partitions>()(chapter4.followLeader, {
      when: { 'it is another node': (me, append) => append.from !== me.id },
    }),
    refine<Partitions>()(chapter6.noteContact, {
      when: { 'it is another node': (me, reply) => reply.from !== me.id },
    }),
    commitRule((me) => {
      const known = [...me.peers, me.id].map((node) => me.matchIndex[node] ?? 0);
      return known.sort((a, b) => b - a)[majority(me) - 1];
    }),
  );
})();

export const messages: readonly Variant[] = [
  ...chapters.map((chapter) => ({
    name: `as-written-in-${chapter.name}`,
    chapter: chapter.name,
    allowed: 'The rules of the chapter: stale requests refused, uncommitted entries overwritten.',
    origin: 'Fig. 2; Fig. 7',
    node: chapter.node,
  })),
  {
    name: 'peers-in-reverse',
    chapter: '06-partitions',
    allowed: 'Messages are sent to the peers in another order, and after the timers are set.',
    origin: 'Fig. 2 gives no order',
    node: wrapped(chapter6.partitions, sendingLast),
  },
  {
    name: 'peers-in-reverse-with-pre-vote',
    chapter: '07-prevote',
    allowed: 'The same in chapter 7.',
    origin: 'Fig. 2 gives no order',
    node: wrapped(chapter7.preVote, sendingLast),
  },
  {
    name: 'more-fields',
    chapter: '06-partitions',
    allowed: 'Messages carry fields, and the state holds fields, that the chapter does not know.',
    origin: 'Fig. 2 AppendEntries: leaderId, which the sender tells as well',
    node: wrapped(countingSteps(chapter6.partitions), (effects, { steps }) =>
      effects.map((effect) =>
        effect.type === 'send'
          ? { ...effect, message: { ...effect.message, leaderId: effect.message.from, steps } }
          : effect,
      ),
    ),
  },
  {
    name: 'pre-vote-as-a-flag',
    chapter: '07-prevote',
    allowed: 'A pre-vote is a RequestVote with a flag, not a message of its own type.',
    origin: 'thesis §9.6; https://github.com/databendlabs/openraft',
    node: flagged,
  },
  {
    name: 'leader-sends-to-itself',
    chapter: '06-partitions',
    allowed:
      'The leader sends entries to itself too, and its own log counts when it answers itself.',
    origin: 'https://github.com/etcd-io/raft',
    node: sendingToItself,
  },
];

/** The node with a count of its steps in its state. */
function countingSteps<State extends NodeState>(
  node: RaftNode<State>,
): RaftNode<State & { steps: number }> {
  return {
    init: (id, peers) => ({ ...node.init(id, peers), steps: 0 }),
    step(before, event) {
      const { state, effects } = node.step(before, event);
      return { state: { ...before, ...state, steps: before.steps + 1 }, effects };
    },
  };
}
