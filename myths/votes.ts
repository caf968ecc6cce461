// Claims about who gets a vote.

import { inserting, replacing } from '../lib/rules/edit.ts';
import { refine, rulesOf } from '../lib/rules/rule.ts';
import type { Voting, VotingState } from '../chapters/03-voting/voting.ts';
import * as chapter3 from '../chapters/03-voting/voting.ts';
import * as chapter4 from '../chapters/04-replication/replication.ts';
import type { Replication } from '../chapters/04-replication/state.ts';
import type { RefutedBySearch } from './myth.ts';
import { nowhere } from './myth.ts';

interface Clocked {
  state: VotingState & {
    /** The clock of a node that has none: how often it has asked for votes. */
    clock: number;
    /** The time stamp of the request that it voted for. */
    votedAt: number;
  };
  messages: Omit<Voting['messages'], 'RequestVote'> & {
    RequestVote: { term: number; stamp: number };
  };
}

export const stampRequest = refine<Clocked>()(chapter3.requestVotes, {
  paper: nowhere,
  says: 'A candidate asks every other node for its vote and says what time it is.',
  then(me, timeout, act) {
    me.clock += 1;
    me.votedAt = me.clock;
    act.broadcast({ type: 'RequestVote', term: me.currentTerm, stamp: me.clock });
  },
});

export const voteForEarliest = rulesOf<Clocked>()({
  name: 'grant-vote',
  paper: nowhere,
  says: 'Vote for the candidate of this term whose request has the earliest time stamp.',
  on: 'RequestVote',
  when: {
    'has not voted for one with an earlier time stamp': (me, request) =>
      me.votedFor === null || request.stamp < me.votedAt,
  },
  then(me, request, act) {
    me.votedFor = request.from;
    me.votedAt = request.stamp;
    act.restartElectionTimer();
    act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: true });
  },
  otherwise(me, request, act) {
    act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: false });
  },
});

export const refuseEqualTerm = rulesOf<Replication>()({
  name: 'refuse-equal-term',
  paper: nowhere,
  says: 'A candidate gets a vote only when its term is higher than that of the voter.',
  on: 'RequestVote',
  when: {
    "the term is not higher than the voter's": (me, request) => request.term <= me.currentTerm,
  },
  then(me, request, act) {
    act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: false });
  },
  last: true,
});

export const votes: readonly RefutedBySearch[] = [
  {
    name: 'votes-by-timestamp',
    claim: 'Votes are decided by time stamps: the candidate that asked first gets them.',
    appeal:
      'A queue works like that: who came first is served first. And a time stamp seems a fair way to tell who came first.',
    truth:
      'No clock is compared. A voter gives its one vote of a term to the first request that reaches it, and keeps to it, whoever asked earlier elsewhere. A voter that changes its mind has voted twice, and two candidates count it.',
    written:
      'Nodes have no clock. So here a candidate counts how often it has asked, and sends that number as its time stamp; a voter prefers the earlier one.',
    paper: '§5.2, Fig. 2 RequestVote',
    chapter: '03-voting',
    node: replacing<Clocked>(
      {
        init: (id, peers) => ({ ...chapter3.voting.init(id, peers), clock: 0, votedAt: 0 }),
        rules: chapter3.voting.rules,
      },
      stampRequest,
      voteForEarliest,
    ),
    bounds: { terms: 2, log: 0 },
    breaks: 'Election Safety',
    notes: {
      1: 'A asks for votes. Its clock says 1.',
      3: 'A asks again, in term 2. Its clock says 2.',
      4: 'C votes for A in term 2.',
      5: 'B has heard of term 1 from A and asks for votes in term 2. It is its first time, so its clock says 1.',
      6: 'A has its own vote and that of C. It leads term 2.',
      7: 'The time stamp of B is earlier, so C gives its vote of term 2 once more.',
      8: 'B has its own vote and that of C, too. Two nodes lead term 2.',
    },
  },
  {
    name: 'higher-term-gets-the-vote',
    claim: 'A candidate gets a vote when its term is higher than that of the voter.',
    appeal:
      'A newer term wins over an older one everywhere else in Raft. So it seems that it wins an election, too.',
    truth:
      "The candidate's term must not be older than the voter's; an equal one is enough, for the voter may have learned of that term from somebody else and still have its vote. And the term alone decides nothing: the candidate's log must be at least as up to date as the voter's. Without that condition, a node that holds nothing can lead.",
    paper: '§5.1, §5.4.1, Fig. 2 RequestVote 1 and 2',
    chapter: '04-replication',
    // The grant-vote of chapter 3 does not compare logs.
    node: inserting(replacing(chapter4.replication, chapter3.grantVote), refuseEqualTerm, {
      before: 'adopt-newer-term',
    }),
    bounds: { terms: 2, log: 1 },
    breaks: 'Leader Completeness',
    notes: {
      4: 'B times out as well. It knows of term 1 and asks for votes in term 2. Its log is empty.',
      5: 'A leads term 1 and takes a command.',
      6: 'C stores x=1 and acknowledges it. The answer takes its time.',
      7: "B's term is higher than C's, and that is all that C asks for. C has x=1 and B has not.",
      8: 'B leads term 2 with an empty log.',
      9: 'The acknowledgement of C arrives. x=1 is on A and C, a majority, so A commits it. The leader of term 2 does not have it.',
    },
  },
];
