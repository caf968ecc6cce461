// Runs of chapter 7 about who hears from a leader, and what that is good for and bad for.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { askPreVotes } from './with-pre-votes.ts';

/** A leads term 1, and everybody hears from it. */
function lead(run: Script, voters: readonly string[]): void {
  run.prologue(() => {
    run.timeout('A');
    askPreVotes(run, 'A');
    for (const voter of voters) run.deliver('RequestVote', 'A', voter);
    for (const voter of voters) run.deliver('RequestVoteReply', voter, 'A');
    run.settle();
    run.timeout('A', 'heartbeat');
    run.settle();
  });
}

export const returnsInPeace: Scenario = {
  name: 'returns-in-peace',
  title: 'A minority returns in peace',
  about:
    'The run that chapter 6 got wrong. D and E time out just as often, and then the network heals.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    lead(run, ['B', 'C']);
    run.note('The leader is on the larger side: A, B and C. D and E are cut off.');
    run.partition(['A', 'B', 'C'], ['D', 'E']);
    run.prologue(() => {
      run.timeout('D', 'contact');
      run.timeout('E', 'contact');
    });
    run.timeout('D');
    run.settle('D', 'E');
    run.note('E would vote for D, but two of five are no majority. D stays in term 1.');
    for (const candidate of ['E', 'D', 'E']) {
      run.timeout(candidate);
      run.settle('D', 'E');
    }
    run.note('The network heals. D and E are still in term 1.');
    run.heal();
    run.timeout('E');
    run.ask(
      'E asks whether it could win term 2. A leads, and B hears from A. What do they answer?',
      'No. Who hears from a leader, or is one, sees no reason for an election.',
    );
    run.deliver('PreVote', 'E', 'A');
    run.deliver('PreVote', 'E', 'B');
    run.deliver('PreVoteReply', 'A', 'E');
    run.deliver('PreVoteReply', 'B', 'E');
    run.note('The next heartbeat brings D and E back into the fold.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'D');
    run.deliver('AppendEntries', 'A', 'E');
  },
  outcome: {
    says: 'A leads term 1 as before, and D and E follow it.',
    nodes: {
      A: { role: 'leader', currentTerm: 1 },
      D: { role: 'follower', currentTerm: 1, leaderId: 'A' },
      E: { role: 'follower', currentTerm: 1, leaderId: 'A' },
    },
  },
};

export const badLink: Scenario = {
  name: 'bad-link',
  title: 'A bad link disturbs nobody',
  about: 'C cannot hear A, but B can. In chapter 6 this cost an election each time.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, ['B']);
    run.note('The link between A and C fails.');
    run.cut('A', 'C');
    run.cut('C', 'A');
    run.timeout('C', 'contact');
    run.timeout('C');
    run.ask(
      'C asks B. The log of C is as good as that of B. What does B answer?',
      'No. B has heard from A within the shortest election timeout, so it stands by A.',
    );
    run.deliver('PreVote', 'C', 'B');
    run.deliver('PreVoteReply', 'B', 'C');
    run.note('A and B go on. A majority is all they need.');
    run.request('A', 'x=1');
    run.settle();
    run.note('The link comes back, and C follows A again, in the same term.');
    run.heal();
    run.timeout('A', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'A leads term 1 all the time, and C has caught up.',
    nodes: {
      A: { role: 'leader', currentTerm: 1 },
      C: {
        role: 'follower',
        currentTerm: 1,
        log: [
          { term: 1, command: 'no-op' },
          { term: 1, command: 'x=1' },
        ],
      },
    },
  },
};

export const formerAnswer: Scenario = {
  name: 'former-answer',
  title: 'An answer to a former self',
  about: 'A leads, is replaced, and is elected again. Then an answer from its first term arrives.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, ['B']);
    run.note('B answers a heartbeat of A. The answer is held back for a long time.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.drop('AppendEntries', 'A', 'C');
    run.note(
      'B and C lose contact, and C is elected for term 2 with the vote of B. But then C is cut off.',
    );
    run.prologue(() => {
      run.timeout('B', 'contact');
      run.timeout('C', 'contact');
      run.timeout('C');
      run.deliver('PreVote', 'C', 'B');
      run.deliver('PreVoteReply', 'B', 'C');
      run.deliver('RequestVote', 'C', 'B');
      run.deliver('RequestVoteReply', 'B', 'C');
      for (const type of ['PreVote', 'RequestVote', 'AppendEntries']) run.drop(type, 'C', 'A');
      run.drop('AppendEntries', 'C', 'B');
    });
    run.partition(['C'], ['A', 'B']);
    run.note('A learns of term 2 from B, and is elected for term 3.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A', 2);
    run.timeout('A');
    run.prologue(() => {
      run.deliver('PreVote', 'A', 'B');
      run.deliver('PreVoteReply', 'B', 'A');
      run.deliver('RequestVote', 'A', 'B');
      run.deliver('RequestVoteReply', 'B', 'A');
    });
    run.ask(
      'A leads term 3. The answer that B gave in term 1 arrives. What does A make of it?',
      'Nothing. It tells about the log of B in term 1, and that B was there in term 1.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.settle('A', 'B');
  },
  outcome: {
    says: 'A leads term 3 and has committed an entry of its own.',
    nodes: { A: { role: 'leader', currentTerm: 3, commitIndex: 2 } },
  },
};

/** A reaches B and C, but hears only from B; D and E hear nothing from A. */
function partlyCut(run: Script): void {
  lead(run, ['B', 'C']);
  run.prologue(() => run.timeout('A'));
  run.note(
    'Links fail, but not all. A reaches B and C, and hears from B only. D and E hear nothing from A.',
  );
  run.cut('C', 'A');
  for (const node of ['D', 'E']) {
    run.cut('A', node);
    run.cut(node, 'A');
  }
  run.prologue(() => {
    run.timeout('D', 'contact');
    run.timeout('E', 'contact');
  });
  run.note('A can commit nothing: with its own, it has two acknowledgements of five.');
  run.request('A', 'x=1');
  run.settle();
  run.note('D asks B, C and E. B and C hear from A and refuse. So D cannot win.');
  run.timeout('D');
  run.settle();
}

export const stalled: Scenario = {
  name: 'stalled',
  title: 'PreVote without CheckQuorum can stall',
  about:
    'The rules of this chapter without step-down. A leader that can do nothing keeps others from leading.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  variant: 'without-check-quorum',
  script(run) {
    partlyCut(run);
    run.note(
      'An election timeout passes. Nothing tells A to stop, and its heartbeats keep B and C loyal.',
    );
    run.timeout('A');
    run.timeout('A', 'heartbeat');
    run.settle();
    run.timeout('E');
    run.settle();
  },
  outcome: {
    says: 'A leads and cannot commit; D and E cannot be elected; and so it stays.',
    nodes: {
      A: { role: 'leader', currentTerm: 1, commitIndex: 1 },
      D: { role: 'pre-candidate', currentTerm: 1 },
      E: { role: 'pre-candidate', currentTerm: 1 },
    },
  },
};

export const unstalled: Scenario = {
  name: 'check-quorum-ends-it',
  title: 'CheckQuorum ends the stall',
  about:
    'The same links fail in the same way. Now A notices that it does not hear from a majority.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    partlyCut(run);
    run.ask(
      'An election timeout passes. Since the last, A has heard from B only. What does it do?',
      'It steps down and falls silent. Soon B and C hear from no leader any more.',
    );
    run.timeout('A');
    run.timeout('B', 'contact');
    run.timeout('C', 'contact');
    run.note('C has x=1 in its log. It asks, and B, D and E would vote for it.');
    run.timeout('C');
    run.settle();
  },
  outcome: {
    says: 'C leads term 2, and x=1 is committed after all.',
    nodes: { A: { role: 'follower' }, C: { role: 'leader', currentTerm: 2, machine: { x: '1' } } },
  },
};

export const forgottenVote: Scenario = {
  name: 'forgotten-vote',
  title: 'A restarted node has forgotten its vote',
  about:
    'What is still broken: nothing is on disk yet. A node restarts, and votes a second time in the same term.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.prologue(() => {
      run.timeout('A');
      run.deliver('PreVote', 'A', 'B');
      run.deliver('PreVoteReply', 'B', 'A');
    });
    run.deliver('RequestVote', 'A', 'B');
    run.note(
      'A leads term 1 with the vote of B. Before B hears more of it, B crashes and restarts.',
    );
    run.deliver('RequestVoteReply', 'B', 'A');
    run.crash('B');
    run.restart('B');
    run.note(
      'C has heard nothing of A yet, and times out. B remembers neither term 1 nor its vote.',
    );
    run.timeout('C');
    run.deliver('PreVote', 'C', 'B');
    run.deliver('PreVoteReply', 'B', 'C');
    run.ask(
      'C asks for votes in term 1. B has voted for A in term 1, but does not know it any more. What happens?',
      'B votes for C. Then C leads term 1, and so does A.',
    );
    run.deliver('RequestVote', 'C', 'B');
    run.deliver('RequestVoteReply', 'B', 'C');
  },
  outcome: {
    says: 'A and C both lead term 1.',
    nodes: { A: { role: 'leader', currentTerm: 1 }, C: { role: 'leader', currentTerm: 1 } },
    violates: 'Election Safety',
  },
};
