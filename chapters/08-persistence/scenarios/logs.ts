// Runs of chapter 8 about entries that must be on disk before they count.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, lead, loseContact } from './lead.ts';

/** A leads and takes x=1; C hears nothing of it, and B crashes when it is about to store it. */
function crashesWhileStoring(run: Script, note: string): void {
  lead(run, 'A', 'B');
  run.note('A takes x=1. The message to C is lost.');
  run.request('A', 'x=1');
  run.drop('AppendEntries', 'A', 'C');
  run.note(note);
  run.crashAfter(3);
  run.deliver('AppendEntries', 'A', 'B');
}

export const replyTooEarly: Scenario = {
  name: 'reply-too-early',
  title: 'A reply that left before the write',
  about:
    'With the same rules in another order, a follower acknowledges entries and then writes them.',
  nodes: ['A', 'B', 'C'],
  variant: 'reply-before-write',
  script(run) {
    crashesWhileStoring(
      run,
      'B answers first and means to write afterwards. It crashes in between: the answer is on its way.',
    );
    run.note(
      'Two of three seem to store x=1. A commits it and tells the client so. Then A crashes.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.crash('A');
    run.restart('B');
    loseContact(run, 'C');
    run.ask(
      'B starts again, and x=1 is not on its disk. C asks B for its vote. What will become of x=1?',
      'It is lost. C is elected without it, although a client was told that it is done.',
    );
    run.timeout('C');
    run.drop('PreVote', 'C', 'A');
    run.deliver('PreVote', 'C', 'B');
    run.deliver('PreVoteReply', 'B', 'C');
    run.deliver('RequestVote', 'C', 'B');
    run.deliver('RequestVoteReply', 'B', 'C');
  },
  outcome: {
    says: 'C leads term 2 without x=1, which was committed.',
    nodes: { C: { role: 'leader', currentTerm: 2 } },
    violates: 'Leader Completeness',
  },
};

export const replyAfterWrite: Scenario = {
  name: 'reply-after-write',
  title: 'First the write, then the reply',
  about: 'The same crash, with the rules in their order. What was written is found again.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    crashesWhileStoring(run, 'B writes x=1 to its disk, and crashes before it can answer.');
    run.note('A hears nothing from B, so x=1 is not committed. Then A crashes.');
    run.crash('A');
    run.restart('B');
    loseContact(run, 'C');
    run.timeout('C');
    run.drop('PreVote', 'C', 'A');
    run.ask(
      'B finds x=1 on its disk. C asks whether B would vote for it. What does B answer?',
      'No. The log of B is longer.',
    );
    run.deliver('PreVote', 'C', 'B');
    run.deliver('PreVoteReply', 'B', 'C');
    run.note('B asks in its turn, and is elected.');
    run.prologue(() => {
      elect(run, 'B', 'C');
      run.drop('RequestVote', 'B', 'A');
      run.drop('AppendEntries', 'B', 'A');
    });
    run.deliver('AppendEntries', 'B', 'C');
    run.settle('B', 'C');
  },
  outcome: {
    says: 'B leads term 2, and x=1 is committed after all.',
    nodes: { B: { role: 'leader', currentTerm: 2, machine: { x: '1' } } },
  },
};

/** C holds three entries that nobody else has, and A, elected for term 2, replaces them. */
const uncommitted = {
  A: { currentTerm: 1 },
  B: { currentTerm: 1 },
  C: {
    currentTerm: 1,
    log: [
      { term: 1, command: 'x=1' },
      { term: 1, command: 'y=2' },
      { term: 1, command: 'z=3' },
    ],
  },
};

function electOverC(run: Script): void {
  run.prologue(() => {
    elect(run, 'A', 'B');
    run.note('C learns of term 2, and does not vote for A: the log of C is longer.');
    run.deliver('RequestVote', 'A', 'C');
    run.deliver('RequestVoteReply', 'C', 'A');
  });
}

export const truncationNotWritten: Scenario = {
  name: 'truncation-not-written',
  title: 'A truncation that was not written',
  about: 'With rules that cut the log in memory only, entries that were removed come back.',
  nodes: ['A', 'B', 'C'],
  variant: 'truncation-not-written',
  start: uncommitted,
  script(run) {
    electOverC(run);
    run.note(
      'C cuts its three entries and stores the one of A. On disk only the first place is written.',
    );
    run.deliver('AppendEntries', 'A', 'C');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.crash('C');
    run.ask(
      'C starts again. What is in its log?',
      'The entry of term 2, and behind it two entries of term 1 that had been cut.',
    );
    run.restart('C');
  },
  outcome: {
    says: 'The log of C holds an entry of term 2 before entries of term 1, which no leader ever made.',
    nodes: {
      C: {
        log: [
          { term: 2, command: 'no-op' },
          { term: 1, command: 'y=2' },
          { term: 1, command: 'z=3' },
        ],
      },
    },
    violates: 'Log Matching',
  },
};

export const betweenTwoWrites: Scenario = {
  name: 'between-two-writes',
  title: 'A crash between two writes',
  about:
    'C cuts its log and crashes before it writes the new entry. In this order, that does no harm.',
  nodes: ['A', 'B', 'C'],
  start: uncommitted,
  script(run) {
    electOverC(run);
    run.note('C cuts its log on disk, and crashes before it has written the entry of A.');
    run.crashAfter(3);
    run.deliver('AppendEntries', 'A', 'C');
    run.ask(
      'C starts again with an empty log. It has lost three entries and gained none. What harm is that?',
      'None. Its entries were not committed, and C has not told anybody that it stores that of A.',
    );
    run.restart('C');
    run.note('The next heartbeat repeats what is not acknowledged.');
    run.timeout('A', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'C stores what A stores.',
    nodes: { C: { role: 'follower', currentTerm: 2, log: [{ term: 2, command: 'no-op' }] } },
  },
};

export const commitInBetween: Scenario = {
  name: 'commit-in-between',
  title: 'What is committed is found again',
  about: 'B writes an entry of which it hears that it is committed, and crashes.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'C');
    run.prologue(() => {
      run.request('A', 'x=1');
      run.drop('AppendEntries', 'A', 'B');
      run.settle('A', 'C');
    });
    run.note('x=1 is on the disks of A and C, and committed. B has missed it.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'C');
    run.note(
      'B hears of x=1, and that it is committed. It writes x=1, and crashes before it applies it.',
    );
    run.crashAfter(3);
    run.deliver('AppendEntries', 'A', 'B');
    run.ask(
      'B starts again with x=1 in its log. Which entries does it take for committed?',
      'None. commitIndex is not on disk. It is volatile: a leader will tell it.',
    );
    run.restart('B');
    run.timeout('A', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'B knows again that x=1 is committed, and has applied it.',
    nodes: { B: { role: 'follower', commitIndex: 2, machine: { x: '1' } } },
  },
};
