// Runs of chapter 4 in which the leader changes, and what that does to the log.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, electAndSettle } from './elect.ts';

export const lateAcknowledgement: Scenario = {
  name: 'late-acknowledgement',
  title: 'An acknowledgement from an earlier term',
  about: 'A leader is deposed and elected again. An answer to its former self arrives.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    electAndSettle(run, 'A', 'B');
    run.request('A', 'x=1');
    run.drop('AppendEntries', 'A', 'C');
    run.settle('A', 'B');
    run.note('B has acknowledged x=1. The next heartbeat reaches B, but its answer is held back.');
    run.timeout('A', 'heartbeat');
    run.drop('AppendEntries', 'A', 'C');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('Meanwhile C starts term 2 and deposes A.');
    run.timeout('C');
    run.deliver('RequestVote', 'C', 'A');
    run.drop('RequestVote', 'C', 'B');
    run.note('A has the longer log, refuses its vote, and is elected again, in term 3.');
    run.timeout('A');
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVoteReply', 'B', 'A');
    run.ask(
      'Now the answer of term 1 arrives: B stores x=1. Does it count?',
      'No. Between then and now the log of B may have changed. Only answers of this term count.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('The heartbeat of term 3 asks again, and gets an answer of term 3.');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A');
  },
  outcome: {
    says: 'A leads term 3 and knows from an answer of term 3 that B stores the entry.',
    nodes: { A: { role: 'leader', currentTerm: 3, machine: { x: '1' } } },
  },
};

const entry = { term: 1, command: 'x=1' };

export const staleRequest: Scenario = {
  name: 'stale-request',
  title: 'A good log does not make up for an old term',
  about: 'A candidate with an up-to-date log asks in an old term. The voter still has its vote.',
  nodes: ['A', 'B', 'C'],
  start: {
    A: { currentTerm: 1, log: [entry] },
    B: { currentTerm: 1, log: [entry] },
    C: { currentTerm: 1 },
  },
  script(run) {
    run.note('A starts term 2. Its requests are held back.');
    run.timeout('A');
    run.note('C, whose log is empty, starts term 2 and then term 3.');
    run.timeout('C');
    run.drop('RequestVote', 'C', 'A');
    run.drop('RequestVote', 'C', 'B');
    run.timeout('C');
    run.note('B adopts term 3. It refuses C its vote, because the log of C is shorter.');
    run.deliver('RequestVote', 'C', 'B');
    run.ask(
      'B has not voted in term 3. Now the request of A arrives, from term 2. The log of A is as good as that of B. What does B answer?',
      'No. The vote of B is for term 3, and A asks for one in term 2.',
    );
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVoteReply', 'B', 'A');
  },
  outcome: {
    says: 'B has not voted in term 3, and A has learned of it.',
    nodes: { A: { role: 'follower', currentTerm: 3 }, B: { votedFor: null, currentTerm: 3 } },
  },
};

export const lostBeforeCommit: Scenario = {
  name: 'lost-before-commit',
  title: 'A leader lost before the commit',
  about: 'The entry is on one node only, and that node is gone. The client was never told "done".',
  nodes: ['A', 'B', 'C'],
  script(run) {
    electAndSettle(run, 'A', 'B');
    run.request('A', 'x=1');
    run.note('A crashes before anybody else has the entry. No majority stores it.');
    run.drop('AppendEntries', 'A', 'B');
    run.drop('AppendEntries', 'A', 'C');
    run.crash('A');
    elect(run, 'B', 'C');
    run.note('The new leader does not know of x. That is right: it was never committed.');
    run.deliver('AppendEntries', 'B', 'C');
    run.request('B', 'y=2');
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.deliver('AppendEntriesReply', 'C', 'B');
  },
  outcome: {
    says: 'y=2 is committed at index 1; x=1 never was.',
    nodes: {
      A: { commitIndex: 0, lastApplied: 0 },
      B: { role: 'leader', commitIndex: 1, machine: { y: '2' } },
      C: { log: [{ term: 2, command: 'y=2' }] },
    },
  },
};

export const lostAfterCommit: Scenario = {
  name: 'lost-after-commit',
  title: 'A leader lost after the commit',
  about: 'The client was told "done", and the leader is gone. The entry must survive.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    electAndSettle(run, 'A', 'B');
    run.request('A', 'x=1');
    run.deliver('AppendEntries', 'A', 'B');
    run.note(
      'A commits the entry and answers the client. Then it crashes. C has never seen the entry.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.drop('AppendEntries', 'A', 'C');
    run.crash('A');
    run.note('C times out first and asks B for its vote.');
    run.timeout('C');
    run.ask(
      'C is in a newer term than B. Does B vote for it?',
      'No. The log of C is shorter than that of B. A leader must hold every committed entry.',
    );
    run.deliver('RequestVote', 'C', 'B');
    run.deliver('RequestVoteReply', 'B', 'C');
    run.note('B times out and asks C. The log of B is longer, so C votes for it.');
    run.timeout('B');
    run.deliver('RequestVote', 'B', 'C');
    run.deliver('RequestVoteReply', 'C', 'B');
    run.note('B leads with the entry in its log.');
    run.request('B', 'y=2');
  },
  outcome: {
    says: 'The new leader holds the committed entry.',
    nodes: {
      B: {
        role: 'leader',
        log: [
          { term: 1, command: 'x=1' },
          { term: 3, command: 'y=2' },
        ],
      },
      C: { role: 'follower' },
    },
  },
};

export const olderLog: Scenario = {
  name: 'older-log',
  title: 'The term of the last entry counts before the length',
  about: 'A candidate has the longer log, but the older one. It is refused.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    electAndSettle(run, 'A', 'B', 'C');
    run.note('A is cut off, and takes two commands that reach nobody.');
    run.partition(['A'], ['B', 'C', 'D', 'E']);
    run.request('A', 'x=1');
    run.request('A', 'x=2');
    elect(run, 'B', 'C', 'D');
    run.note('B leads term 2 and takes one command, which a majority stores.');
    run.request('B', 'y=1');
    run.deliver('AppendEntries', 'B', 'C', 2);
    run.deliver('AppendEntries', 'B', 'D', 2);
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.deliver('AppendEntriesReply', 'D', 'B');
    run.heal();
    run.note('The network heals. A hears of term 2 from the refusal of C, and later times out.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'C');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.timeout('A');
    run.ask(
      'A asks for votes in term 3. Its log has two entries of term 1; that of C has one of term 2. Does C vote for A?',
      'No. The last entry of C is of a newer term, so its log is more up to date, although it is shorter.',
    );
    run.deliver('RequestVote', 'A', 'C');
    run.note('E has no entry at all. For E, the log of A is up to date enough.');
    run.deliver('RequestVote', 'A', 'E');
    run.deliver('RequestVoteReply', 'C', 'A');
    run.deliver('RequestVoteReply', 'E', 'A');
    run.deliver('RequestVote', 'A', 'D');
    run.deliver('RequestVoteReply', 'D', 'A');
  },
  outcome: {
    says: 'A does not lead: every majority has a node that stores y=1 and refuses.',
    nodes: {
      A: { role: 'candidate', votesGranted: ['A', 'E'] },
      C: { votedFor: null, commitIndex: 0 },
      D: { votedFor: null },
    },
  },
};
