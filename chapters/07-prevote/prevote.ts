// Chapter 7: PreVote. Before it starts a new term, a node asks whether it could win; and who hears from a
// leader says no.

import type { NodeId } from '../../lib/node/contract.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import { isUpToDate } from '../04-replication/comparisons.ts';
import * as chapter4 from '../04-replication/replication.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import type { Partitions, PartitionsState } from '../06-partitions/partitions.ts';
import * as chapter6 from '../06-partitions/partitions.ts';

export interface PreVoteState extends PartitionsState {
  /** On a pre-candidate: who would vote for it, itself included, in alphabetical order. Else empty. */
  preVotesGranted: readonly NodeId[];
  /** True from a leader's message until the contact timer runs out. */
  hearsLeader: boolean;
}

export interface PreVote {
  state: PreVoteState;
  messages: Partitions['messages'] & {
    /** Carries no term, because the sender has not started one: only the term that it would start. */
    PreVote: { nextTerm: number; lastLogIndex: number; lastLogTerm: number };
    PreVoteReply: { term: number; nextTerm: number; voteGranted: boolean };
  };
}

const rule = rulesOf<PreVote>();

export const adoptNewerTerm = refine<PreVote>()(chapter6.adoptNewerTerm, {
  also(me) {
    me.preVotesGranted = [];
  },
});

export const startPreVote = rule({
  name: 'start-pre-vote',
  paper: 'thesis §9.6',
  says: 'A node that hears from no leader asks all others whether they would vote for it.',
  on: 'ElectionTimeout',
  when: {
    'is not the leader': (me) => me.role !== 'leader',
  },
  then(me, timeout, act) {
    me.role = 'pre-candidate';
    me.leaderId = null;
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
});

export const grantPreVote = rule({
  name: 'grant-pre-vote',
  paper: 'thesis §9.6, §4.2.3',
  says: 'Say yes when there is no leader to be heard and the candidate could have the vote.',
  on: 'PreVote',
  when: {
    'the next term is newer than mine': (me, request) => request.nextTerm > me.currentTerm,
    'does not hear from a leader': (me) => me.role !== 'leader' && !me.hearsLeader,
    "the candidate's log is at least as up to date": (me, request) => isUpToDate(request, me.log),
  },
  then(me, { nextTerm }, act) {
    act.reply({ type: 'PreVoteReply', term: me.currentTerm, nextTerm, voteGranted: true });
  },
  otherwise(me, { nextTerm }, act) {
    act.reply({ type: 'PreVoteReply', term: me.currentTerm, nextTerm, voteGranted: false });
  },
});

export const countPreVote = rule({
  name: 'count-pre-vote',
  paper: 'thesis §9.6',
  says: 'A pre-candidate notes who would vote for it in its next term, each voter once.',
  on: 'PreVoteReply',
  when: {
    'the reply is about the next term': (me, reply) => reply.nextTerm === me.currentTerm + 1,
    'is still a pre-candidate': (me) => me.role === 'pre-candidate',
    'the vote would be granted': (me, reply) => reply.voteGranted,
    'the voter is not counted yet': (me, reply) => !me.preVotesGranted.includes(reply.from),
  },
  then(me, reply) {
    me.preVotesGranted = [...me.preVotesGranted, reply.from].sort();
  },
});

export const startElection = rule({
  name: 'start-election',
  paper: 'thesis §9.6, Fig. 2 Candidates 1',
  says: 'A pre-candidate that a majority would vote for starts a new term and asks for the votes.',
  on: 'any event',
  when: {
    'a majority would vote for it': (me) => me.preVotesGranted.length >= chapter3.majority(me),
  },
  then(me, event, act) {
    me.role = 'candidate';
    me.currentTerm += 1;
    me.votedFor = me.id;
    me.votesGranted = [me.id];
    me.preVotesGranted = [];
    act.restartElectionTimer();
    act.broadcast({
      type: 'RequestVote',
      term: me.currentTerm,
      lastLogIndex: me.log.lastIndex,
      lastLogTerm: me.log.lastTerm,
    });
  },
});

export const followLeader = refine<PreVote>()(chapter4.followLeader, {
  says: 'A node that hears from the leader of its term follows it, and for now says no to pre-votes.',
  paper: '§5.2, thesis §9.6',
  also(me, append, act) {
    me.hearsLeader = true;
    me.preVotesGranted = [];
    act.restartContactTimer();
  },
});

export const loseContact = rule({
  name: 'lose-contact',
  paper: 'thesis §4.2.3, §9.6',
  says: 'A node that has heard from no leader for the shortest election timeout has lost contact.',
  on: 'ContactTimeout',
  then(me) {
    me.hearsLeader = false;
  },
});

export const preVote = nodeFromRules<PreVote>({
  init: (id, peers) => ({
    ...chapter6.partitions.init(id, peers),
    preVotesGranted: [],
    hearsLeader: false,
  }),
  rules: [
    adoptNewerTerm,
    chapter5.refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    startPreVote,
    grantPreVote,
    countPreVote,
    startElection,
    chapter6.stepDown,
    chapter6.waitAnew,
    chapter4.grantVote,
    chapter3.countVote,
    chapter6.becomeLeader,
    chapter4.sendHeartbeats,
    chapter4.appendCommand,
    followLeader,
    loseContact,
    chapter5.checkConsistency,
    chapter5.truncateConflict,
    chapter4.appendEntries,
    chapter5.acknowledge,
    chapter4.learnCommitIndex,
    chapter6.noteContact,
    chapter6.countAcknowledgement,
    chapter5.jumpBack,
    chapter5.catchUp,
    chapter6.advanceCommitIndex,
    chapter4.applyCommitted,
  ],
});
