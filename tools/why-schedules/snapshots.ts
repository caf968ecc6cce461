// Thought-out runs for the questions of chapter 10: with a snapshot that is not what the log was, a node comes to lead, and
// a client reads there.

import type { Script } from '../../lib/cluster/script.ts';
import { elect, lead, loseContact } from '../../chapters/08-persistence/scenarios/lead.ts';
import { exchange, schedule } from './clients.ts';

const setByAnn = (command: string, sequence: number) => ({ command, client: 'Ann', sequence });

/** A leads. Ann sets x, y and z, which C does not hear of; A and B compact their logs. */
function setThreeWithoutC(run: Script): void {
  lead(run, 'A', 'B');
  run.partition(['A', 'B'], ['C']);
  ['x=1', 'y=2', 'z=3'].forEach((command, place) => {
    run.request('A', setByAnn(command, place + 1));
    run.settle();
  });
  run.timeout('A', 'heartbeat');
  run.settle();
  run.heal();
}

/** C is elected with the vote of B, and Cleo reads there what Ann has set. */
function readAtC(run: Script, key: string): void {
  run.dropAll();
  loseContact(run, 'B', 'C');
  elect(run, 'C', 'B');
  exchange(run, 'AppendEntries', 'C', 'B');
  run.request('C', { command: `${key}?`, client: 'Cleo', sequence: 1, read: 'index' });
  exchange(run, 'AppendEntries', 'C', 'B');
}

/** C gets the first of two chunks, and takes it for the whole. */
export const installsHalf = schedule((run) => {
  setThreeWithoutC(run);
  run.timeout('A', 'heartbeat');
  run.deliver('InstallSnapshot', 'A', 'C');
  readAtC(run, 'z');
});

/** C forgets the first chunk in a crash; then the second arrives, twice. */
export const chunksAnywhere = schedule((run) => {
  setThreeWithoutC(run);
  run.timeout('A', 'heartbeat');
  exchange(run, 'InstallSnapshot', 'A', 'C');
  run.crash('C');
  run.restart('C');
  exchange(run, 'InstallSnapshot', 'A', 'C');
  run.deliver('InstallSnapshot', 'A', 'C');
  readAtC(run, 'x');
});

/** The last chunk of an older snapshot follows the first of a newer one. */
export const chunksOfTwoSnapshots = schedule((run) => {
  lead(run, 'A', 'B');
  ['x=1', 'y=2'].forEach((command, place) => {
    run.request('A', setByAnn(command, place + 1));
    run.settle();
  });
  run.request('A', setByAnn('z=3', 3));
  run.deliver('AppendEntries', 'A', 'C');
  exchange(run, 'AppendEntries', 'A', 'B');
  run.timeout('A', 'heartbeat');
  exchange(run, 'InstallSnapshot', 'A', 'C');
  run.deliver('AppendEntriesReply', 'C', 'A');
  run.settle('A', 'B');
  ['x=4', 'x=5', 'x=6', 'z=7'].forEach((command, place) => {
    run.request('A', { command, client: 'Ben', sequence: place + 1 });
    run.drop('AppendEntries', 'A', 'C');
    run.settle('A', 'B');
  });
  run.timeout('A', 'heartbeat');
  run.settle('A', 'B');
  run.deliver('InstallSnapshot', 'A', 'C', 2);
  run.deliver('InstallSnapshot', 'A', 'C');
  run.settle('A', 'C');
  readAtC(run, 'z');
});

/** C stores an entry more than the snapshot covers, has said so, and throws it away. */
export const suffixDiscarded = schedule((run) => {
  lead(run, 'A', 'B');
  for (const command of ['x=1', 'x=2']) {
    run.request('A', command);
    run.settle();
  }
  run.request('A', 'x=3');
  run.request('A', 'x=4');
  run.deliver('AppendEntries', 'A', 'C', 2);
  exchange(run, 'AppendEntries', 'A', 'B');
  run.timeout('A', 'heartbeat');
  run.deliver('InstallSnapshot', 'A', 'C');
  run.deliver('AppendEntriesReply', 'C', 'A');
  run.dropAll();
  loseContact(run, 'B', 'C');
  elect(run, 'C', 'B');
});
