// Runs of chapter 10 in which a leader goes while it sends a snapshot.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, loseContact } from '../../08-persistence/scenarios/lead.ts';
import { beatAmongTwo, compactWithout, threeKeys, twoKeys } from './lead.ts';

export const formerLeader: Scenario = {
  name: 'snapshot-of-a-former-leader',
  title: 'A snapshot of a former leader',
  about: 'A sends a snapshot and is replaced. What it sent arrives afterwards.',
  nodes: ['A', 'B', 'C'],
  start: threeKeys,
  script(run) {
    compactWithout(run);
    beatAmongTwo(run);
    run.note('C has received one of two chunks.');
    run.deliver('InstallSnapshot', 'A', 'C');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    loseContact(run, 'B', 'C');
    run.note('B is elected for term 3, with the vote of C. The second chunk is still on its way.');
    run.prologue(() => elect(run, 'B', 'C'));
    run.ask(
      'The last chunk from A arrives at C. It belongs to what C has received. Does C install the snapshot?',
      'No. A leads no more. C tells it the newer term.',
    );
    run.deliver('InstallSnapshot', 'A', 'C');
    run.note('A learns that it is replaced, and forgets what it was sending.');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.note(
      'B sends its own snapshot, from the beginning: C throws away what it had of the other.',
    );
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.settle('B', 'C');
  },
  outcome: {
    says: 'C has the snapshot of B.',
    nodes: {
      B: { role: 'leader', currentTerm: 3 },
      C: { role: 'follower', currentTerm: 3, machine: { x: '1', y: '2', z: '3' } },
    },
  },
};

export const steppedDown: Scenario = {
  name: 'answer-after-stepping-down',
  title: 'An answer to a leader that has stepped down',
  about:
    'C installs a snapshot. When its answer arrives, A leads no more, and is still in its term.',
  nodes: ['A', 'B', 'C'],
  start: twoKeys,
  script(run) {
    compactWithout(run);
    run.prologue(() => {
      run.timeout('A', 'heartbeat');
      run.drop('AppendEntries', 'A', 'B');
    });
    run.note('C installs the snapshot of A. Its answer is slow.');
    run.deliver('InstallSnapshot', 'A', 'C');
    run.prologue(() => run.timeout('A'));
    run.note(
      'A has heard from nobody for an election timeout. It steps down, and sends no snapshot.',
    );
    run.timeout('A');
    run.ask(
      'The answer of C arrives, from the term in which A led. What does A make of it?',
      'Nothing. Only a leader keeps count of its followers.',
    );
    run.deliver('InstallSnapshotReply', 'C', 'A');
  },
  outcome: {
    says: 'A is a follower that counts nobody.',
    nodes: { A: { role: 'follower', currentTerm: 2 }, C: { machine: { x: '2', y: '3' } } },
  },
};

export const formerTerm: Scenario = {
  name: 'answer-to-a-former-term',
  title: 'An answer from a former term',
  about: 'A leads, steps down and is elected again. Then an answer to its first term arrives.',
  nodes: ['A', 'B', 'C'],
  start: twoKeys,
  script(run) {
    compactWithout(run);
    beatAmongTwo(run);
    run.note('C installs the snapshot of A. Its answer is slow.');
    run.deliver('InstallSnapshot', 'A', 'C');
    run.prologue(() => {
      run.timeout('A');
      run.timeout('A');
      loseContact(run, 'B', 'C');
      elect(run, 'A', 'B');
      run.settle('A', 'B');
    });
    run.ask(
      'A leads again, in term 3. The answer of C is from term 2, and true. Does A count it?',
      'No. An answer from an earlier term may have been overtaken by anything. A waits for one of this term.',
    );
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.settle();
  },
  outcome: {
    says: 'C has caught up in term 3.',
    nodes: {
      A: { role: 'leader', currentTerm: 3 },
      C: { role: 'follower', currentTerm: 3, machine: { x: '2', y: '3' } },
    },
  },
};
