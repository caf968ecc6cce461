// Runs of chapter 5 in which logs part and meet again; the first two begin like the end of chapter 4.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { conflictingEntry, missingEntry } from '../../04-replication/scenarios/broken.ts';
import { elect } from '../../04-replication/scenarios/elect.ts';

export const missingRepaired: Scenario = {
  name: 'missing-entry-repaired',
  title: 'A missing entry is repaired',
  about: 'The run that chapter 4 got wrong begins in the same way. Now the leader goes back.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    missingEntry(run);
    run.note(
      'B supposes that C holds entry 1. C does not, refuses, and says that its log ends before 1.',
    );
    run.deliver('AppendEntries', 'B', 'C');
    run.ask(
      'What does B do with the refusal?',
      'It goes back: nextIndex for C becomes 1. And it tries again at once.',
    );
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.settle('B', 'C');
  },
  outcome: {
    says: 'C stores the entry that it had missed.',
    nodes: {
      B: { role: 'leader', matchIndex: { A: 0, C: 1 } },
      C: { log: [{ term: 1, command: 'x=1' }] },
    },
  },
};

export const conflictRepaired: Scenario = {
  name: 'conflict-repaired',
  title: 'A conflicting entry is cut',
  about:
    'The other run that chapter 4 got wrong. Now the follower gives up what was never committed.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    conflictingEntry(run);
    run.note('A holds x=1 of term 1 where the leader has y=2 of term 2.');
    run.timeout('B', 'heartbeat');
    run.ask(
      'The entries fit at prevLogIndex 0, but the first conflicts with the log of A. What does A do?',
      'It cuts its log before the conflict and appends what the leader sent. Nobody was promised x=1.',
    );
    run.deliver('AppendEntries', 'B', 'A');
    run.deliver('AppendEntriesReply', 'A', 'B');
    run.timeout('B', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'All three logs are the same.',
    nodes: {
      A: { log: [{ term: 2, command: 'y=2' }], machine: { y: '2' } },
      C: { log: [{ term: 2, command: 'y=2' }], machine: { y: '2' } },
    },
  },
};

const entry = (term: number, command: string) => ({ term, command });

export const lateRefusal: Scenario = {
  name: 'late-refusal',
  title: 'A refusal that arrives twice',
  about: 'The leader has gone back, and the logs have met. Then the old refusal arrives once more.',
  nodes: ['A', 'B', 'C'],
  start: {
    A: { currentTerm: 1, log: [entry(1, 'x=1'), entry(1, 'x=2'), entry(1, 'x=3')] },
    B: { currentTerm: 1, log: [] },
    C: { currentTerm: 1, log: [entry(1, 'x=1'), entry(1, 'x=2'), entry(1, 'x=3')] },
  },
  script(run) {
    elect(run, 'A', 'C');
    run.note(
      'A supposes that B is as far as itself. Two messages leave before B has answered once.',
    );
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('The network delivers the first refusal twice.');
    run.duplicate('AppendEntriesReply', 'B', 'A');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.ask(
      'The second refusal is about the same place. A has gone back already. Does it go back further?',
      'No. The refusal is not about the latest attempt.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('The logs meet.');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A', 2);
    run.note('Now the duplicate. nextIndex is 4 again, just as when the refusal was sent.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.settle('A', 'B');
  },
  outcome: {
    says: 'A knows what B stores, and has not forgotten it.',
    nodes: { A: { role: 'leader' }, B: { role: 'follower', leaderId: 'A' } },
  },
};

export const tooLong: Scenario = {
  name: 'only-what-conflicts',
  title: 'Only what conflicts is cut',
  about:
    'A follower cuts what conflicts, and keeps what comes before it. Where nothing conflicts, it cuts nothing.',
  nodes: ['A', 'B', 'C'],
  start: {
    A: { currentTerm: 2, log: [entry(1, 'x=1'), entry(1, 'x=2'), entry(2, 'y=1')] },
    B: {
      currentTerm: 1,
      log: [entry(1, 'x=1'), entry(1, 'x=2'), entry(1, 'x=3'), entry(1, 'x=4')],
    },
    C: { currentTerm: 2, log: [] },
  },
  script(run) {
    elect(run, 'A', 'C');
    run.deliver('AppendEntries', 'A', 'B');
    run.ask(
      'B holds term 1 where A supposes term 2, and says that its entries of term 1 begin at index 1. A has entries of term 1 too. Where does A try next?',
      'After its own last entry of term 1, at index 3. Beyond that A has nothing of term 1 on which they could agree.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('The third entry conflicts. B cuts it and the fourth, and keeps the first two.');
    run.deliver('AppendEntries', 'A', 'B');
    run.settle('A', 'B');
    run.note('C holds nothing, and refuses as well.');
    run.deliver('AppendEntries', 'A', 'C');
    run.note('A goes back to index 1 and sends its three entries.');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('The network makes a copy of that message.');
    run.duplicate('AppendEntries', 'A', 'C');
    run.note('C stores the three entries: two of term 1 and one of term 2.');
    run.deliver('AppendEntries', 'A', 'C');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('A takes a command, the first of term 3. It goes to B and C.');
    run.request('A', 'z=1');
    run.note('C stores the fourth entry.');
    run.deliver('AppendEntries', 'A', 'C', 2);
    run.note('A hears of it. Two of three store z=1, and it is committed.');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.ask(
      'Now the copy of the older message arrives. It is of term 3 and carries entries of terms 1, 1 and 2. What does C cut?',
      'Nothing. Entries conflict when their own terms differ. C holds these three already, with the same terms, so z=1 stays.',
    );
    run.deliver('AppendEntries', 'A', 'C');
    run.settle();
  },
  outcome: {
    says: 'B and C have the log of A.',
    nodes: {
      B: { log: [entry(1, 'x=1'), entry(1, 'x=2'), entry(2, 'y=1'), entry(3, 'z=1')] },
      C: { log: [entry(1, 'x=1'), entry(1, 'x=2'), entry(2, 'y=1'), entry(3, 'z=1')] },
    },
  },
};
