// Chapter 3, Voting: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 3             replays the chapter's runs each time you save
//   npm run hint -- 3              lists the gaps, and how to get a hint
//   npm run repl -- 3 --exercise   lets you play with your nodes
//   npm run exercises -- 3         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from voting.ts, the solution. You may
// also export any other RaftNode instead: pure init and step, as in lib/node/contract.ts.

import { todo } from '../../lib/exercise/todo.ts';
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
export const majority = (me: VotingState): number => todo('become-leader');

// A node that sees a newer term adopts it, becomes a follower and may vote again.
// §5.1, Fig. 2 All Servers 2
// Refines chapter2.adoptNewerTerm, which asks: the message has a newer term. `also` comes after its
// action.
// Hints: npm run hint -- 3 adopt-newer-term
export const adoptNewerTerm = refine<Voting>()(chapter2.adoptNewerTerm, {
  says: 'A node that sees a newer term adopts it, becomes a follower and may vote again.',
  also(me) {
    todo('adopt-newer-term');
  },
});

// A candidate of an older term gets no vote; the reply tells it the newer term.
// §5.1, Fig. 2 RequestVote 1
// Hints: npm run hint -- 3 refuse-stale-candidate
export const refuseStaleCandidate = rule({
  name: 'refuse-stale-candidate',
  paper: '§5.1, Fig. 2 RequestVote 1',
  says: 'A candidate of an older term gets no vote; the reply tells it the newer term.',
  on: 'RequestVote',
  when: {
    'the request has an older term': (me, request) => todo('refuse-stale-candidate'),
  },
  then(me, request, act) {
    todo('refuse-stale-candidate');
  },
  last: true,
});

// A node that hears from no leader starts a new term as candidate and votes for itself.
// §5.2, Fig. 2 Followers 2, Candidates 1 and 4
// Refines chapter2.startElection, which asks: is not the leader. `also` comes after its action.
// Hints: npm run hint -- 3 start-election
export const startElection = refine<Voting>()(chapter2.startElection, {
  paper: '§5.2, Fig. 2 Followers 2, Candidates 1 and 4',
  says: 'A node that hears from no leader starts a new term as candidate and votes for itself.',
  also(me) {
    todo('start-election');
  },
});

// A candidate asks every other node for its vote.
// §5.2, Fig. 2 Candidates 1
// Hints: npm run hint -- 3 request-votes
export const requestVotes = rule({
  name: 'request-votes',
  paper: '§5.2, Fig. 2 Candidates 1',
  says: 'A candidate asks every other node for its vote.',
  on: 'ElectionTimeout',
  when: {
    'is a candidate': (me) => todo('request-votes'),
  },
  then(me, timeout, act) {
    todo('request-votes');
  },
});

// Vote for the first candidate that asks in this term.
// §5.2, Fig. 2 RequestVote 2
// Hints: npm run hint -- 3 grant-vote
export const grantVote = rule({
  name: 'grant-vote',
  paper: '§5.2, Fig. 2 RequestVote 2',
  says: 'Vote for the first candidate that asks in this term.',
  on: 'RequestVote',
  when: {
    'has not voted for another candidate this term': (me, request) => todo('grant-vote'),
  },
  then(me, request, act) {
    todo('grant-vote');
  },
  otherwise(me, request, act) {
    todo('grant-vote');
  },
});

// A candidate notes who voted for it in its term, each voter once.
// §5.2
// Hints: npm run hint -- 3 count-vote
export const countVote = rule({
  name: 'count-vote',
  paper: '§5.2',
  says: 'A candidate notes who voted for it in its term, each voter once.',
  on: 'RequestVoteReply',
  when: {
    'the reply is from the current term': (me, reply) => todo('count-vote'),
    'is still a candidate': (me) => todo('count-vote'),
    'the vote was granted': (me, reply) => todo('count-vote'),
    'the voter is not counted yet': (me, reply) => todo('count-vote'),
  },
  then(me, reply) {
    todo('count-vote');
  },
});

// A candidate with the votes of a majority becomes leader and tells everyone at once.
// §5.2, Fig. 2 Candidates 2, Leaders 1
// Refines chapter2.becomeLeader, which asks: is a candidate. Its action stays.
// Hints: npm run hint -- 3 become-leader
export const becomeLeader = refine<Voting>()(chapter2.becomeLeader, {
  says: 'A candidate with the votes of a majority becomes leader and tells everyone at once.',
  paper: '§5.2, Fig. 2 Candidates 2, Leaders 1',
  when: {
    'has votes from a majority': (me) => todo('become-leader'),
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
