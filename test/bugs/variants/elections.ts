// Variants of elections: who is answered, which votes are noted, when timers start anew.

import type { NodeId } from '../../../lib/node/contract.ts';
import { refine, rulesOf } from '../../../lib/rules/rule.ts';
import type { Partitions, PartitionsState } from '../../../chapters/06-partitions/partitions.ts';
import type { PreVote } from '../../../chapters/07-prevote/prevote.ts';
import type { Voting, VotingState } from '../../../chapters/03-voting/voting.ts';
import { sendEntries } from '../../../chapters/04-replication/state.ts';
import * as chapter2 from '../../../chapters/02-terms/terms.ts';
import * as chapter3 from '../../../chapters/03-voting/voting.ts';
import * as chapter4 from '../../../chapters/04-replication/replication.ts';
import * as chapter5 from '../../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../../chapters/06-partitions/partitions.ts';
import * as chapter7 from '../../../chapters/07-prevote/prevote.ts';
import { plainVoting } from '../../plain/voting.ts';
import type { Variant } from '../bug.ts';
import { edited, inserting, replacing } from '../../../lib/rules/edit.ts';

/** Chapter 3 with the voters of every term, by term. */
interface VotesByTerm {
  state: VotingState & { votersOf: Readonly<Record<number, readonly NodeId[]>> };
  messages: Voting['messages'];
}

const votersIn = ({ votersOf, currentTerm }: Readonly<VotesByTerm['state']>): readonly NodeId[] =>
  votersOf[currentTerm] ?? [];

/** Chapter 6 with a leader that knows whether it heard from a majority at its last check. */
interface Paused {
  state: PartitionsState & { paused: boolean };
  messages: Partitions['messages'];
}

export const elections: readonly Variant[] = [
  {
    name: 'plain-switch',
    chapter: '03-voting',
    allowed: 'The node is one plain switch, without rules.',
    origin: 'test/plain/voting.ts',
    node: plainVoting,
  },
  {
    name: 'stale-requests-ignored',
    chapter: '03-voting',
    allowed: 'Requests of an older term are ignored instead of refused.',
    origin: 'https://github.com/etcd-io/raft',
    node: replacing(
      chapter3.voting,
      edited<Voting>()(chapter2.refuseStaleLeader, { then() {} }),
      edited<Voting>()(chapter3.refuseStaleCandidate, { then() {} }),
    ),
  },
  {
    name: 'stale-requests-ignored-with-check-quorum',
    chapter: '06-partitions',
    allowed: 'The same where a leader that hears nothing steps down.',
    origin: 'https://github.com/etcd-io/raft',
    node: replacing(
      chapter6.partitions,
      edited<Partitions>()(chapter5.refuseStaleLeader, { then() {} }),
      edited<Partitions>()(chapter3.refuseStaleCandidate, { then() {} }),
    ),
  },
  {
    name: 'votes-kept-by-term',
    chapter: '03-voting',
    allowed: 'A candidate keeps its voters in a table by term and never clears it.',
    origin: 'https://github.com/tikv/raft-rs/issues/83',
    node: replacing<VotesByTerm>(
      {
        init: (id, peers) => ({ ...chapter3.voting.init(id, peers), votersOf: {} }),
        rules: chapter3.voting.rules,
      },
      refine<VotesByTerm>()(chapter2.startElection, {
        also(me) {
          me.votedFor = me.id;
          me.votersOf = { ...me.votersOf, [me.currentTerm]: [me.id] };
        },
      }),
      edited<VotesByTerm>()(chapter3.countVote, {
        when: {
          'the voter is not counted yet': (me, reply) => !votersIn(me).includes(reply.from),
        },
        then(me, { from }) {
          me.votersOf = { ...me.votersOf, [me.currentTerm]: [...votersIn(me), from] };
        },
      }),
      edited<VotesByTerm>()(chapter3.becomeLeader, {
        when: {
          'has votes from a majority': (me) => votersIn(me).length >= chapter3.majority(me),
        },
      }),
    ),
  },
  {
    name: 'votes-cleared-at-the-next-election',
    chapter: '03-voting',
    allowed: 'A node clears its votes when it stands again, not when it learns of a newer term.',
    origin: 'https://github.com/tikv/raft-rs/issues/83',
    node: replacing(
      chapter3.voting,
      refine<Voting>()(chapter2.adoptNewerTerm, {
        also(me) {
          me.votedFor = null;
        },
      }),
    ),
  },
  {
    name: 'late-votes-noted',
    chapter: '03-voting',
    allowed: 'A leader goes on noting votes that come after it has won.',
    origin: '§5.2 leaves it open',
    node: replacing(
      chapter3.voting,
      edited<Voting>()(chapter3.countVote, {
        when: { 'is still a candidate': (me) => me.role !== 'follower' },
      }),
    ),
  },
  {
    name: 'vote-remembered-after-the-answer',
    chapter: '03-voting',
    allowed: 'Within one step, votedFor is set after the answer is written.',
    origin: 'Fig. 2 RequestVote 2 gives no order within a step',
    node: replacing(
      chapter3.voting,
      edited<Voting>()(chapter3.grantVote, {
        then(me, request, act) {
          act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: true });
          act.restartElectionTimer();
          me.votedFor = request.from;
        },
      }),
    ),
  },
  {
    name: 'no-vote-where-the-leader-is-known',
    chapter: '06-partitions',
    allowed: 'A node that knows the leader of the term votes for nobody else in that term.',
    origin: 'https://github.com/etcd-io/raft/commit/0c8029a',
    node: replacing(
      chapter6.partitions,
      refine<Partitions>()(chapter4.grantVote, {
        when: {
          'no other leader of this term is known': (me, { from }) =>
            me.leaderId === null || me.leaderId === from,
        },
      }),
    ),
  },
  {
    name: 'timer-restarted-by-a-newer-term',
    chapter: '06-partitions',
    allowed: 'Every node that adopts a newer term restarts its election timer.',
    origin: 'https://github.com/tikv/raft-rs/issues/14, https://github.com/etcd-io/raft/issues/167',
    node: replacing(
      chapter6.partitions,
      refine<Partitions>()(chapter6.adoptNewerTerm, {
        also(me, message, act) {
          act.restartElectionTimer();
        },
      }),
    ),
  },
  {
    name: 'cut-off-leader-refuses-commands',
    chapter: '06-partitions',
    allowed:
      'A leader that hears from no majority falls silent and refuses commands, but steps not down.',
    origin: 'https://github.com/databendlabs/openraft, on checking the quorum',
    node: replacing<Paused>(
      {
        init: (id, peers) => ({ ...chapter6.partitions.init(id, peers), paused: false }),
        rules: chapter6.partitions.rules,
      },
      edited<Paused>()(chapter6.stepDown, {
        when: { 'has not heard from a majority': () => true },
        then(me) {
          me.paused = me.heardFrom.length + 1 < chapter3.majority(me);
        },
      }),
      refine<Paused>()(chapter4.appendCommand, {
        when: { 'heard from a majority': (me) => !me.paused },
      }),
      edited<Paused>()(chapter4.sendHeartbeats, {
        then(me, timeout, act) {
          if (!me.paused) for (const peer of me.peers) sendEntries(me, peer, act);
          act.restartHeartbeatTimer();
        },
      }),
      refine<Paused>()(chapter6.becomeLeader, {
        also(me) {
          me.paused = false;
        },
      }),
    ),
  },
  {
    name: 'pre-candidate-keeps-following',
    chapter: '07-prevote',
    allowed: 'A node that asks for pre-votes goes on naming its leader until it starts a term.',
    origin: 'thesis §9.6 leaves it open',
    node: replacing(
      inserting(
        chapter7.preVote,
        rulesOf<PreVote>()({
          name: 'forget-leader',
          paper: '§5.2',
          says: 'A candidate knows no leader.',
          on: 'any event',
          when: { 'is a candidate': (me) => me.role === 'candidate' },
          then(me) {
            me.leaderId = null;
          },
        }),
        { after: 'start-election' },
      ),
      edited<PreVote>()(chapter7.startPreVote, {
        then(me, timeout, act) {
          me.role = 'pre-candidate';
          me.hearsLeader = false;
          me.votesGranted = [];
          me.preVotesGranted = [me.id];
          act.broadcast({
            type: 'PreVote',
            nextTerm: me.currentTerm + 1,
            lastLogIndex: me.log.lastIndex,
            lastLogTerm: me.log.lastTerm,
          });
        },
      }),
    ),
  },
];
