// Runs of chapter 8 about a term and a vote that must survive a crash.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, lead } from './lead.ts';

export const voteRemembered: Scenario = {
  name: 'vote-remembered',
  title: 'A restarted node remembers its term',
  about: 'The run that chapter 7 got wrong. B restarts as before, but now it has a disk.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.prologue(() => {
      run.timeout('A');
      run.deliver('PreVote', 'A', 'B');
      run.deliver('PreVoteReply', 'B', 'A');
    });
    run.note('B writes term 1 to its disk, then its vote, and only then does it answer.');
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVoteReply', 'B', 'A');
    run.note('Before B hears more of it, B crashes. Its memory is lost, and its disk is not.');
    run.crash('B');
    run.note('It starts again as a follower in term 1, and knows that its vote is given to A.');
    run.restart('B');
    run.timeout('C');
    run.ask(
      'C has heard nothing of A yet and asks about term 1. What does B answer now?',
      'No. B is in term 1 already, so term 1 is not newer than its own.',
    );
    run.deliver('PreVote', 'C', 'B');
    run.deliver('PreVoteReply', 'B', 'C');
    run.note('The first message of A reaches the others, and they follow it.');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
  },
  outcome: {
    says: 'A alone leads term 1, and B and C follow it.',
    nodes: {
      A: { role: 'leader', currentTerm: 1 },
      B: { role: 'follower', currentTerm: 1, votedFor: 'A' },
      C: { role: 'follower', currentTerm: 1, votedFor: null },
    },
  },
};

/** A and C are candidates of term 1; B votes for A, crashes, and starts again before C asks. */
function twoCandidates(run: Script, says: { readonly kept: string; readonly answer: string }) {
  run.prologue(() => {
    run.timeout('A');
    run.timeout('C');
    run.deliver('PreVote', 'A', 'B');
    run.deliver('PreVote', 'C', 'B');
  });
  run.note('B would vote for A, and it would vote for C. Both start term 1 and ask for its vote.');
  run.deliver('PreVoteReply', 'B', 'A');
  run.deliver('PreVoteReply', 'B', 'C');
  run.deliver('RequestVote', 'A', 'B');
  run.deliver('RequestVoteReply', 'B', 'A');
  run.note(says.kept);
  run.crash('B');
  run.restart('B');
  run.ask(
    'B is in term 1. The request of C arrives, from term 1. Does C get the vote?',
    says.answer,
  );
  run.deliver('RequestVote', 'C', 'B');
  run.deliver('RequestVoteReply', 'B', 'C');
}

export const voteKept: Scenario = {
  name: 'vote-kept',
  title: 'A vote outlives a crash',
  about: 'Two candidates of one term ask the same node. Between the two requests it crashes.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    twoCandidates(run, {
      kept: 'A leads term 1 with the vote of B. B crashes; term and vote are on its disk.',
      answer: 'No. B finds on its disk that its vote of term 1 is given to A.',
    });
    run.deliver('AppendEntries', 'A', 'C');
  },
  outcome: {
    says: 'A alone leads term 1.',
    nodes: {
      A: { role: 'leader', currentTerm: 1 },
      B: { currentTerm: 1, votedFor: 'A' },
      C: { role: 'follower', currentTerm: 1 },
    },
  },
};

export const voteNotWritten: Scenario = {
  name: 'vote-not-written',
  title: 'A vote that was not written is given twice',
  about: 'The same schedule with rules that write the term to disk, but not the vote.',
  nodes: ['A', 'B', 'C'],
  variant: 'vote-not-written',
  script(run) {
    twoCandidates(run, {
      kept: 'A leads term 1 with the vote of B. B crashes; only the term is on its disk.',
      answer: 'Yes. B knows that it is in term 1, and not that it has voted. So C leads too.',
    });
  },
  outcome: {
    says: 'A and C both lead term 1.',
    nodes: { A: { role: 'leader', currentTerm: 1 }, C: { role: 'leader', currentTerm: 1 } },
    violates: 'Election Safety',
  },
};

export const termWithoutVote: Scenario = {
  name: 'term-without-vote',
  title: 'A crash between the term and the vote',
  about: 'B writes the new term and crashes before it writes its vote. Nobody has heard of either.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.prologue(() => {
      run.timeout('A');
      run.timeout('C');
      run.deliver('PreVote', 'A', 'B');
      run.deliver('PreVote', 'C', 'B');
      run.deliver('PreVoteReply', 'B', 'A');
      run.deliver('PreVoteReply', 'B', 'C');
    });
    run.note('B is about to vote for A. It crashes in the middle: only the term has been written.');
    run.crashAfter(1);
    run.deliver('RequestVote', 'A', 'B');
    run.restart('B');
    run.ask(
      'B is in term 1 and its vote is free. Now C asks for it. May B vote for C?',
      'Yes. A never got the vote of B, since B crashed before it answered.',
    );
    run.deliver('RequestVote', 'C', 'B');
    run.deliver('RequestVoteReply', 'B', 'C');
    run.note('A hears from the leader of its term and follows it.');
    run.deliver('AppendEntries', 'C', 'A');
  },
  outcome: {
    says: 'C alone leads term 1.',
    nodes: {
      A: { role: 'follower', currentTerm: 1 },
      B: { votedFor: 'C' },
      C: { role: 'leader', currentTerm: 1 },
    },
  },
};

export const ownVote: Scenario = {
  name: 'own-vote',
  title: 'A candidate writes its own vote first',
  about: 'A stands for election and crashes after its own vote is written, before it asks anybody.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.prologue(() => {
      run.timeout('A');
      run.timeout('C');
      run.deliver('PreVote', 'A', 'B');
      run.deliver('PreVote', 'C', 'B');
      run.deliver('PreVoteReply', 'B', 'C');
    });
    run.note('B would vote for A. A starts term 1, writes its own vote, and crashes.');
    run.crashAfter(1);
    run.deliver('PreVoteReply', 'B', 'A');
    run.restart('A');
    run.ask(
      'A is a follower in term 1 now, and knows nothing of its candidacy but its vote. C asks for it. Does C get it?',
      'No. The vote of A in term 1 is given: to A itself.',
    );
    run.deliver('RequestVote', 'C', 'A');
    run.deliver('RequestVoteReply', 'A', 'C');
    run.note('B votes for C. Two of three are enough, and nobody has voted twice.');
    run.deliver('RequestVote', 'C', 'B');
    run.deliver('RequestVoteReply', 'B', 'C');
    run.deliver('AppendEntries', 'C', 'A');
  },
  outcome: {
    says: 'C leads term 1 with two votes, and A has kept its own.',
    nodes: {
      A: { role: 'follower', currentTerm: 1, votedFor: 'A' },
      C: { role: 'leader', currentTerm: 1, votesGranted: ['B', 'C'] },
    },
  },
};

export const leaderRestarts: Scenario = {
  name: 'leader-restarts',
  title: 'A leader that restarts leads no more',
  about: 'A crashes and starts again before anybody notices. It does not go on where it was.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.note('C stands for election in term 1 too, but its request to A is held back.');
    run.prologue(() => {
      run.timeout('C');
      run.deliver('PreVote', 'C', 'B');
      run.timeout('A');
      run.deliver('PreVote', 'A', 'B');
      run.deliver('PreVoteReply', 'B', 'C');
      run.deliver('PreVoteReply', 'B', 'A');
      run.deliver('RequestVote', 'A', 'B');
    });
    run.deliver('RequestVoteReply', 'B', 'A');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('A crashes. That it led is in its memory only.');
    run.crash('A');
    run.note('It starts again as a follower, with its term, its vote and its log.');
    run.restart('A');
    run.ask(
      'B has stored the entry of A, and its answer arrives. Does A commit the entry?',
      'No. A is no leader any more, and does not count answers to its former self.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.ask(
      'The old request of C arrives, of term 1. A has no leader. Does it vote for C?',
      'No. It finds on its disk that it voted for itself in term 1.',
    );
    run.deliver('RequestVote', 'C', 'A');
    run.deliver('RequestVoteReply', 'A', 'C');
    run.prologue(() => run.dropAll());
    run.note(
      'B loses contact. A asks for votes in term 2 and leads again, with its entry still there.',
    );
    run.timeout('B', 'contact');
    run.prologue(() => elect(run, 'A', 'B'));
    run.settle();
  },
  outcome: {
    says: 'A leads term 2, and its entry of term 1 is committed.',
    nodes: {
      A: { role: 'leader', currentTerm: 2, commitIndex: 2 },
      B: { currentTerm: 2, votedFor: 'A' },
    },
  },
};

export const twoTerms: Scenario = {
  name: 'voter-catches-up',
  title: 'A node that was down comes back',
  about: 'C crashes, and misses an election and a command. What it has on disk is old, but true.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.note('C crashes. Meanwhile B is elected for term 2, and a client writes x=1.');
    run.crash('C');
    run.prologue(() => {
      run.timeout('A');
      run.timeout('B', 'contact');
      run.timeout('A', 'heartbeat');
      run.dropAll();
      run.timeout('A');
      elect(run, 'B', 'A');
      run.request('B', 'x=1');
      run.settle('A', 'B');
      run.dropAll();
    });
    run.note('C starts again with term 1, its vote of term 1, and one entry.');
    run.restart('C');
    run.note('A heartbeat of B brings what it has missed.');
    run.timeout('B', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'C has caught up, and has written all of it to its disk.',
    nodes: { C: { role: 'follower', currentTerm: 2, machine: { x: '1' } } },
  },
};
