// Variants of what is written to disk, and when.

import { noOp } from '../../../lib/machine/key-value.ts';
import type { Effect, RaftNode } from '../../../lib/node/contract.ts';
import { Log } from '../../../lib/log/log.ts';
import { refine } from '../../../lib/rules/rule.ts';
import * as chapter4 from '../../../chapters/04-replication/replication.ts';
import { sendEntries, startLeading } from '../../../chapters/04-replication/state.ts';
import * as chapter6 from '../../../chapters/06-partitions/partitions.ts';
import type { Persistence } from '../../../chapters/08-persistence/persistence.ts';
import * as chapter8 from '../../../chapters/08-persistence/persistence.ts';
import type { Variant } from '../bug.ts';
import { edited, replacing } from '../../../lib/rules/edit.ts';

const { persistence: protocol } = chapter8;
const chapter = '08-persistence';

/** The node that writes its whole state at once, before all else that it does in a step. */
function writingAll(always: boolean): RaftNode {
  return {
    init: (id, peers, saved) => protocol.init(id, peers, saved),
    step(before, event) {
      const known = {
        ...protocol.init(before.id, before.peers),
        ...before,
        log: Log.of(before.log ?? []),
      };
      const result = protocol.step(known, event);
      const { state, effects, fired } = result;
      const others = effects.filter(({ type }) => type !== 'persist');
      if (!always && others.length === effects.length) return result;
      const { currentTerm, votedFor, log } = state;
      const fields = {
        currentTerm,
        votedFor,
        log: { upTo: 0, from: 1, entries: log.entriesFrom(1) },
      };
      const whole: Effect = { type: 'persist', fields };
      return { state, effects: [whole, ...others], fired };
    },
  };
}

export const persistence: readonly Variant[] = [
  {
    name: 'all-written-at-once',
    chapter,
    allowed: 'Where something has to be written, the whole persistent state is, once and first.',
    origin: 'https://pdos.csail.mit.edu/6.824/labs/lab-raft.html',
    node: writingAll(false),
  },
  {
    name: 'written-in-every-step',
    chapter,
    allowed: 'The whole persistent state is written in every step, whether it has changed or not.',
    origin: 'Fig. 2 Persistent state',
    node: writingAll(true),
  },
  {
    name: 'vote-written-then-noted',
    chapter,
    allowed: 'The vote is written before the node notes it in its memory; both are one step.',
    origin: 'Fig. 2 RequestVote 2',
    node: replacing(
      protocol,
      edited<Persistence>()(chapter8.grantVote, {
        then(me, request, act) {
          act.restartElectionTimer();
          if (me.votedFor !== request.from) act.persist({ votedFor: request.from });
          act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: true });
          me.votedFor = request.from;
        },
      }),
    ),
  },
  {
    name: 'leader-writes-in-parallel',
    chapter,
    allowed: 'The leader sends its entries first and writes them then, before it counts itself.',
    origin: 'thesis §10.2.1',
    node: replacing(
      protocol,
      edited<Persistence>()(chapter8.becomeLeader, {
        then(me, event, act) {
          const entry = { term: me.currentTerm, command: noOp };
          startLeading(me);
          me.heardFrom = [];
          me.log = me.log.append([entry]);
          for (const peer of me.peers) sendEntries(me, peer, act);
          act.persist({ log: { from: me.log.lastIndex, entries: [entry] } });
          act.restartHeartbeatTimer();
          act.restartElectionTimer();
        },
      }),
      edited<Persistence>()(chapter8.appendCommand, {
        then(me, { command }, act) {
          const entry = { term: me.currentTerm, command };
          me.log = me.log.append([entry]);
          for (const peer of me.peers) sendEntries(me, peer, act);
          act.persist({ log: { from: me.log.lastIndex, entries: [entry] } });
        },
      }),
    ),
  },
  {
    name: 'commit-index-on-disk',
    chapter,
    allowed: 'commitIndex is written too, after the entries and without waiting for the disk.',
    origin: 'thesis §3.8',
    node: replacing(
      protocol,
      refine<Persistence>()(chapter4.learnCommitIndex, {
        also(me, append, act) {
          act.persistLazily({ commitIndex: me.commitIndex });
        },
      }),
      refine<Persistence>()(chapter6.advanceCommitIndex, {
        also(me, event, act) {
          act.persistLazily({ commitIndex: me.commitIndex });
        },
      }),
    ),
  },
];
