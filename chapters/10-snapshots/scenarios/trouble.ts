// Runs of chapter 10 in which a snapshot is sent and something happens on the way.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect } from '../../08-persistence/scenarios/lead.ts';
import { beatAmongTwo, compactWithout, storedByAll, threeKeys, twoKeys } from './lead.ts';

export const chunksTwice: Scenario = {
  name: 'chunks-twice',
  title: 'A chunk that comes twice',
  about: 'The network copies a chunk, and then the answer to the last one.',
  nodes: ['A', 'B', 'C'],
  start: threeKeys,
  script(run) {
    compactWithout(run);
    beatAmongTwo(run);
    run.duplicate('InstallSnapshot', 'A', 'C');
    run.deliver('InstallSnapshot', 'A', 'C');
    run.ask(
      'The same chunk arrives again. What does C do with it?',
      'It stores nothing: a chunk must begin where the last one ended. It only tells again how much it has.',
    );
    run.deliver('InstallSnapshot', 'A', 'C');
    run.note('A answers each of the two with the second chunk.');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.deliver('InstallSnapshot', 'A', 'C');
    run.note('The snapshot is installed already. C has nothing to do, and says so.');
    run.deliver('InstallSnapshot', 'A', 'C');
    run.duplicate('InstallSnapshotReply', 'C', 'A');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.note('One more command reaches C.');
    run.request('A', 'x=4');
    run.deliver('AppendEntries', 'A', 'C');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.ask(
      'matchIndex is 5 for C. Now the copies of the old answer arrive, about index 4. What changes?',
      'Nothing. matchIndex never goes back.',
    );
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.settle();
  },
  outcome: {
    says: 'C has the snapshot, and the entry after it.',
    nodes: { A: { role: 'leader' }, C: { role: 'follower', currentTerm: 2 } },
  },
};

export const receiverRestarts: Scenario = {
  name: 'receiver-restarts',
  title: 'The receiver starts again',
  about: 'C crashes between two chunks. What had arrived was in its memory only.',
  nodes: ['A', 'B', 'C'],
  start: threeKeys,
  script(run) {
    compactWithout(run);
    beatAmongTwo(run);
    run.deliver('InstallSnapshot', 'A', 'C');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.note('The second chunk is on its way. C crashes, and starts again.');
    run.crash('C');
    run.restart('C');
    run.ask(
      'The second chunk arrives, and it is the last. Is the snapshot complete?',
      'No. C has nothing of it. The chunk begins at piece 2, and C needs piece 0.',
    );
    run.deliver('InstallSnapshot', 'A', 'C');
    run.note('A begins again.');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.settle();
  },
  outcome: {
    says: 'C has the whole snapshot.',
    nodes: { C: { role: 'follower', machine: { x: '1', y: '2', z: '3' } } },
  },
};

export const crashWhileInstalling: Scenario = {
  name: 'crash-while-installing',
  title: 'A crash while a snapshot is installed',
  about: 'C crashes just before its snapshot is written, and the next time just after.',
  nodes: ['A', 'B', 'C'],
  start: storedByAll('x=1', 'x=2', 'y=3'),
  script(run) {
    compactWithout(run);
    beatAmongTwo(run);
    run.note('C is in term 1, and has three entries. It crashes before it can write the snapshot.');
    run.crashAfter(3);
    run.deliver('InstallSnapshot', 'A', 'C');
    run.ask(
      'What is on the disk of C?',
      'Term 2, and its old log. Snapshot and log change together or not at all.',
    );
    run.restart('C');
    beatAmongTwo(run);
    run.note('A has heard nothing, and sends the snapshot again. C crashes before it can answer.');
    run.crashAfter(3);
    run.deliver('InstallSnapshot', 'A', 'C');
    run.note('This time it starts from the snapshot.');
    run.restart('C');
    beatAmongTwo(run);
    run.ask(
      'A does not know that, and sends the snapshot once more. What does C answer?',
      'That it is installed. All of it is committed here already.',
    );
    run.deliver('InstallSnapshot', 'A', 'C');
    run.settle();
  },
  outcome: {
    says: 'C has the snapshot, and A knows it.',
    nodes: { C: { role: 'follower', currentTerm: 2, machine: { x: '2', y: '3' } } },
  },
};

export const oldSnapshot: Scenario = {
  name: 'old-snapshot',
  title: 'A snapshot that comes too late',
  about: 'C is past a snapshot when a copy of it arrives.',
  nodes: ['A', 'B', 'C'],
  start: twoKeys,
  script(run) {
    compactWithout(run);
    beatAmongTwo(run);
    run.duplicate('InstallSnapshot', 'A', 'C');
    run.deliver('InstallSnapshot', 'A', 'C');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.prologue(() => {
      run.request('A', 'y=4');
      run.deliver('AppendEntries', 'A', 'C');
      run.deliver('AppendEntriesReply', 'C', 'A');
      run.timeout('A', 'heartbeat');
      run.settle('A', 'B');
      while (run.cluster.inFlight.some(({ message }) => message.type === 'AppendEntries'))
        run.deliver('AppendEntries', 'A', 'C');
    });
    run.ask(
      'C has applied index 5: y is 4. Now the copy of the snapshot arrives, in which y is 3. Does C install it?',
      'No. It would go back in time, and forget an entry that is committed.',
    );
    run.deliver('InstallSnapshot', 'A', 'C');
    run.settle();
  },
  outcome: {
    says: 'y is still 4 on C.',
    nodes: { C: { role: 'follower', machine: { x: '2', y: '4' } } },
  },
};

export const newerMeanwhile: Scenario = {
  name: 'newer-meanwhile',
  title: 'A newer snapshot meanwhile',
  about: 'While C is sent a snapshot, the leader takes the next one.',
  nodes: ['A', 'B', 'C'],
  start: threeKeys,
  script(run) {
    compactWithout(run);
    beatAmongTwo(run);
    run.deliver('InstallSnapshot', 'A', 'C');
    run.note('Four more commands. A and B compact their logs again, up to index 8.');
    run.prologue(() => {
      for (const value of ['4', '5', '6', '7']) {
        run.request('A', `x=${value}`);
        run.settle('A', 'B');
        run.drop('InstallSnapshot', 'A', 'C');
      }
    });
    run.ask(
      'C has two of the three pieces of the snapshot up to 4. Which chunk does A send now?',
      'The last one of that snapshot. If it began anew with each new snapshot, C might never get a whole one.',
    );
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.deliver('InstallSnapshot', 'A', 'C');
    run.note(
      'C has installed it, and needs index 5. That is gone too, so the next snapshot follows.',
    );
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.settle();
  },
  outcome: {
    says: 'C has caught up with two snapshots.',
    nodes: { C: { role: 'follower', machine: { x: '7', y: '2', z: '3' } } },
  },
};

export const mixedChunks: Scenario = {
  name: 'mixed-chunks',
  title: 'Chunks of two snapshots',
  about: 'A chunk of an older snapshot arrives when a newer one has begun.',
  nodes: ['A', 'B', 'C'],
  start: storedByAll('x=1', 'y=2', 'z=3'),
  script(run) {
    run.prologue(() => {
      elect(run, 'A', 'B');
      run.deliver('RequestVote', 'A', 'C');
      run.deliver('AppendEntries', 'A', 'C');
      run.settle('A', 'B');
    });
    run.note('C stores four entries. Its acknowledgement is slow, so A sends it a snapshot.');
    beatAmongTwo(run);
    run.deliver('InstallSnapshot', 'A', 'C');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.note(
      'The second chunk is on its way. Now the acknowledgement arrives: C needs no snapshot.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('Four more commands, of which C gets nothing. A takes a snapshot up to index 8.');
    run.prologue(() => {
      for (const command of ['x=4', 'x=5', 'x=6', 'z=7']) {
        run.request('A', command);
        run.settle('A', 'B');
        run.drop('AppendEntries', 'A', 'C');
      }
      run.timeout('A', 'heartbeat');
      run.settle('A', 'B');
    });
    run.note('The first chunk of the new snapshot overtakes the last chunk of the old one.');
    run.deliver('InstallSnapshot', 'A', 'C', 2);
    run.ask(
      'C has two pieces of the snapshot up to 8. The late chunk has piece 2, but of the snapshot up to 4. Does C take it?',
      'No. It would make a state in which the machine never was.',
    );
    run.deliver('InstallSnapshot', 'A', 'C');
    run.settle();
  },
  outcome: {
    says: 'C has the newer snapshot, and nothing of the older one.',
    nodes: { C: { role: 'follower', machine: { x: '6', y: '2', z: '7' } } },
  },
};

export const signOfLife: Scenario = {
  name: 'sign-of-life',
  title: 'A chunk is a sign of life',
  about:
    'Between two chunks C loses patience, and asks for pre-votes. Then the next chunk arrives.',
  nodes: ['A', 'B', 'C'],
  start: threeKeys,
  script(run) {
    compactWithout(run);
    beatAmongTwo(run);
    run.deliver('InstallSnapshot', 'A', 'C');
    run.deliver('InstallSnapshotReply', 'C', 'A');
    run.note('The second chunk is slow, and the election timer of C runs out.');
    run.timeout('C');
    run.note('B hears from A, and refuses. C lacks everything, and could not win anyway.');
    run.deliver('PreVote', 'C', 'B');
    run.deliver('PreVoteReply', 'B', 'C');
    run.ask(
      'C is a pre-candidate. The chunk arrives. Does C take it?',
      'Yes. The leader of its term is there: C follows it again, and waits for an election timeout anew.',
    );
    run.deliver('InstallSnapshot', 'A', 'C');
    run.settle();
  },
  outcome: {
    says: 'C follows A, and has its snapshot.',
    nodes: {
      A: { role: 'leader', currentTerm: 2 },
      C: { role: 'follower', currentTerm: 2, machine: { x: '1', y: '2', z: '3' } },
    },
  },
};
