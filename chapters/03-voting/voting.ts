// Chapter 3: voting. A candidate leads only with the votes of a majority, and a node votes once a term.

import type { NodeId } from '../../lib/node/contract.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { followLeader } from '../01-roles/roles.ts';
import type { Terms, TermsState } from '../02-terms/terms.ts';
import * as chapter2 from '../02-terms/terms.ts';

export interface VotingState extends TermsState {
  /** The candidate that has this node's vote in currentTerm, or null (Fig. 2). */
  votedFor: NodeId | null;
  /** A candidate's voters in currentTerm, itself included, in alphabetical order. */
  votesGranted: readonly NodeId[];
}

export interface Voting {
  state: VotingState;
  messages: Terms['messages'] & {
    RequestVote: { term: number };
    RequestVoteReply: { term: number; voteGranted: boolean };
  };
}

const rule = rulesOf<Voting>();

/** More than half of the whole cluster, the node itself included: 2 of 3, 3 of 5. */
export const majority = (me: VotingState): number => Math.floor((me.peers.length + 1) / 2) + 1;

export const adoptNewerTerm = refine<Voting>()(chapter2.adoptNewerTerm, {
  says: 'A node that sees a newer term adopts it, becomes a follower and may vote again.',
  also(me) {
    me.votedFor = null;
    me.votesGranted = [];
  },
});

export const refuseStaleCandidate = rule({
  name: 'refuse-stale-candidate',
  paper: '§5.1, Fig. 2 RequestVote 1',
  says: 'A candidate of an older term gets no vote; the reply tells it the newer term.',
  on: 'RequestVote',
  when: {
    'the request has an older term': (me, request) => request.term < me.currentTerm,
  },
  then(me, request, act) {
    act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: false });
  },
  last: true,
});

export const startElection = refine<Voting>()(chapter2.startElection, {
  paper: '§5.2, Fig. 2 Followers 2, Candidates 1 and 4',
  says: 'A node that hears from no leader starts a new term as candidate and votes for itself.',
  also(me) {
    me.votedFor = me.id;
    me.votesGranted = [me.id];
  },
});

export const requestVotes = rule({
  name: 'request-votes',
  paper: '§5.2, Fig. 2 Candidates 1',
  says: 'A candidate asks every other node for its vote.',
  on: 'ElectionTimeout',
  when: {
    'is a candidate': (me) => me.role === 'candidate',
  },
  then(me, timeout, act) {
    act.broadcast({ type: 'RequestVote', term: me.currentTerm });
  },
});

export const grantVote = rule({
  name: 'grant-vote',
  paper: '§5.2, Fig. 2 RequestVote 2',
  says: 'Vote for the first candidate that asks in this term.',
  on: 'RequestVote',
  when: {
    'has not voted for another candidate this term': (me, request) =>
      me.votedFor === null || me.votedFor === request.from,
  },
  then(me, request, act) {
    me.votedFor = request.from;
    act.restartElectionTimer();
    act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: true });
  },
  otherwise(me, request, act) {
    act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: false });
  },
});

export const countVote = rule({
  name: 'count-vote',
  paper: '§5.2',
  says: 'A candidate notes who voted for it in its term, each voter once.',
  on: 'RequestVoteReply',
  when: {
    'the reply is from the current term': (me, reply) => reply.term === me.currentTerm,
    'is still a candidate': (me) => me.role === 'candidate',
    'the vote was granted': (me, reply) => reply.voteGranted,
    'the voter is not counted yet': (me, reply) => !me.votesGranted.includes(reply.from),
  },
  then(me, reply) {
    me.votesGranted = [...me.votesGranted, reply.from].sort();
  },
});

export const becomeLeader = refine<Voting>()(chapter2.becomeLeader, {
  says: 'A candidate with the votes of a majority becomes leader and tells everyone at once.',
  paper: '§5.2, Fig. 2 Candidates 2, Leaders 1',
  when: {
    'has votes from a majority': (me) => me.votesGranted.length >= majority(me),
  },
});

export const voting = nodeFromRules<Voting>({
  init: (id, peers) => ({
    id,
    peers,
    role: 'follower',
    currentTerm: 0,
    votedFor: null,
    votesGranted: [],
  }),
  rules: [
    adoptNewerTerm,
    chapter2.refuseStaleLeader,
    refuseStaleCandidate,
    startElection,
    requestVotes,
    grantVote,
    countVote,
    becomeLeader,
    chapter2.sendHeartbeats,
    followLeader,
  ],
});
