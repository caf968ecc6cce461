// What several bugs and variants write in the same way: another count for the commit rule, another way to
// send entries, another way to apply them.

import type { Entry } from '../../lib/log/log.ts';
import { applyCommand, noOp } from '../../lib/machine/key-value.ts';
import type { NodeId } from '../../lib/node/contract.ts';
import type { LocalActions } from '../../lib/rules/actions.ts';
import type { ProtocolNode } from '../../lib/rules/node.ts';
import type { ActionsOf } from '../../lib/rules/rule.ts';
import * as chapter4 from '../../chapters/04-replication/replication.ts';
import type { ReplicationState } from '../../chapters/04-replication/state.ts';
import { startLeading } from '../../chapters/04-replication/state.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Partitions, PartitionsState } from '../../chapters/06-partitions/partitions.ts';
import * as chapter6 from '../../chapters/06-partitions/partitions.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';

/** How far the followers are known to store the log, highest first. */
export const storedByFollowers = (me: Readonly<ReplicationState>): number[] =>
  me.peers.map((peer) => me.matchIndex[peer] ?? 0).sort((a, b) => b - a);

/** The same with the node's own log. */
export const stored = (me: Readonly<ReplicationState>): number[] =>
  [...storedByFollowers(me), me.log.lastIndex].sort((a, b) => b - a);

/** The commit rule of chapter 6 for the index that `count` gives; the entry there must be of the own term. */
export const commitRule = (count: (me: Readonly<PartitionsState>) => number | undefined) =>
  edited<Partitions>()(chapter6.advanceCommitIndex, {
    when: {
      'a majority stores a further entry of the current term': (me) =>
        (count(me) ?? 0) > me.commitIndex && me.log.termAt(count(me) ?? 0) === me.currentTerm,
    },
    then(me) {
      me.commitIndex = count(me) ?? 0;
    },
  });

/** Chapter 6 with a leader that commits up to the index that `count` gives. */
export const countingBy = (count: (me: Readonly<PartitionsState>) => number | undefined) =>
  replacing(
    chapter6.partitions,
    commitRule((me) => (me.role === 'leader' ? count(me) : 0)),
  );

type Send = (
  me: PartitionsState,
  peer: NodeId,
  act: ActionsOf<Partitions, 'AppendEntries'>,
) => void;

/** Chapter 6 with another way to send a follower what it lacks. */
export const sendingBy = (send: Send): ProtocolNode<Partitions> =>
  replacing(
    chapter6.partitions,
    edited<Partitions>()(chapter6.becomeLeader, {
      then(me, event, act) {
        startLeading(me);
        me.heardFrom = [];
        me.log = me.log.append([{ term: me.currentTerm, command: noOp }]);
        for (const peer of me.peers) send(me, peer, act);
        act.restartHeartbeatTimer();
        act.restartElectionTimer();
      },
    }),
    edited<Partitions>()(chapter4.sendHeartbeats, {
      then(me, timeout, act) {
        for (const peer of me.peers) send(me, peer, act);
        act.restartHeartbeatTimer();
      },
    }),
    edited<Partitions>()(chapter4.appendCommand, {
      then(me, request, act) {
        me.log = me.log.append([{ term: me.currentTerm, command: request.command }]);
        for (const peer of me.peers) send(me, peer, act);
      },
    }),
    edited<Partitions>()(chapter5.catchUp, {
      then(me, reply, act) {
        send(me, reply.from, act);
      },
    }),
  );

/** Sends a follower these entries, or none, from its nextIndex on. */
export function sendThese(
  me: ReplicationState,
  peer: NodeId,
  entries: readonly Entry[],
  act: ActionsOf<Partitions, 'AppendEntries'>,
): void {
  const prevLogIndex = (me.nextIndex[peer] ?? 1) - 1;
  act.send(peer, {
    type: 'AppendEntries',
    term: me.currentTerm,
    prevLogIndex,
    prevLogTerm: me.log.termAt(prevLogIndex) ?? 0,
    entries,
    leaderCommit: me.commitIndex,
  });
}

/** Applies the next entry and gives it; no client is answered. */
export function applyNext(me: ReplicationState, act: Pick<LocalActions, 'apply'>): Entry {
  me.lastApplied += 1;
  const entry = me.log.entryAt(me.lastApplied) ?? { term: 0, command: '' };
  me.machine = applyCommand(me.machine, entry.command);
  act.apply(me.lastApplied, entry.command);
  return entry;
}

/** True when a client waits for this entry: a leader took it in its present term. */
export const isAwaited = (me: ReplicationState, { term, command }: Entry): boolean =>
  me.role === 'leader' && term === me.currentTerm && command !== noOp;
