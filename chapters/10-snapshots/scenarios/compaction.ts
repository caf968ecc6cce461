// Runs of chapter 10 about what one node does by itself: take a snapshot, discard entries, start again from it.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, lead, loseContact } from '../../08-persistence/scenarios/lead.ts';
import { storedByAll } from './lead.ts';

const values = ['1', '2', '3', '4', '5', '6'];

export const startsFromSnapshot: Scenario = {
  name: 'starts-from-snapshot',
  title: 'What is settled is not executed again',
  about:
    'The run that chapter 9 got wrong. After four entries, each node keeps what they came to, and discards them.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.note('Ann sets x six times. On the way, all nodes compact their logs.');
    run.prologue(() => {
      values.forEach((value, place) => {
        run.request('A', { command: `x=${value}`, client: 'Ann', sequence: place + 1 });
        run.settle();
      });
    });
    run.note('B crashes. On its disk is a snapshot up to index 4, and the entries after it.');
    run.crash('B');
    run.ask(
      'B starts again. What does it know before it hears of anybody?',
      'That x is 3, and that Ann has been answered up to number 3: its snapshot says so. commitIndex and lastApplied begin at 4.',
    );
    run.restart('B');
    run.note('The next heartbeat tells it that the rest is committed. It executes three entries.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
  },
  outcome: {
    says: 'B has executed three entries, not seven, and x is 6.',
    nodes: { B: { role: 'follower', machine: { x: '6' } } },
  },
};

export const crashBeforeSnapshot: Scenario = {
  name: 'crash-before-snapshot',
  title: 'A crash before the snapshot is written, and one after',
  about: 'B applies its fourth entry and crashes on the way to its first snapshot, twice.',
  nodes: ['A', 'B', 'C'],
  start: storedByAll('x=1', 'x=2', 'y=3'),
  script(run) {
    run.prologue(() => {
      lead(run, 'A', 'B');
      run.timeout('A', 'heartbeat');
    });
    run.note('B hears that four entries are committed. It applies them, and crashes.');
    run.crashAfter(7);
    run.deliver('AppendEntries', 'A', 'B');
    run.ask(
      'The snapshot was not written. What has B lost?',
      'Nothing that matters. Snapshot and log change in one write. Without it, the whole log is still there.',
    );
    run.restart('B');
    run.prologue(() => {
      run.dropAll();
      run.timeout('A', 'heartbeat');
    });
    run.note(
      'It learns again what is committed, applies it again, and crashes just after the write.',
    );
    run.crashAfter(8);
    run.deliver('AppendEntries', 'A', 'B');
    run.note('Now the snapshot is there, and the entries are not. Nothing is applied twice.');
    run.restart('B');
    run.prologue(() => run.dropAll());
    run.timeout('A', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'B has applied all four entries, and has its snapshot.',
    nodes: { B: { role: 'follower', machine: { x: '2', y: '3' } } },
  },
};

export const logGoneFirst: Scenario = {
  name: 'log-gone-first',
  title: 'A log that went before its snapshot came',
  about: 'The same crash with rules that first discard the entries and then write the snapshot.',
  nodes: ['A', 'B', 'C'],
  variant: 'log-before-snapshot',
  start: storedByAll('x=1', 'x=2', 'y=3'),
  script(run) {
    run.prologue(() => {
      lead(run, 'A', 'B');
      run.timeout('A', 'heartbeat');
    });
    run.note('B applies four entries, discards them on its disk, and crashes.');
    run.crashAfter(8);
    run.deliver('AppendEntries', 'A', 'B');
    run.ask(
      'B starts again. Its log begins after index 4, and there is no snapshot. What is x?',
      'Nobody can tell from this disk. The entries are gone, and what they came to was never written.',
    );
    run.restart('B');
    run.prologue(() => run.dropAll());
    run.note('A tells it that four entries are committed. B executes what it does not have.');
    run.timeout('A', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'B has applied four entries that it does not store.',
    nodes: { B: { machine: {} } },
    violates: 'State Machine Safety',
  },
};

export const emptyLog: Scenario = {
  name: 'empty-log',
  title: 'An empty log that is not old',
  about: 'A log that is compacted to the last entry is empty, and still ends where it ended.',
  nodes: ['A', 'B', 'C'],
  start: storedByAll('x=1', 'x=2', 'y=3'),
  script(run) {
    run.prologue(() => {
      elect(run, 'A', 'B');
      run.deliver('RequestVote', 'A', 'C');
      run.settle('A', 'B');
      run.timeout('A', 'heartbeat');
      run.settle('A', 'B');
      run.dropAll();
    });
    run.note('A and B have discarded everything. C stores three entries. A crashes.');
    run.crash('A');
    loseContact(run, 'B');
    run.ask(
      'C asks B for a pre-vote. It has three entries, and B has none. Does B say yes?',
      'No. The last entry of B is at index 4 and of term 2. That the snapshot holds it changes nothing.',
    );
    run.timeout('C');
    run.prologue(() => run.drop('PreVote', 'C', 'A'));
    run.deliver('PreVote', 'C', 'B');
    run.deliver('PreVoteReply', 'B', 'C');
    run.ask(
      'Now B asks C, with an empty log. Does C say yes?',
      'Yes. B tells lastLogIndex 4 and lastLogTerm 2, which is newer than the log of C.',
    );
    run.timeout('B');
    run.prologue(() => run.drop('PreVote', 'B', 'A'));
    run.deliver('PreVote', 'B', 'C');
    run.deliver('PreVoteReply', 'C', 'B');
    run.prologue(() => run.drop('RequestVote', 'B', 'A'));
    run.deliver('RequestVote', 'B', 'C');
    run.note(
      'B leads. Its first entry comes at index 5, right after its snapshot. C lacks index 4.',
    );
    run.deliver('RequestVoteReply', 'C', 'B');
    run.prologue(() => run.drop('AppendEntries', 'B', 'A'));
    run.deliver('AppendEntries', 'B', 'C');
    run.note('nextIndex goes back to 4. That entry is gone, so C is sent the snapshot.');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.settle('B', 'C');
  },
  outcome: {
    says: 'B leads, and C has everything that was committed.',
    nodes: {
      B: { role: 'leader', currentTerm: 3 },
      C: { role: 'follower', currentTerm: 3, machine: { x: '2', y: '3' } },
    },
  },
};

export const endOfAnOldTerm: Scenario = {
  name: 'end-of-an-old-term',
  title: 'The term of the entry, not of the node',
  about: 'B takes a snapshot in term 3. The last entry that it replaces is of term 2.',
  nodes: ['A', 'B', 'C'],
  start: storedByAll('x=1', 'x=2', 'y=3'),
  script(run) {
    lead(run, 'A', 'B');
    run.note('A has committed four entries, and C hears of it. B does not: A crashes.');
    run.prologue(() => {
      run.timeout('A', 'heartbeat');
      run.deliver('AppendEntries', 'A', 'C');
      run.drop('AppendEntries', 'A', 'B');
      run.crash('A');
      run.dropAll();
    });
    loseContact(run, 'B', 'C');
    run.prologue(() => {
      elect(run, 'C', 'B');
      run.drop('AppendEntries', 'C', 'A');
    });
    run.ask(
      'C leads term 3. Its first message tells B that four entries are committed, and brings a fifth. B compacts its log. Which lastIncludedTerm does it write?',
      '2, the term of the entry at index 4. That B is in term 3 by now is another matter.',
    );
    run.deliver('AppendEntries', 'C', 'B');
    run.settle('B', 'C');
  },
  outcome: {
    says: 'B and C agree on where their snapshots end.',
    nodes: {
      B: { role: 'follower', currentTerm: 3, machine: { x: '2', y: '3' } },
      C: { role: 'leader', currentTerm: 3 },
    },
  },
};

export const retryAfterSnapshot: Scenario = {
  name: 'retry-after-snapshot',
  title: 'A session outlives its entries',
  about: 'A client asks again when the entry of its command is discarded everywhere.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.note('Ann puts an a at the end of x, and Bob sets y and z. Then all logs are compacted.');
    run.prologue(() => {
      run.request('A', { command: 'x+=a', client: 'Ann', sequence: 1 });
      run.settle();
      run.request('A', { command: 'y=1', client: 'Bob', sequence: 1 });
      run.settle();
      run.request('A', { command: 'z=2', client: 'Bob', sequence: 2 });
      run.settle();
      run.timeout('A', 'heartbeat');
      run.settle();
    });
    run.note('The power fails, and all nodes start again, each from its snapshot.');
    for (const node of ['A', 'B', 'C']) run.crash(node);
    for (const node of ['A', 'B', 'C']) run.restart(node);
    run.prologue(() => {
      run.timeout('C');
      run.dropAll();
    });
    run.note('B is elected.');
    lead(run, 'B', 'C');
    run.ask(
      'Ann has not heard the answer, and asks again. No node has her entry any more. Is her command executed again?',
      'No. Her session is part of the state machine, and so of the snapshot: command 1 was executed, and x was a.',
    );
    run.request('B', { command: 'x+=a', client: 'Ann', sequence: 1 });
  },
  outcome: {
    says: 'x is a, and Ann has been told so.',
    nodes: { B: { role: 'leader', machine: { x: 'a', y: '1', z: '2' } } },
  },
};
