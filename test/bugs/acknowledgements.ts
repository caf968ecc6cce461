// Mistakes about what a leader knows of its followers: nextIndex and matchIndex.

import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Partitions, PartitionsState } from '../../chapters/06-partitions/partitions.ts';
import { majorityIndex } from '../../chapters/04-replication/comparisons.ts';
import { sendEntries, startLeading } from '../../chapters/04-replication/state.ts';
import * as chapter3 from '../../chapters/03-voting/voting.ts';
import * as chapter4 from '../../chapters/04-replication/replication.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../chapters/06-partitions/partitions.ts';
import { noOp } from '../../lib/machine/key-value.ts';
import { refine } from '../../lib/rules/rule.ts';
import type { Bug } from './bug.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import { goBack, pipelining } from './variants/sending.ts';

const { partitions } = chapter6;
const guide = 'https://thesquareplanet.com/blog/students-guide-to-raft/';

/** Chapter 6 with a leader that forgets neither nextIndex nor matchIndex when it steps down. */
const remembering = replacing(
  partitions,
  refine<Partitions>()(chapter3.adoptNewerTerm, {
    also(me) {
      me.leaderId = null;
      me.heardFrom = [];
    },
  }),
  edited<Partitions>()(chapter6.stepDown, {
    then(me) {
      me.role = 'follower';
      me.leaderId = null;
    },
  }),
  // A follower that remembers nextIndex must not send entries by it.
  refine<Partitions>()(chapter5.catchUp, {
    when: { 'is the leader': (me) => me.role === 'leader' },
  }),
);

/** Becomes leader as in chapter 6, and then does one thing more before it sends anything. */
const becomingLeader = (more: (me: PartitionsState, before: PartitionsState) => void) =>
  edited<Partitions>()(chapter6.becomeLeader, {
    then(me, event, act) {
      const before = { ...me };
      startLeading(me);
      more(me, before);
      me.heardFrom = [];
      me.log = me.log.append([{ term: me.currentTerm, command: noOp }]);
      for (const peer of me.peers) sendEntries(me, peer, act);
      act.restartHeartbeatTimer();
      act.restartElectionTimer();
    },
  });

export const acknowledgements: readonly Bug[] = [
  {
    name: 'stale-acknowledgement',
    chapter: '06-partitions',
    wrong: 'A leader counts an acknowledgement that it got in an earlier term of its own.',
    origin: `${guide}, term confusion`,
    breaks: 'Leader Completeness',
    damages: ['count-acknowledgement'],
    node: partitions.without('count-acknowledgement', 'the reply is from the current term'),
  },
  {
    name: 'refusal-sets-match-index',
    chapter: '06-partitions',
    wrong: 'The hint of a refusal is taken for what the follower is known to store.',
    origin: 'https://github.com/microsoft/CCF/issues/5325',
    breaks: 'Leader Completeness',
    damages: ['jump-back'],
    node: replacing(
      pipelining,
      refine<Partitions>()(goBack, {
        also(me, { from, conflictIndex }) {
          me.matchIndex = { ...me.matchIndex, [from]: Math.max(0, conflictIndex - 1) };
        },
      }),
    ),
  },
  {
    name: 'match-index-sorted-in-place',
    chapter: '06-partitions',
    wrong: 'To find the median, the list of matchIndex itself is sorted, and peers change places.',
    origin: 'Array.prototype.sort of JavaScript sorts in place',
    breaks: 'Leader Completeness',
    damages: ['advance-commit-index'],
    node: replacing(
      partitions,
      edited<Partitions>()(chapter6.advanceCommitIndex, {
        when: {
          'a majority stores a further entry of the current term': (me) => me.role === 'leader',
        },
        then(me) {
          const sorted = Object.values(me.matchIndex).sort((a, b) => b - a);
          me.matchIndex = Object.fromEntries(me.peers.map((peer, i) => [peer, sorted[i] ?? 0]));
          const index = majorityIndex(me);
          const own = me.log.termAt(index) === me.currentTerm;
          if (own && index > me.commitIndex) me.commitIndex = index;
        },
      }),
    ),
  },
  {
    name: 'match-index-goes-back',
    chapter: '06-partitions',
    wrong: 'A late acknowledgement lowers matchIndex.',
    origin: `${guide}; Fig. 2 matchIndex: increases monotonically`,
    breaks: 'cost',
    damages: ['count-acknowledgement'],
    node: partitions.without('count-acknowledgement', 'it tells of more than was known'),
  },
  {
    name: 'match-index-starts-at-the-end',
    chapter: '06-partitions',
    wrong: 'A new leader supposes that all followers store its whole log.',
    origin: `${guide}; Fig. 2 matchIndex: initialized to 0`,
    breaks: 'liveness',
    damages: ['become-leader'],
    node: replacing(
      partitions,
      becomingLeader((me) => {
        me.matchIndex = Object.fromEntries(me.peers.map((peer) => [peer, me.log.lastIndex]));
      }),
    ),
  },
  {
    name: 'match-index-kept-after-election',
    chapter: '06-partitions',
    wrong: 'A leader that is elected again goes on with the matchIndex of its earlier term.',
    origin: `${guide}; Fig. 2 State on leaders: reinitialized after election`,
    breaks: 'Leader Completeness',
    damages: ['become-leader', 'adopt-newer-term', 'step-down'],
    node: replacing(
      remembering,
      becomingLeader((me, before) => {
        me.matchIndex = { ...me.matchIndex, ...before.matchIndex };
      }),
    ),
  },
  {
    name: 'next-index-kept-after-election',
    chapter: '06-partitions',
    harmless:
      'a nextIndex that is too high is refused and goes back, one that is too low sends entries again',
    wrong: 'A leader that is elected again goes on with the nextIndex of its earlier term.',
    origin: `${guide}; Fig. 2 State on leaders: reinitialized after election`,
    breaks: 'cost',
    damages: ['become-leader', 'adopt-newer-term', 'step-down'],
    node: replacing(
      remembering,
      becomingLeader((me, before) => {
        me.nextIndex = { ...me.nextIndex, ...before.nextIndex };
      }),
    ),
  },
  {
    name: 'leader-state-set-up-late',
    chapter: '05-conflict-backoff',
    wrong: 'nextIndex and matchIndex are set up after the leader has taken its first commands.',
    origin: 'https://github.com/ktoso/akka-raft/issues/58',
    breaks: 'cost',
    damages: ['become-leader', 'send-heartbeats'],
    node: replacing(
      chapter5.conflictBackoff,
      edited<ConflictBackoff>()(chapter4.becomeLeader, {
        then(me, event, act) {
          me.role = 'leader';
          me.leaderId = me.id;
          for (const peer of me.peers) sendEntries(me, peer, act);
          act.restartHeartbeatTimer();
        },
      }),
      edited<ConflictBackoff>()(chapter4.sendHeartbeats, {
        then(me, timeout, act) {
          if (Object.keys(me.nextIndex).length < me.peers.length) startLeading(me);
          for (const peer of me.peers) sendEntries(me, peer, act);
          act.restartHeartbeatTimer();
        },
      }),
    ),
  },
];
