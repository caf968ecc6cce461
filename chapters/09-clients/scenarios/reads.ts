// Runs of chapter 9 about reads without an entry in the log: what a leader must know before it answers.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, lead, loseContact } from '../../08-persistence/scenarios/lead.ts';
import { readByAnn, setByAnn, setByBen } from './requests.ts';

/** A leads and sets x to 1. It is cut off, the others elect B, and B sets x to 2. */
function cutOffLeader(run: Script): void {
  lead(run, 'A', 'B');
  run.prologue(() => {
    run.request('A', setByAnn);
    run.settle();
    run.timeout('A', 'heartbeat');
    run.settle();
  });
  run.note('x is 1 everywhere. A sends a heartbeat, and the answer of C is slow.');
  run.timeout('A', 'heartbeat');
  run.deliver('AppendEntries', 'A', 'C');
  run.drop('AppendEntries', 'A', 'B');
  run.note('Now A is cut off. The others elect B.');
  run.partition(['A'], ['B', 'C']);
  loseContact(run, 'B', 'C');
  run.prologue(() => {
    elect(run, 'B', 'C');
    run.settle('B', 'C');
  });
  run.note('Ben sets x to 2. B and C store it, and B tells Ben that it is done.');
  run.request('B', setByBen);
  run.settle('B', 'C');
}

export const staleRead: Scenario = {
  name: 'stale-read',
  title: 'A stale read at a leader that was cut off',
  about:
    'A leader answers a read from its state machine, without asking anybody. It leads, after all.',
  nodes: ['A', 'B', 'C'],
  variant: 'reads-at-once',
  script(run) {
    cutOffLeader(run);
    run.ask(
      'A still takes itself for the leader. Ann, who knows only A, reads x. What does A answer?',
      '1. But Ben was told before that x is 2. Nobody may read 1 after that.',
    );
    run.request('A', readByAnn);
  },
  outcome: {
    says: 'Ann has read 1 after Ben was told that x is 2.',
    nodes: { A: { role: 'leader', currentTerm: 1 }, B: { role: 'leader', currentTerm: 2 } },
    violates: 'Linearizability',
  },
};

export const readWaits: Scenario = {
  name: 'read-waits',
  title: 'A leader that was cut off does not answer',
  about: 'The same schedule. Now the leader first asks whether it still leads.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    cutOffLeader(run);
    run.note('A begins a new round of messages, and lets Ann wait. Nobody answers.');
    run.request('A', readByAnn);
    run.note('The links are mended.');
    run.heal();
    run.ask(
      'The slow answer of C arrives: "you lead". With A itself that is a majority. Is it enough?',
      'No. C said so before Ann asked, and before it helped to elect B. It is about an older round.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('The next heartbeat of A is refused: there is a newer term.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.ask(
      'A learns that it leads no more. What becomes of the read that waits?',
      'A tells Ann to ask another. It has nothing to tell her about x.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('Ann asks B. B leads, and a majority says so after she has asked.');
    run.request('B', readByAnn);
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
  },
  outcome: {
    says: 'Ann has read 2, and A follows.',
    nodes: {
      A: { role: 'follower', currentTerm: 2, waitingReads: [] },
      B: { role: 'leader', currentTerm: 2, machine: { x: '2' }, waitingReads: [] },
    },
  },
};

export const readByIndex: Scenario = {
  name: 'read-by-index',
  title: 'A read without an entry in the log',
  about: 'The leader notes its commitIndex, asks all others once, and answers when a majority has.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.prologue(() => {
      run.request('A', setByAnn);
      run.settle();
    });
    run.note('A sends a heartbeat. It begins a round, and C answers it late.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'C');
    run.note('Ann reads x. A begins another round for her, and notes its commitIndex.');
    run.request('A', readByAnn);
    run.ask(
      'The answer of C to the heartbeat arrives. C says that it follows A. Is that enough?',
      'No. C said it before Ann asked. Since then somebody else may have been elected.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('B has received the heartbeat too, and now the message of the new round.');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('The older of the two answers does not count either.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.ask(
      'B answers the new round. With A itself that is a majority. What does A know now?',
      'When Ann asked, nobody else had been elected: A knew all that was committed. It answers 1.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('The answer of C to the new round comes when nobody waits any more.');
    run.settle();
  },
  outcome: {
    says: 'Ann has read 1, and the log is no longer than before.',
    nodes: { A: { waitingReads: [], commitIndex: 2, machine: { x: '1' } } },
  },
};

export const sentOn: Scenario = {
  name: 'sent-on',
  title: 'Who does not lead answers no reads',
  about: 'A client does not know who leads. It asks anybody, and goes where it is sent.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.note('Ann sets x to 1, and asks B. Nobody leads yet, and B knows nobody to send her to.');
    run.request('B', setByAnn);
    lead(run, 'A', 'B');
    run.note('A little later Ann asks B again. B follows A, and sends her there.');
    run.request('B', setByAnn);
    run.request('A', setByAnn);
    run.settle();
    run.ask(
      'Ann reads x, and asks C. C has the entry in its log. May it answer?',
      'No. It cannot know whether that is committed, nor what else is. It sends her to A.',
    );
    run.request('C', readByAnn);
    run.request('A', readByAnn);
    run.settle();
  },
  outcome: {
    says: 'A has set x to 1 for Ann, and read it for her.',
    nodes: { A: { role: 'leader', machine: { x: '1' }, waitingReads: [] } },
  },
};

export const twoReads: Scenario = {
  name: 'two-reads',
  title: 'One answer for two reads',
  about: 'An answer to a later round tells as much of all earlier ones.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.prologue(() => {
      run.request('A', setByAnn);
      run.settle();
    });
    run.note('Ann and Ben read x, one shortly after the other. Each read has its round.');
    run.request('A', readByAnn);
    run.request('A', { command: 'x?', client: 'Ben', sequence: 1, read: 'index' });
    run.note('The messages to C and the first one to B are lost.');
    run.drop('AppendEntries', 'A', 'C');
    run.drop('AppendEntries', 'A', 'C');
    run.drop('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'B');
    run.ask(
      'B answers the second round, and never the first. Which of the reads is answered?',
      'Both. When B said yes, both had come.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
  },
  outcome: {
    says: 'Ann and Ben have read 1.',
    nodes: { A: { waitingReads: [], machine: { x: '1' } } },
  },
};
