// Chapter 7, PreVote: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 7             replays the chapter's runs each time you save
//   npm run hint -- 7              lists the gaps, and how to get a hint
//   npm run repl -- 7 --exercise   lets you play with your nodes
//   npm run exercises -- 7         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from prevote.ts, the solution. You
// may also export any other RaftNode instead: pure init and step, as in lib/node/contract.ts.
//
// Useful here:
//   import { isUpToDate } from '../04-replication/comparisons.ts';

import { todo } from '../../lib/exercise/todo.ts';
import type { NodeId } from '../../lib/node/contract.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
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

// A node that sees a newer term adopts it, becomes a follower and may vote again.
// §5.1, Fig. 2 All Servers 2
// Refines chapter6.adoptNewerTerm, which asks: the message has a newer term. `also` comes after its
// action.
// Hints: npm run hint -- 7 adopt-newer-term
export const adoptNewerTerm = refine<PreVote>()(chapter6.adoptNewerTerm, {
  also(me) {
    todo('adopt-newer-term');
  },
});

// A node that hears from no leader asks all others whether they would vote for it.
// thesis §9.6
// Hints: npm run hint -- 7 start-pre-vote
export const startPreVote = rule({
  name: 'start-pre-vote',
  paper: 'thesis §9.6',
  says: 'A node that hears from no leader asks all others whether they would vote for it.',
  on: 'ElectionTimeout',
  when: {
    'is not the leader': (me) => todo('start-pre-vote'),
  },
  then(me, timeout, act) {
    todo('start-pre-vote');
  },
});

// Say yes when there is no leader to be heard and the candidate could have the vote.
// thesis §9.6, §4.2.3
// Hints: npm run hint -- 7 grant-pre-vote
export const grantPreVote = rule({
  name: 'grant-pre-vote',
  paper: 'thesis §9.6, §4.2.3',
  says: 'Say yes when there is no leader to be heard and the candidate could have the vote.',
  on: 'PreVote',
  when: {
    'the next term is newer than mine': (me, request) => todo('grant-pre-vote'),
    'does not hear from a leader': (me) => todo('grant-pre-vote'),
    "the candidate's log is at least as up to date": (me, request) => todo('grant-pre-vote'),
  },
  then(me, { nextTerm }, act) {
    todo('grant-pre-vote');
  },
  otherwise(me, { nextTerm }, act) {
    todo('grant-pre-vote');
  },
});

// A pre-candidate notes who would vote for it in its next term, each voter once.
// thesis §9.6
// Hints: npm run hint -- 7 count-pre-vote
export const countPreVote = rule({
  name: 'count-pre-vote',
  paper: 'thesis §9.6',
  says: 'A pre-candidate notes who would vote for it in its next term, each voter once.',
  on: 'PreVoteReply',
  when: {
    'the reply is about the next term': (me, reply) => todo('count-pre-vote'),
    'is still a pre-candidate': (me) => todo('count-pre-vote'),
    'the vote would be granted': (me, reply) => todo('count-pre-vote'),
    'the voter is not counted yet': (me, reply) => todo('count-pre-vote'),
  },
  then(me, reply) {
    todo('count-pre-vote');
  },
});

// A pre-candidate that a majority would vote for starts a new term and asks for the votes.
// thesis §9.6, Fig. 2 Candidates 1
// Hints: npm run hint -- 7 start-election
export const startElection = rule({
  name: 'start-election',
  paper: 'thesis §9.6, Fig. 2 Candidates 1',
  says: 'A pre-candidate that a majority would vote for starts a new term and asks for the votes.',
  on: 'any event',
  when: {
    'a majority would vote for it': (me) => todo('start-election'),
  },
  then(me, event, act) {
    todo('start-election');
  },
});

// A node that hears from the leader of its term follows it, and for now says no to pre-votes.
// §5.2, thesis §9.6
// Refines chapter4.followLeader. `also` comes after its action.
// Hints: npm run hint -- 7 follow-leader
export const followLeader = refine<PreVote>()(chapter4.followLeader, {
  says: 'A node that hears from the leader of its term follows it, and for now says no to pre-votes.',
  paper: '§5.2, thesis §9.6',
  also(me, append, act) {
    todo('follow-leader');
  },
});

// A node that has heard from no leader for the shortest election timeout has lost contact.
// thesis §4.2.3, §9.6
// Hints: npm run hint -- 7 lose-contact
export const loseContact = rule({
  name: 'lose-contact',
  paper: 'thesis §4.2.3, §9.6',
  says: 'A node that has heard from no leader for the shortest election timeout has lost contact.',
  on: 'ContactTimeout',
  then(me) {
    todo('lose-contact');
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
