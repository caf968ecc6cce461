// Runs of chapter 9 about leases: reads that rely on clocks.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, lead, loseContact } from '../../08-persistence/scenarios/lead.ts';

const setByAnn = { command: 'x=1', client: 'Ann', sequence: 1 };
const readByAnn = { command: 'x?', client: 'Ann', sequence: 2, read: 'lease' } as const;

/** A leads and sets x to 1. */
function leadAndSet(run: Script): void {
  lead(run, 'A', 'B');
  run.prologue(() => {
    run.request('A', setByAnn);
    run.settle();
  });
}

/** Of B and C, which A cannot reach any more, B is elected. */
function electB(run: Script): void {
  run.timeout('B', 'contact');
  run.timeout('B');
  run.timeout('C', 'contact');
  run.deliver('PreVote', 'B', 'C');
  run.deliver('PreVoteReply', 'C', 'B');
  run.deliver('RequestVote', 'B', 'C');
  run.note('B leads term 2.');
  run.deliver('RequestVoteReply', 'C', 'B');
}

function setByBen(run: Script): void {
  run.note('Ben sets x to 2, and is told that it is done.');
  run.request('B', { command: 'x=2', client: 'Ben', sequence: 1 });
  run.settle('B', 'C');
}

export const readByLease: Scenario = {
  name: 'read-by-lease',
  title: 'A read that asks nobody',
  about:
    'A leader that a majority has answered lately reads at once; when that is long ago, it asks.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    leadAndSet(run);
    run.note('A sends a heartbeat, and B answers it. C receives it too.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.deliver('AppendEntries', 'A', 'C');
    run.ask(
      'Ann reads x, and does not mind that A relies on clocks. Whom does A ask?',
      'Nobody. B waits at least 150 ms before it helps to elect another, and fewer have passed.',
    );
    run.request('A', readByAnn);
    run.note('A is cut off. The next heartbeat reaches nobody. The lease still holds.');
    run.partition(['A'], ['B', 'C']);
    run.timeout('A', 'heartbeat');
    run.request('A', { ...readByAnn, sequence: 3 });
    run.note('With the next heartbeat 100 ms have passed since the one that B answered.');
    run.timeout('A', 'heartbeat');
    run.note('One more is sent in vain. Then B and C have waited for 150 ms, and B is elected.');
    run.timeout('A', 'heartbeat');
    electB(run);
    run.prologue(() => run.timeout('A', 'heartbeat'));
    setByBen(run);
    run.ask(
      'Ann reads once more. What does A do?',
      'Its lease is over. It lets her wait and asks the others, as if she had not spoken of clocks.',
    );
    run.request('A', { ...readByAnn, sequence: 4 });
  },
  outcome: {
    says: 'Two reads are answered, and the third waits.',
    nodes: {
      A: {
        role: 'leader',
        waitingReads: [{ command: 'x?', client: 'Ann', sequence: 4, readIndex: 2, round: 7 }],
      },
      B: { role: 'leader', currentTerm: 2, machine: { x: '2' } },
    },
  },
};

export const slowAnswer: Scenario = {
  name: 'slow-answer',
  title: 'A lease begins when the round begins',
  about: 'An answer is on its way for longer than a lease lasts. It gives no lease any more.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    leadAndSet(run);
    run.note('A sends a heartbeat. B and C answer at once, but their answers are slow.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.note('A is cut off, and its next heartbeats are lost.');
    run.partition(['A'], ['B', 'C']);
    run.prologue(() => {
      for (let round = 0; round < 3; round++) run.timeout('A', 'heartbeat');
    });
    run.note('B and C have waited for 150 ms.');
    electB(run);
    run.prologue(() => run.timeout('A', 'heartbeat'));
    setByBen(run);
    run.heal();
    run.note('The links are mended, and the answer of B to the old heartbeat arrives.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.ask(
      'A has just heard from B, so a majority has answered. Does A have a lease?',
      'No. What B said is more than 150 ms old, and B has been elected since.',
    );
    run.request('A', readByAnn);
    run.note('A asks the others, and learns that it leads no more.');
    run.deliver('AppendEntries', 'A', 'B');
    run.prologue(() => run.timeout('B', 'heartbeat'));
    run.deliver('AppendEntriesReply', 'B', 'A');
  },
  outcome: {
    says: 'A follows, and has not answered the read.',
    nodes: { A: { role: 'follower', currentTerm: 2, waitingReads: [] } },
  },
};

export const noLeaseYet: Scenario = {
  name: 'no-lease-yet',
  title: 'A lease does not make up for a first commit',
  about: 'A majority answers a new leader, but with a refusal: none of its entries is committed.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.note('Ann sets x to 1. Only B stores it besides A, and A tells Ann that it is done.');
    run.request('A', setByAnn);
    run.drop('AppendEntries', 'A', 'C');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('A crashes. B is elected.');
    run.crash('A');
    loseContact(run, 'B', 'C');
    run.prologue(() => elect(run, 'B', 'C'));
    run.deliver('AppendEntries', 'B', 'C');
    run.note(
      'C refuses the entries of B, because it lacks x=1. It has answered the round, though.',
    );
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.ask(
      'B has a lease: nobody else can be elected now. May it answer from its state machine?',
      'No. It leads for sure, but it has not applied x=1, and cannot know yet that it must.',
    );
    run.request('B', readByAnn);
    run.settle('B', 'C');
  },
  outcome: {
    says: 'Ann has read 1, through the log.',
    nodes: { B: { role: 'leader', currentTerm: 2, machine: { x: '1' } } },
  },
};

export const lateRequest: Scenario = {
  name: 'late-request',
  title: 'A request for votes comes while the lease holds',
  about: 'A candidate won its pre-vote while nobody heard from the leader. Its request is late.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    leadAndSet(run);
    run.note('Three heartbeats of A are lost. B and C hear nothing for 150 ms.');
    run.prologue(() => {
      for (let round = 0; round < 3; round++) {
        run.timeout('A', 'heartbeat');
        run.drop('AppendEntries', 'A', 'B');
        run.drop('AppendEntries', 'A', 'C');
      }
    });
    loseContact(run, 'B', 'C');
    run.note(
      'C asks B whether it would vote for it. B would, and C becomes a candidate of term 2.',
    );
    run.timeout('C');
    run.deliver('PreVote', 'C', 'B');
    run.deliver('PreVoteReply', 'B', 'C');
    run.note('Its request for votes is slow. A heartbeat of A comes first, and B answers it.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.ask(
      'From here on A has a lease. Now the request of C arrives. Does B vote for C?',
      'No. It has just heard from A, which relies on that. It enters term 2, and votes for nobody.',
    );
    run.deliver('RequestVote', 'C', 'B');
    run.note('So A may read without asking: nobody else can have written anything.');
    run.request('A', readByAnn);
  },
  outcome: {
    says: 'B is in term 2 and has not voted, and A has answered the read.',
    nodes: { A: { role: 'leader', currentTerm: 1 }, B: { currentTerm: 2, votedFor: null } },
  },
};

export const startsAgain: Scenario = {
  name: 'starts-again',
  title: 'Who starts again votes for nobody at first',
  about:
    'A follower crashes. It forgets that it has heard from a leader, and the lease still holds.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    leadAndSet(run);
    run.note('A sends a heartbeat, and B answers it. C misses it, and loses contact.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.drop('AppendEntries', 'A', 'C');
    run.note('B crashes and starts again at once.');
    run.crash('B');
    run.restart('B');
    run.prologue(() => run.timeout('C', 'contact'));
    run.timeout('C');
    run.ask(
      'C asks B whether it would vote for it. B has heard from nobody since it started. What does it say?',
      'No. Before the crash it may have heard from a leader that relies on it. It waits one election timeout.',
    );
    run.deliver('PreVote', 'C', 'B');
    run.deliver('PreVoteReply', 'B', 'C');
    run.note('So A may still read without asking.');
    run.request('A', readByAnn);
  },
  outcome: {
    says: 'C is no candidate, and A has answered the read.',
    nodes: { A: { role: 'leader', currentTerm: 1 }, C: { role: 'pre-candidate', currentTerm: 1 } },
  },
};

export const slowClock: Scenario = {
  name: 'slow-clock',
  title: 'A slow clock breaks a lease',
  about: 'The clock of A runs at two fifths of the right speed. Its lease is then too long by far.',
  nodes: ['A', 'B', 'C'],
  clockRates: { A: 0.4 },
  script(run) {
    leadAndSet(run);
    run.note('A sends a heartbeat. B and C receive it, and B answers.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.deliver('AppendEntries', 'A', 'C');
    run.note('A is cut off. Its heartbeats should come every 50 ms. They come every 125 ms.');
    run.partition(['A'], ['B', 'C']);
    run.timeout('A', 'heartbeat');
    run.note('150 ms after they have heard from A, B and C wait no longer. B stands for election.');
    electB(run);
    setByBen(run);
    run.ask(
      'By the clock of A, fewer than 100 ms have passed since the round that B answered began. Ann reads x. What does A answer?',
      '1. By its own clock it holds a lease. By the clocks of the others it is long over.',
    );
    run.request('A', readByAnn);
  },
  outcome: {
    says: 'Ann has read 1 after Ben was told that x is 2.',
    nodes: { A: { role: 'leader', currentTerm: 1 }, B: { role: 'leader', currentTerm: 2 } },
    violates: 'Linearizability',
  },
};
