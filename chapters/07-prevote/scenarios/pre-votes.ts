// Runs of chapter 7 about asking first: who says yes, who says no, and what a yes is worth.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { askPreVotes } from './with-pre-votes.ts';

export const cleanPreVote: Scenario = {
  name: 'clean-pre-vote',
  title: 'First the question, then the election',
  about:
    'A node that hears from no leader asks whether it could win. Its term stays as it is until then.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.note(
      'A hears from no leader. It asks the others whether they would vote for it in term 1.',
    );
    run.timeout('A');
    run.ask(
      'B hears from no leader either, and would vote for A. What does it change in its own state?',
      'Nothing. A pre-vote is an opinion, not a vote. B may say yes to others as well.',
    );
    run.deliver('PreVote', 'A', 'B');
    run.note('Two of three would vote for A. Now it starts term 1 and asks for the real votes.');
    run.deliver('PreVoteReply', 'B', 'A');
    run.deliver('PreVote', 'A', 'C');
    run.note('A second opinion comes late. A is a candidate already.');
    run.deliver('PreVoteReply', 'C', 'A');
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVoteReply', 'B', 'A');
    run.settle();
  },
  outcome: {
    says: 'A leads term 1.',
    nodes: { A: { role: 'leader', currentTerm: 1 }, B: { votedFor: 'A', hearsLeader: true } },
  },
};

export const newerLog: Scenario = {
  name: 'newer-log',
  title: 'A pre-vote lost to a newer log',
  about:
    'A node with an older log asks. It learns that it could not win, and has disturbed nobody.',
  nodes: ['A', 'B', 'C'],
  start: {
    A: { currentTerm: 1 },
    B: { currentTerm: 1, log: [{ term: 1, command: 'x=1' }] },
    C: { currentTerm: 1 },
  },
  script(run) {
    run.note('A has crashed. B stores an entry that C lacks. C times out first.');
    run.crash('A');
    run.timeout('C');
    run.drop('PreVote', 'C', 'A');
    run.deliver('PreVote', 'C', 'B');
    run.ask(
      'B would not vote for C, because the log of C is shorter. Which term is C in now?',
      'Still term 1. It has asked, and it has not won, so it has not started a term.',
    );
    run.deliver('PreVoteReply', 'B', 'C');
    run.note('B asks in its turn, and C would vote for it.');
    run.timeout('B');
    run.drop('PreVote', 'B', 'A');
    askPreVotes(run, 'B');
    run.deliver('RequestVote', 'B', 'C');
    run.deliver('RequestVoteReply', 'C', 'B');
    run.drop('RequestVote', 'B', 'A');
  },
  outcome: {
    says: 'B leads term 2; no term was wasted.',
    nodes: { B: { role: 'leader', currentTerm: 2 }, C: { role: 'follower', votedFor: 'B' } },
  },
};

export const outvoted: Scenario = {
  name: 'outvoted',
  title: 'One better log is no veto',
  about: 'One node holds an entry that nobody else has. A majority may go on without it.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  start: Object.fromEntries(
    ['A', 'B', 'C', 'D', 'E'].map((node) => [
      node,
      { currentTerm: 1, log: node === 'B' ? [{ term: 1, command: 'x=1' }] : [] },
    ]),
  ),
  script(run) {
    run.timeout('C');
    run.prologue(() => {
      for (const voter of ['D', 'E']) run.deliver('PreVote', 'C', voter);
      run.deliver('PreVoteReply', 'D', 'C');
    });
    run.note('D and E would vote for C, so C starts term 2.');
    run.deliver('PreVoteReply', 'E', 'C');
    run.note('B refuses: its log is longer.');
    run.deliver('RequestVote', 'C', 'B');
    run.deliver('RequestVoteReply', 'B', 'C');
    for (const voter of ['D', 'E']) run.deliver('RequestVote', 'C', voter);
    for (const voter of ['D', 'E']) run.deliver('RequestVoteReply', voter, 'C');
    run.ask(
      'C leads without x=1. Was that entry committed? What becomes of it?',
      'It was on one node of five, so it was not committed. The first entry of C takes its place.',
    );
    run.deliver('AppendEntries', 'C', 'B');
  },
  outcome: {
    says: 'C leads term 2, and B has given up its entry.',
    nodes: { B: { log: [{ term: 2, command: 'no-op' }] }, C: { role: 'leader', currentTerm: 2 } },
  },
};

export const wonAndLost: Scenario = {
  name: 'won-and-lost',
  title: 'The pre-vote is won, the vote is lost',
  about: 'Two nodes ask at the same time, and both hear yes. Only one of them can get the vote.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.timeout('A');
    run.timeout('B');
    run.note('C would vote for A, and it would vote for B. It has promised nothing to either.');
    run.deliver('PreVote', 'A', 'C');
    run.deliver('PreVote', 'B', 'C');
    run.deliver('PreVoteReply', 'C', 'A');
    run.deliver('PreVoteReply', 'C', 'B');
    run.note('Both start term 1 and ask for votes. The request of A arrives first.');
    run.deliver('RequestVote', 'A', 'C');
    run.ask(
      'C told B that it would vote for it. Now B asks. Does it get the vote?',
      'No. C has one vote in term 1, and A has it. A pre-vote only told that B could have won.',
    );
    run.deliver('RequestVote', 'B', 'C');
    run.deliver('RequestVoteReply', 'C', 'B');
    run.deliver('RequestVoteReply', 'C', 'A');
    run.deliver('AppendEntries', 'A', 'B');
  },
  outcome: {
    says: 'A leads term 1; B follows.',
    nodes: { A: { role: 'leader', currentTerm: 1 }, B: { role: 'follower', votedFor: 'B' } },
  },
};

export const countedOnce: Scenario = {
  name: 'counted-once',
  title: 'Opinions are counted like votes',
  about: 'A reply that comes twice counts once, and one that comes too late does not count.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    run.timeout('A');
    run.deliver('PreVote', 'A', 'B');
    run.duplicate('PreVoteReply', 'B', 'A');
    run.deliver('PreVoteReply', 'B', 'A');
    run.note('The same yes arrives again. A still knows of two who would vote for it, not three.');
    run.deliver('PreVoteReply', 'B', 'A');
    run.note('C would vote for A as well, but its answer is held back.');
    run.deliver('PreVote', 'A', 'C');
    run.note('E has asked too, and is elected by C and D.');
    run.prologue(() => {
      run.timeout('E');
      for (const voter of ['C', 'D']) run.deliver('PreVote', 'E', voter);
      for (const voter of ['C', 'D']) run.deliver('PreVoteReply', voter, 'E');
      for (const voter of ['C', 'D']) run.deliver('RequestVote', 'E', voter);
      for (const voter of ['C', 'D']) run.deliver('RequestVoteReply', voter, 'E');
    });
    run.deliver('AppendEntries', 'E', 'A');
    run.note('The first question of A reaches D only now. D is in term 1 already.');
    run.deliver('PreVote', 'A', 'D');
    run.deliver('PreVoteReply', 'D', 'A');
    run.note('A loses contact and asks again, for term 2.');
    run.timeout('A', 'contact');
    run.timeout('A');
    run.ask(
      'The answer of C arrives: it would vote for A in term 1. Does that count for term 2?',
      'No. It was about term 1. For term 2, C must be asked anew.',
    );
    run.deliver('PreVoteReply', 'C', 'A');
    run.note('A hears from E.');
    run.prologue(() => run.timeout('E', 'heartbeat'));
    run.prologue(() => run.deliver('PreVote', 'A', 'B'));
    run.deliver('AppendEntries', 'E', 'A');
    run.ask(
      'A follows E again. Now the answer to its question arrives: yes. Does it count?',
      'No. A is no pre-candidate any more. It has a leader.',
    );
    run.deliver('PreVoteReply', 'B', 'A');
  },
  outcome: {
    says: 'E leads term 1, and A follows it.',
    nodes: { A: { role: 'follower', currentTerm: 1, leaderId: 'E' }, E: { role: 'leader' } },
  },
};

export const behind: Scenario = {
  name: 'behind',
  title: 'A no that teaches the newer term',
  about:
    'A node missed a whole term. Its question is refused, and the refusal says how far the others are.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.note('A wins a pre-vote and asks for votes in term 1. Its request to B is held back.');
    run.timeout('A');
    run.prologue(() => {
      run.deliver('PreVote', 'A', 'C');
      run.deliver('PreVoteReply', 'C', 'A');
    });
    run.deliver('RequestVote', 'A', 'C');
    run.note(
      'The answer of C is held back too. C times out, and A gives it a pre-vote and a vote in term 2.',
    );
    run.timeout('C');
    run.prologue(() => {
      run.deliver('PreVote', 'C', 'A');
      run.deliver('PreVoteReply', 'A', 'C');
    });
    run.deliver('RequestVote', 'C', 'A');
    run.note('The vote of C for term 1 arrives. A has moved on.');
    run.deliver('RequestVoteReply', 'C', 'A');
    run.note('B has heard nothing of all this. It is in term 0, and asks about term 1.');
    run.timeout('B');
    run.deliver('PreVote', 'B', 'A');
    run.ask(
      'A is in term 2. What does B do with its answer?',
      'It adopts term 2. Next time it will ask about term 3, and can be elected.',
    );
    run.deliver('PreVoteReply', 'A', 'B');
    run.ask(
      'The old request of A arrives, from term 1. B has not voted in term 2. Does A get its vote?',
      'No. The request is from an older term.',
    );
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVoteReply', 'B', 'A');
  },
  outcome: {
    says: 'B is in term 2 and has not voted.',
    nodes: { B: { role: 'follower', currentTerm: 2, votedFor: null } },
  },
};

export const lateVote: Scenario = {
  name: 'late-vote-again',
  title: 'A vote of an older term still does not count',
  about:
    'A candidate asks again, with a pre-vote and a new term. A vote for its first attempt arrives late.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.prologue(() => {
      run.timeout('A');
      askPreVotes(run, 'A');
    });
    run.deliver('RequestVote', 'A', 'B');
    run.note('The vote of B is held back. A times out and asks once more whether it could win.');
    run.timeout('A');
    run.prologue(() => askPreVotes(run, 'A'));
    run.ask(
      'A is a candidate in term 2 now. The vote of B for term 1 arrives. Does it count?',
      'No. In term 2, B may vote for someone else.',
    );
    run.deliver('RequestVoteReply', 'B', 'A');
  },
  outcome: {
    says: 'A is a candidate with its own vote alone.',
    nodes: { A: { role: 'candidate', currentTerm: 2, votesGranted: ['A'] } },
  },
};
