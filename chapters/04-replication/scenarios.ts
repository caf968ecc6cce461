// The recorded runs of chapter 4.

import type { Script } from '../../lib/cluster/script.ts';
import type { Scenario } from '../../lib/scenario/scenario.ts';
import { elections } from '../03-voting/scenarios.ts';

/** Elects a node with the votes of just these others, as a prologue; more messages stay in flight. */
export function elect(run: Script, candidate: string, ...voters: string[]): void {
  run.prologue(() => {
    run.timeout(candidate);
    for (const voter of voters) run.deliver('RequestVote', candidate, voter);
    for (const voter of voters) run.deliver('RequestVoteReply', voter, candidate);
  });
}

/** Elects a node and lets everyone hear of it. */
export function electAndSettle(run: Script, candidate: string, ...voters: string[]): void {
  elect(run, candidate, ...voters);
  run.prologue(() => run.settle());
}

const oneEntry: Scenario = {
  name: 'one-entry',
  title: 'One entry, from the request to the state machines',
  about:
    'A client asks the leader to store a value. Follow the entry until every node has applied it.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    electAndSettle(run, 'A', 'B');
    run.note('The leader appends the command to its own log and sends it to the others.');
    run.request('A', 'x=1');
    run.deliver('AppendEntries', 'A', 'B');
    run.ask(
      'B has stored the entry, and A hears of it. Two of three have it now. What follows?',
      'It is committed. A applies it to its state machine and answers the client, without C.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.deliver('AppendEntries', 'A', 'C');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('B and C have stored the entry, but do not know yet that it is committed.');
    run.timeout('A', 'heartbeat');
    run.note('The next heartbeat tells them how far A has committed.');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.settle();
  },
  outcome: {
    says: 'x is 1 on all three nodes.',
    nodes: {
      A: { commitIndex: 1, lastApplied: 1, machine: { x: '1' } },
      B: { commitIndex: 1, lastApplied: 1, machine: { x: '1' } },
      C: { commitIndex: 1, lastApplied: 1, machine: { x: '1' } },
    },
  },
};

const lostAppend: Scenario = {
  name: 'lost-append',
  title: 'A lost message is repaired by the next heartbeat',
  about: 'The leader remembers what each follower has acknowledged, and sends the rest again.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    electAndSettle(run, 'A', 'B');
    run.request('A', 'x=1');
    run.note('The entry is lost on its way to C.');
    run.drop('AppendEntries', 'A', 'C');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('The acknowledgement of B is lost as well. For A the two look the same.');
    run.drop('AppendEntriesReply', 'B', 'A');
    run.ask(
      'A has heard nothing from either. What does its next heartbeat carry?',
      'The entry, to both: a heartbeat carries whatever has not been acknowledged.',
    );
    run.timeout('A', 'heartbeat');
    run.note('B has the entry already. It appends nothing and acknowledges it again.');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.settle();
    run.timeout('A', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'Every node stores the entry once and has applied it.',
    nodes: {
      A: { commitIndex: 1, machine: { x: '1' } },
      B: { commitIndex: 1, log: [{ term: 1, command: 'x=1' }] },
      C: { commitIndex: 1, log: [{ term: 1, command: 'x=1' }] },
    },
  },
};

const overtaken: Scenario = {
  name: 'overtaken',
  title: 'Duplicated and reordered messages',
  about: 'A longer message overtakes a shorter one. The shorter one must not cut the log.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    electAndSettle(run, 'A', 'B');
    run.note('Two commands come one after the other. The second message carries both entries.');
    run.request('A', 'x=1');
    run.request('A', 'y=2');
    run.duplicate('AppendEntries', 'A', 'B');
    run.note('The longer message arrives first.');
    run.deliver('AppendEntries', 'A', 'B', 2);
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.ask(
      'Now the older, shorter one arrives: only x=1. What does B do with y=2?',
      'It keeps it. What is already there and does not conflict is never cut.',
    );
    run.deliver('AppendEntries', 'A', 'B');
    run.note('Its acknowledgement tells A less than A knows. A must not go back.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('The next heartbeat tells B that both entries are committed.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B', 2);
    run.ask(
      'Last comes the duplicate, from before anything was committed. Does B take its commit back?',
      'No. commitIndex never decreases.',
    );
    run.deliver('AppendEntries', 'A', 'B');
  },
  outcome: {
    says: 'B holds both entries, and A knows it.',
    nodes: {
      A: { commitIndex: 2, matchIndex: { B: 2, C: 0 } },
      B: {
        commitIndex: 2,
        log: [
          { term: 1, command: 'x=1' },
          { term: 1, command: 'y=2' },
        ],
      },
    },
  },
};

const lateAcknowledgement: Scenario = {
  name: 'late-acknowledgement',
  title: 'An acknowledgement from an earlier term',
  about: 'A leader is deposed and elected again. An answer to its former self arrives.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    electAndSettle(run, 'A', 'B');
    run.request('A', 'x=1');
    run.deliver('AppendEntries', 'A', 'B');
    run.drop('AppendEntries', 'A', 'C');
    run.note('The acknowledgement of B is held back. Meanwhile C starts term 2 and deposes A.');
    run.timeout('C');
    run.deliver('RequestVote', 'C', 'A');
    run.drop('RequestVote', 'C', 'B');
    run.note('A has the longer log, refuses its vote, and is elected again, in term 3.');
    run.timeout('A');
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVoteReply', 'B', 'A');
    run.ask(
      'Now the acknowledgement of term 1 arrives. Does it count?',
      'No. Between then and now the log of B may have changed. Only answers of this term count.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('The heartbeat of term 3 asks again, and gets an answer of term 3.');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A');
  },
  outcome: {
    says: 'A leads term 3 and knows that B stores the entry.',
    nodes: { A: { role: 'leader', currentTerm: 3, matchIndex: { B: 1, C: 0 } } },
  },
};

const lostBeforeCommit: Scenario = {
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

const lostAfterCommit: Scenario = {
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

const olderLog: Scenario = {
  name: 'older-log',
  title: 'The term of the last entry counts before the length',
  about: 'A candidate has the longer log, but the older one. It is refused.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    electAndSettle(run, 'A', 'B', 'C');
    run.note('A takes two commands that reach nobody, and is cut off.');
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

const redirect: Scenario = {
  name: 'redirect',
  title: 'A follower sends the client to the leader',
  about: 'Only the leader takes commands. Everybody else names the leader, if it knows one.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.note('No leader has been elected yet.');
    run.request('B', 'x=1');
    elect(run, 'A', 'B');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('The client tries B again. B has heard from a leader.');
    run.request('B', 'x=1');
    run.note('So the client asks A.');
    run.request('A', 'x=1');
    run.settle();
  },
  outcome: {
    says: 'The command was taken once, by the leader.',
    nodes: { A: { log: [{ term: 1, command: 'x=1' }], commitIndex: 1 }, B: { leaderId: 'A' } },
  },
};

const farBehind: Scenario = {
  name: 'far-behind',
  title: 'A follower that was cut off catches up with the same leader',
  about:
    'One message carries three entries at most. A follower may believe only what it can check.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    elect(run, 'A', 'B');
    run.prologue(() => {
      run.drop('RequestVote', 'A', 'C');
      run.drop('AppendEntries', 'A', 'C');
      run.settle();
      run.partition(['A', 'B'], ['C']);
      for (const command of ['a=1', 'b=2', 'c=3', 'd=4']) {
        run.request('A', command);
        run.settle();
      }
      run.heal();
    });
    run.note('A and B have committed four entries. C has none of them, and hears from A again.');
    run.timeout('A', 'heartbeat');
    run.ask(
      'The message carries three entries and says that four are committed. How far does C commit?',
      'Up to 3. That far its log is known to be the same as that of the leader.',
    );
    run.deliver('AppendEntries', 'A', 'C');
    run.settle();
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'C');
    run.settle();
  },
  outcome: {
    says: 'C has caught up, one message after the other.',
    nodes: {
      A: { commitIndex: 4 },
      C: { commitIndex: 4, machine: { a: '1', b: '2', c: '3', d: '4' } },
    },
  },
};

/** C misses an entry, and then the leader that knew it is replaced. Chapter 5 repairs the same. */
export function missingEntry(run: Script): void {
  electAndSettle(run, 'A', 'B');
  run.prologue(() => {
    run.request('A', 'x=1');
    run.drop('AppendEntries', 'A', 'C');
    run.settle();
    run.crash('A');
  });
  elect(run, 'B', 'C');
}

const neverCatchesUp: Scenario = {
  name: 'never-catches-up',
  title: 'A follower that never catches up',
  about: 'What is still broken: a new leader does not know where the log of a follower ends.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    missingEntry(run);
    run.note('B leads and supposes that C holds all that B holds. C lacks x=1, and refuses.');
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.note('B tries again, with the same message. It will be refused for ever.');
    run.timeout('B', 'heartbeat');
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.note('With A down, nothing can be committed any more.');
    run.request('B', 'y=2');
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
  },
  outcome: {
    says: 'C stores nothing, and B cannot commit.',
    nodes: { B: { role: 'leader', commitIndex: 0 }, C: { log: [] } },
  },
};

/** B holds an entry of term 1 that was never committed; C leads term 2. Chapter 5 repairs the same. */
export function conflictingEntry(run: Script): void {
  electAndSettle(run, 'A', 'B');
  run.prologue(() => {
    run.partition(['A'], ['B', 'C']);
    run.request('A', 'x=1');
  });
  elect(run, 'B', 'C');
  run.prologue(() => {
    run.deliver('AppendEntries', 'B', 'C');
    run.request('B', 'y=2');
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.heal();
  });
}

const conflict: Scenario = {
  name: 'conflict',
  title: 'A follower with a conflicting entry',
  about: 'What is still broken: an old leader keeps an entry that was never committed.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    conflictingEntry(run);
    run.note('A is back, with x=1 of term 1 in its log. At the same index B has committed y=2.');
    run.timeout('B', 'heartbeat');
    run.deliver('AppendEntries', 'B', 'A');
    run.note('The messages do not fit together, and A refuses them, now and always.');
    run.deliver('AppendEntriesReply', 'A', 'B');
    run.timeout('B', 'heartbeat');
    run.deliver('AppendEntries', 'B', 'A');
    run.deliver('AppendEntriesReply', 'A', 'B');
  },
  outcome: {
    says: 'A still holds the entry that nobody else has.',
    nodes: {
      A: { role: 'follower', currentTerm: 2, log: [{ term: 1, command: 'x=1' }] },
      B: { role: 'leader', commitIndex: 1 },
    },
  },
};

export const scenarios = [
  oneEntry,
  lostAppend,
  overtaken,
  lateAcknowledgement,
  lostBeforeCommit,
  lostAfterCommit,
  olderLog,
  redirect,
  farBehind,
  neverCatchesUp,
  conflict,
  // The elections of chapter 3 again, with the rules of this chapter.
  ...elections,
];
