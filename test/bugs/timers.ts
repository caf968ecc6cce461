// Mistakes about timers: restarting them too often, too rarely, or not at all.

import type { NodeState } from '../../lib/node/contract.ts';
import type { Partitions } from '../../chapters/06-partitions/partitions.ts';
import type { Voting, VotingState } from '../../chapters/03-voting/voting.ts';
import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import { sendEntries, stopLeading } from '../../chapters/04-replication/state.ts';
import * as chapter2 from '../../chapters/02-terms/terms.ts';
import * as chapter3 from '../../chapters/03-voting/voting.ts';
import * as chapter4 from '../../chapters/04-replication/replication.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../chapters/06-partitions/partitions.ts';
import type { Bug } from './bug.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';

/** Chapter 3, and a count of the heartbeat timeouts. */
interface Beating {
  state: VotingState & NodeState & { beats: number };
  messages: Voting['messages'];
}

export const timers: readonly Bug[] = [
  {
    name: 'no-timer-after-stepping-down',
    chapter: '05-conflict-backoff',
    wrong: 'A leader that steps down does not start its election timer again.',
    origin: 'https://github.com/OneSizeFitsQuorum/MIT6.824-2021/issues/27',
    breaks: 'liveness',
    damages: ['adopt-newer-term'],
    node: replacing(
      chapter5.conflictBackoff,
      edited<ConflictBackoff>()(chapter4.adoptNewerTerm, {
        then(me, message) {
          me.currentTerm = message.term;
          me.role = 'follower';
          me.votedFor = null;
          me.votesGranted = [];
          stopLeading(me);
        },
      }),
    ),
  },
  {
    name: 'timer-restarted-by-any-request',
    chapter: '06-partitions',
    wrong: 'A refused RequestVote restarts the election timer too.',
    origin:
      'Fig. 2 Followers 2; https://github.com/nats-io/nats-server/issues/5315; ' +
      'https://thesquareplanet.com/blog/students-guide-to-raft/',
    breaks: 'liveness',
    damages: ['grant-vote'],
    node: replacing(
      chapter6.partitions,
      edited<Partitions>()(chapter4.grantVote, {
        otherwise(me, request, act) {
          act.restartElectionTimer();
          act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: false });
        },
      }),
    ),
  },
  {
    name: 'timer-runs-on-after-a-vote',
    chapter: '03-voting',
    wrong: 'Who votes does not restart its election timer, and soon stands against the new leader.',
    origin:
      'Fig. 2 Followers 2; https://github.com/jgroups-extras/jgroups-raft/issues/45, ' +
      'https://github.com/ktoso/akka-raft/issues/43',
    breaks: 'cost',
    damages: ['grant-vote'],
    node: replacing(
      chapter3.voting,
      edited<Voting>()(chapter3.grantVote, {
        then(me, request, act) {
          me.votedFor = request.from;
          act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: true });
        },
      }),
    ),
  },
  {
    name: 'heartbeats-too-rare',
    chapter: '03-voting',
    wrong: 'The leader sends a heartbeat less often than its followers wait for one.',
    origin: '§5.6; https://thesquareplanet.com/blog/students-guide-to-raft/',
    breaks: 'liveness',
    damages: ['send-heartbeats'],
    node: replacing<Beating>(
      {
        init: (id, peers) => ({ ...chapter3.voting.init(id, peers), beats: 0 }),
        rules: chapter3.voting.rules,
      },
      edited<Beating>()(chapter2.sendHeartbeats, {
        then(me, timeout, act) {
          me.beats += 1;
          if (me.beats % 6 === 0) act.broadcast({ type: 'AppendEntries', term: me.currentTerm });
          act.restartHeartbeatTimer();
        },
      }),
    ),
  },
  {
    name: 'heartbeats-stop-at-one-follower',
    chapter: '06-partitions',
    wrong: 'The loop over the followers ends at the first that lacks nothing; the others starve.',
    origin:
      'https://github.com/willemt/raft/issues/79, https://github.com/RedisLabs/raft/issues/49',
    breaks: 'liveness',
    damages: ['send-heartbeats'],
    node: replacing(
      chapter6.partitions,
      edited<Partitions>()(chapter4.sendHeartbeats, {
        then(me, timeout, act) {
          act.restartHeartbeatTimer();
          for (const peer of me.peers) {
            sendEntries(me, peer, act);
            if ((me.nextIndex[peer] ?? 1) > me.log.lastIndex) return;
          }
        },
      }),
    ),
  },
];
