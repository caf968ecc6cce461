// Runs of chapter 4 in which a leader copies its log, and messages get lost or overtake each other.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, electAndSettle } from './elect.ts';

export const oneEntry: Scenario = {
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

export const lostAppend: Scenario = {
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

export const overtaken: Scenario = {
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
    says: 'B holds both entries, and has applied them.',
    nodes: { A: { machine: { x: '1', y: '2' } }, B: { machine: { x: '1', y: '2' } } },
  },
};

export const redirect: Scenario = {
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
    nodes: { A: { machine: { x: '1' } }, B: { leaderId: 'A' } },
  },
};

/** Eight entries of term 1, which everybody stores: `a=1` at index 1, `h=8` at index 8. */
const eightEntries = [...'abcdefgh'].map((key, place) => ({
  term: 1,
  command: `${key}=${place + 1}`,
}));

export const pastNine: Scenario = {
  name: 'past-nine',
  title: 'Nine comes before ten',
  about: 'A leader sorts indexes to find what a majority stores. They are numbers, not strings.',
  nodes: ['A', 'B', 'C'],
  start: Object.fromEntries(
    ['A', 'B', 'C'].map((node) => [node, { currentTerm: 1, log: eightEntries }]),
  ),
  script(run) {
    elect(run, 'A', 'B');
    run.prologue(() => {
      run.drop('AppendEntries', 'A', 'B');
      run.drop('AppendEntries', 'A', 'C');
    });
    run.note('Everybody stores eight entries of term 1. A leads term 2 and takes a ninth.');
    run.request('A', 'i=9');
    run.note('And a tenth, before anybody has answered.');
    run.request('A', 'j=10');
    run.note('The message with the ninth entry reaches B. That with both is on its way.');
    run.deliver('AppendEntries', 'A', 'B');
    run.ask(
      'A stores 10 entries, B has acknowledged 9, and C has said nothing yet: 0. What does a majority store?',
      'The entries up to 9. From the highest down, the indexes are 10, 9, 0, and the one in the middle counts. Sorted as strings they would be 9, 10, 0, and A would commit an entry that nobody else stores.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('Now the message with both entries. B appends the tenth.');
    run.deliver('AppendEntries', 'A', 'B');
    run.ask(
      'B acknowledges 10. What is committed now?',
      'The tenth entry as well: A and B store it, two of three.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.settle();
  },
  outcome: {
    says: 'All ten entries are committed, the ninth before the tenth, and C stores them too.',
    nodes: {
      A: { commitIndex: 10, lastApplied: 10 },
      C: {
        log: [...eightEntries, { term: 2, command: 'i=9' }, { term: 2, command: 'j=10' }],
      },
    },
  },
};

export const farBehind: Scenario = {
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
    run.note(
      'A has committed four entries, which B stores too. C has none of them, and hears from A again.',
    );
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
