// The elections of chapter 3. Every later chapter records them again with its own rules.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { bothTimeOut } from '../02-terms/scenarios.ts';

const cleanElection: Scenario = {
  name: 'clean-election',
  title: 'A clean election',
  about: 'One candidate, three nodes: it asks, a majority says yes, and it leads.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.note('A starts term 1. It votes for itself and asks the others for their votes.');
    run.timeout('A');
    run.ask(
      "B has not voted in term 1. What does it do with A's request?",
      'It grants its vote and restarts its election timer, to give the candidate time to win.',
    );
    run.deliver('RequestVote', 'A', 'B');
    run.ask(
      'A has two votes of three, its own and that of B. Must it wait for C?',
      'No. Two of three are a majority. A leads at once.',
    );
    run.deliver('RequestVoteReply', 'B', 'A');
    run.deliver('RequestVote', 'A', 'C');
    run.note('The vote of C comes late. A leads already and need not count it.');
    run.deliver('RequestVoteReply', 'C', 'A');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.timeout('A', 'heartbeat');
    run.deliverAll();
    run.note('The election timer of A runs out as well. A leads, so it starts no election.');
    run.timeout('A');
  },
  outcome: {
    says: 'A leads term 1; B and C follow.',
    nodes: {
      A: { role: 'leader', currentTerm: 1 },
      B: { role: 'follower', currentTerm: 1, votedFor: 'A' },
      C: { role: 'follower', currentTerm: 1, votedFor: 'A' },
    },
  },
};

const oneVoteATerm: Scenario = {
  name: 'one-vote-a-term',
  title: 'One vote a term decides between two candidates',
  about: 'The run that chapter 2 got wrong begins in the same way, but now candidates need votes.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    bothTimeOut(run, {
      first: 'A starts term 1. It does not lead yet: it has one vote of three.',
      second: 'B starts term 1 as well. It has one vote too, its own.',
    });
    run.deliver('RequestVote', 'A', 'C');
    run.ask(
      'C has voted for A. Now B asks, in the same term. What does C answer?',
      'No. A node has one vote a term, and it went to the candidate whose request came first.',
    );
    run.deliver('RequestVote', 'B', 'C');
    run.note('A and B ask each other too. Each has voted for itself, so each says no.');
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVote', 'B', 'A');
    run.deliver('RequestVoteReply', 'C', 'B');
    run.deliver('RequestVoteReply', 'C', 'A');
    run.note('The leader of term 1 is known. B, a candidate of the same term, follows it.');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.deliverAll();
  },
  outcome: {
    says: 'A alone leads term 1.',
    nodes: {
      A: { role: 'leader', currentTerm: 1 },
      B: { role: 'follower', currentTerm: 1, votedFor: 'B' },
      C: { role: 'follower', currentTerm: 1, votedFor: 'A' },
    },
  },
};

const staleCandidate: Scenario = {
  name: 'stale-candidate',
  title: 'A stale candidate is refused',
  about: 'A request for votes from an older term gets a no, even from a node that has not voted.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    run.timeout('A');
    run.note('Of what A sends, only the request to C arrives soon. C votes for A in term 1.');
    run.deliver('RequestVote', 'A', 'C');
    run.note('C hears nothing more. It starts term 2, and B and D vote for it.');
    run.timeout('C');
    run.deliver('RequestVote', 'C', 'B');
    run.deliver('RequestVote', 'C', 'D');
    run.deliver('RequestVoteReply', 'B', 'C');
    run.deliver('RequestVoteReply', 'D', 'C');
    run.note('E learns of term 2 from the heartbeat of C. It has not voted in term 2.');
    run.deliver('AppendEntries', 'C', 'E');
    run.note("Now A's request of term 1 arrives at E.");
    run.ask(
      'E has a vote to give. Does it give it to A?',
      'No. Its vote is for term 2, and A asks for one in term 1. The refusal carries term 2.',
    );
    run.deliver('RequestVote', 'A', 'E');
    run.note('A learns of term 2. It is a candidate no more.');
    run.deliver('RequestVoteReply', 'E', 'A');
    run.note('The vote of C for term 1 arrives last. It is of no use to anyone.');
    run.deliver('RequestVoteReply', 'C', 'A');
  },
  outcome: {
    says: 'C leads term 2; A has given up its candidacy of term 1, and E has not voted.',
    nodes: {
      A: { role: 'follower', currentTerm: 2, votedFor: null },
      C: { role: 'leader', currentTerm: 2 },
      E: { role: 'follower', currentTerm: 2, votedFor: null },
    },
  },
};

const duplicateVote: Scenario = {
  name: 'duplicate-vote',
  title: 'A duplicated vote counts once',
  about: 'The network delivers the same vote twice. With five nodes, two votes are no majority.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    run.timeout('A');
    run.deliver('RequestVote', 'A', 'B');
    run.duplicate('RequestVoteReply', 'B', 'A');
    run.deliver('RequestVoteReply', 'B', 'A');
    run.ask(
      'The same vote of B arrives a second time. A needs three votes of five. Does it lead now?',
      'No. A counts voters, not replies. It still has two: its own and that of B.',
    );
    run.deliver('RequestVoteReply', 'B', 'A');
    run.note('A request may arrive twice as well. C voted for A and simply says so again.');
    run.duplicate('RequestVote', 'A', 'C');
    run.deliver('RequestVote', 'A', 'C');
    run.deliver('RequestVote', 'A', 'C');
    run.note('The vote of C makes three.');
    run.deliver('RequestVoteReply', 'C', 'A');
  },
  outcome: {
    says: 'A leads term 1 with three different voters.',
    nodes: { A: { role: 'leader', currentTerm: 1, votesGranted: ['A', 'B', 'C'] } },
  },
};

const lateVote: Scenario = {
  name: 'late-vote',
  title: 'A vote of an older term does not count',
  about: 'A candidate tries again in a new term. A vote for its first attempt arrives late.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.timeout('A');
    run.deliver('RequestVote', 'A', 'B');
    run.drop('RequestVote', 'A', 'C');
    run.note('The vote of B is held back. A has waited long enough and tries again in term 2.');
    run.timeout('A');
    run.ask(
      'The vote that B gave in term 1 arrives. With its own, A would have two of three. Does it lead?',
      'No. That vote was for term 1. In term 2, B may yet vote for someone else.',
    );
    run.deliver('RequestVoteReply', 'B', 'A');
    run.note('C, which heard nothing of this, has timed out twice and asks for votes in term 2.');
    run.timeout('C');
    run.timeout('C');
    run.deliver('RequestVote', 'C', 'B', 2);
    run.ask(
      'B now has voted for C in term 2. The second request of A arrives. What does B answer?',
      'No. Had A counted the late vote, A and C would both lead term 2 now.',
    );
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVoteReply', 'B', 'C');
    run.deliver('RequestVoteReply', 'B', 'A');
  },
  outcome: {
    says: 'C leads term 2. A is still a candidate, one vote short.',
    nodes: {
      A: { role: 'candidate', currentTerm: 2, votesGranted: ['A'] },
      C: { role: 'leader', currentTerm: 2 },
    },
  },
};

const oldLeader: Scenario = {
  name: 'old-leader',
  title: 'An old leader comes back',
  about: 'A leader is cut off, and a majority elects another. What becomes of the first one?',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.timeout('A');
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVoteReply', 'B', 'A');
    run.settle();
    run.note('A leads term 1. Then it is cut off. B and C are still a majority.');
    run.partition(['A'], ['B', 'C']);
    run.timeout('B');
    run.deliver('RequestVote', 'B', 'C');
    run.deliver('RequestVoteReply', 'C', 'B');
    run.deliver('AppendEntries', 'B', 'C');
    run.note(
      'A and B both lead, each its own term. That is allowed: at most one leader in each term.',
    );
    run.heal();
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.note('The refusal tells A of term 2, and A steps down.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.timeout('A', 'heartbeat');
  },
  outcome: {
    says: 'B leads term 2; A follows.',
    nodes: {
      A: { role: 'follower', currentTerm: 2 },
      B: { role: 'leader', currentTerm: 2 },
      C: { role: 'follower', currentTerm: 2, votedFor: 'B' },
    },
  },
};

export const elections: readonly Scenario[] = [
  cleanElection,
  oneVoteATerm,
  staleCandidate,
  duplicateVote,
  lateVote,
  oldLeader,
];
