// Runs of chapter 10 in which a follower is sent a snapshot, and everything about it goes well.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, lead } from '../../08-persistence/scenarios/lead.ts';
import { compactWithout, entries, storedByAll, threeKeys, twoKeys } from './lead.ts';

export const snapshotInstead: Scenario = {
  name: 'snapshot-instead',
  title: 'A snapshot instead of entries',
  about: 'C was away. What it lacks is discarded everywhere, so it is sent what came of it.',
  nodes: ['A', 'B', 'C'],
  start: threeKeys,
  script(run) {
    compactWithout(run);
    run.note('One more command, after the snapshot. It has not reached C either.');
    run.request('A', 'x=4');
    run.prologue(() => {
      run.settle('A', 'B');
      run.dropAll();
    });
    run.ask(
      'C needs the entry at index 1, and the log of A begins after index 4. What does A send with its next heartbeat?',
      'InstallSnapshot: where its snapshot ends, and the first two of its three pieces.',
    );
    run.timeout('A', 'heartbeat');
    run.prologue(() => run.settle('A', 'B'));
    run.note('C keeps the chunk in memory. One is missing, and C tells how much has arrived.');
    run.deliver('InstallSnapshot', 'A', 'C');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.note(
      'This is the last chunk. C writes the snapshot, begins its log after index 4, and takes over state machine, commitIndex and lastApplied.',
    );
    run.deliver('InstallSnapshot', 'A', 'C');
    run.note('What follows the snapshot comes as entries: prevLogIndex is 4, just where it ends.');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.deliver('AppendEntries', 'A', 'C');
    run.settle();
  },
  outcome: {
    says: 'C has what A and B have.',
    nodes: { C: { role: 'follower', currentTerm: 2, machine: { x: '4', y: '2', z: '3' } } },
  },
};

export const atTheEdge: Scenario = {
  name: 'at-the-edge',
  title: 'Just before the edge, and just after',
  about: 'B stores the last entry of the snapshot; C stores the one before it.',
  nodes: ['A', 'B', 'C'],
  start: twoKeys,
  script(run) {
    run.prologue(() => {
      elect(run, 'A', 'B');
      run.drop('RequestVote', 'A', 'C');
      run.deliver('AppendEntries', 'A', 'B');
      run.deliver('AppendEntries', 'A', 'C');
      run.deliver('AppendEntriesReply', 'C', 'A');
      run.deliver('AppendEntries', 'A', 'C');
      run.deliver('AppendEntriesReply', 'C', 'A');
      run.drop('AppendEntries', 'A', 'C');
    });
    run.note(
      'C has stored three entries, and acknowledged them. B has stored all four. A commits them, applies them, and discards all of them.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.ask(
      'nextIndex is 5 for B and 4 for C. The log of A begins after index 4. Whom does A send entries, and whom a snapshot?',
      'B needs index 5, which comes right after the snapshot: an AppendEntries with prevLogIndex 4. C needs index 4, which is gone: a snapshot.',
    );
    run.request('A', 'y=5');
    run.note('B finds an entry of term 2 at index 4, and takes the new one.');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('InstallSnapshot', 'A', 'C');
    run.note(
      'C lacked only one entry of the four. Its log ends before the snapshot does, so all of it goes.',
    );
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.settle();
    run.prologue(() => run.timeout('A', 'heartbeat'));
    run.settle();
  },
  outcome: {
    says: 'Everybody has applied all five entries.',
    nodes: {
      B: { machine: { x: '2', y: '5' } },
      C: { machine: { x: '2', y: '5' } },
    },
  },
};

export const suffixStays: Scenario = {
  name: 'suffix-stays',
  title: 'What follows the snapshot stays',
  about: 'A snapshot arrives at a node that stores all it covers, and one entry more.',
  nodes: ['A', 'B', 'C'],
  start: storedByAll('x=1', 'x=2', 'y=3'),
  script(run) {
    run.prologue(() => {
      elect(run, 'A', 'B');
      run.deliver('AppendEntries', 'A', 'B');
      run.deliver('RequestVote', 'A', 'C');
      run.request('A', 'x=4');
      run.drop('AppendEntries', 'A', 'B');
      run.drop('AppendEntries', 'A', 'C');
    });
    run.note('C stores entries 4 and 5. Its acknowledgement is slow.');
    run.deliver('AppendEntries', 'A', 'C');
    run.note('B has acknowledged entry 4. A commits it and compacts its log.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('As far as A knows, C needs entry 4. It sends a snapshot.');
    run.timeout('A', 'heartbeat');
    run.prologue(() => run.drop('AppendEntries', 'A', 'B'));
    run.ask(
      'C stores the last entry of the snapshot, and entry 5 after it. May it throw its log away?',
      'No. It has acknowledged entry 5, and A will count on it. It discards what the snapshot covers, and keeps the rest.',
    );
    run.deliver('InstallSnapshot', 'A', 'C');
    run.note(
      'The slow acknowledgement arrives. A and C are two of three, so entry 5 is committed.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.ask(
      'The answer to the snapshot tells of index 4. What does A make of it?',
      'Nothing. It knows that C stores everything up to 5.',
    );
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.settle('A', 'C');
  },
  outcome: {
    says: 'Entry 5 is committed, and is stored by A and C.',
    nodes: {
      A: { role: 'leader', machine: { x: '4', y: '3' } },
      C: { role: 'follower' },
    },
  },
};

export const conflictGoes: Scenario = {
  name: 'conflict-goes',
  title: 'A log in conflict goes',
  about: 'C once led, and holds entries that nobody else has. A snapshot covers their places.',
  nodes: ['A', 'B', 'C'],
  start: {
    A: { currentTerm: 2, log: entries(1, 'x=1', 'x=2', 'y=3') },
    B: { currentTerm: 2, log: entries(1, 'x=1', 'x=2', 'y=3') },
    C: {
      currentTerm: 2,
      log: [...entries(1, 'x=1'), ...entries(2, 'no-op', 'z=6', 'z=7', 'z=8')],
    },
  },
  script(run) {
    run.prologue(() => {
      elect(run, 'A', 'B');
      run.settle('A', 'B');
      run.drop('RequestVote', 'A', 'C');
    });
    run.note('A leads term 3 and has compacted its log. Its first message to C arrives late.');
    run.deliver('AppendEntries', 'A', 'C');
    run.note(
      'C holds an entry of term 2 at index 3, and says that its entries of term 2 begin at 2. That is long gone on A.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.ask(
      'C stores an entry at index 4, and one after it. Does it keep that one?',
      'No. Its entry at index 4 is of term 2, and that of the snapshot is of term 3. Nothing that follows a wrong entry can be right.',
    );
    run.deliver('InstallSnapshot', 'A', 'C');
    run.settle();
  },
  outcome: {
    says: 'C holds what is committed, and nothing of its own.',
    nodes: { C: { role: 'follower', currentTerm: 3, machine: { x: '2', y: '3' } } },
  },
};

export const beginsBefore: Scenario = {
  name: 'begins-before',
  title: 'Entries from before the snapshot',
  about: 'C has compacted its log further than its leader knows.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.prologue(() => {
      for (const command of ['x=1', 'x=2']) {
        run.request('A', command);
        run.settle();
      }
    });
    run.note('A and B apply a fourth entry, and compact their logs up to index 4.');
    run.prologue(() => {
      run.request('A', 'y=3');
      run.settle();
      run.request('A', 'y=4');
      run.drop('AppendEntries', 'A', 'C');
      run.request('A', 'y=5');
      run.drop('AppendEntries', 'A', 'C');
      run.settle();
    });
    run.note('Two entries more are committed, and C has missed them. The next heartbeat has both.');
    run.timeout('A', 'heartbeat');
    run.prologue(() => run.settle('A', 'B'));
    run.note('C hears of three committed entries at once. It compacts its log up to index 6.');
    run.deliver('AppendEntries', 'A', 'C');
    run.note('Its acknowledgement is lost.');
    run.drop('AppendEntriesReply', 'C', 'A');
    run.prologue(() => {
      run.request('A', 'y=6');
      run.settle('A', 'B');
    });
    run.ask(
      'A sends three entries that come after index 4. The log of C has no index 4 any more. Does C refuse?',
      'No. Its snapshot covers index 4, so the entry there was committed, and is the same as that of A. C tells that it stores all up to 6.',
    );
    run.deliver('AppendEntries', 'A', 'C');
    run.note('A goes on after index 6.');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.settle();
  },
  outcome: {
    says: 'C has applied what A has.',
    nodes: { C: { role: 'follower', machine: { x: '2', y: '6' } } },
  },
};

export const meanwhile: Scenario = {
  name: 'meanwhile',
  title: 'The others go on',
  about: 'Commands and reads are served while B waits for a snapshot.',
  nodes: ['A', 'B', 'C'],
  start: { ...twoKeys, B: twoKeys.C, C: twoKeys.B },
  script(run) {
    compactWithout(run, 'C');
    run.ask(
      'A client sets x. C is sent the entry. What is B sent?',
      'The snapshot again, from its beginning. An entry at index 5 would be of no use to it.',
    );
    run.request('A', 'x=4');
    run.prologue(() => {
      run.settle('A', 'C');
      run.dropAll();
    });
    run.note('Ann reads x without the log. The round of heartbeats has a snapshot for B, too.');
    run.request('A', { command: 'x?', client: 'Ann', sequence: 1, read: 'index' });
    run.deliver('AppendEntries', 'A', 'C');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('B gets one of the snapshots that were sent, and then the entry.');
    run.deliver('InstallSnapshot', 'A', 'B');
    run.settle();
    run.note('The next round is one of heartbeats for both.');
    run.timeout('A', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'Everybody has applied x=4.',
    nodes: {
      A: { role: 'leader', machine: { x: '4', y: '3' } },
      B: { machine: { x: '4', y: '3' } },
    },
  },
};

export const roundForAll: Scenario = {
  name: 'round-for-all',
  title: 'One needs a snapshot, and the next does not',
  about: 'B is away, and does not answer. C must hear the heartbeats of A all the same.',
  nodes: ['A', 'B', 'C'],
  start: { ...twoKeys, B: twoKeys.C, C: twoKeys.B },
  script(run) {
    compactWithout(run, 'C');
    run.crash('B');
    run.ask(
      'A comes to B first, and has no entry for it. What does its round of heartbeats look like?',
      'A snapshot for B, which is lost, and then a heartbeat for C.',
    );
    run.timeout('A', 'heartbeat');
    run.drop('InstallSnapshot', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.settle();
    run.note('A and C are two of three, and go on.');
    run.request('A', 'x=4');
    run.drop('InstallSnapshot', 'A', 'B');
    run.settle();
  },
  outcome: {
    says: 'A leads and commits with C.',
    nodes: { A: { role: 'leader', machine: { x: '4', y: '3' } } },
  },
};
