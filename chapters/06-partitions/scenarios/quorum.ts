// Runs of chapter 6 in which a leader loses touch with its followers, on both ways or on one.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, electAndSettle } from '../../04-replication/scenarios/elect.ts';
import { cutOff } from '../../05-conflict-backoff/scenarios/broken.ts';

export const leaderStepsDown: Scenario = {
  name: 'leader-steps-down',
  title: 'A cut-off leader steps down',
  about:
    'The run that chapter 5 got wrong begins in the same way. Now the leader notices that nobody answers.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    cutOff(run);
    run.request('A', 'x=1');
    run.note(
      'An election timeout has passed. In it A has heard from a majority, before the cut. So it keeps its lead, for now.',
    );
    run.timeout('A');
    run.timeout('A', 'heartbeat');
    run.ask(
      'Another election timeout passes. Nobody has answered since. What does A do?',
      'It steps down. It cannot know whether others have a leader, but it knows that it has no majority.',
    );
    run.timeout('A');
    run.note('A client that asks now is told that A knows no leader. It can look elsewhere.');
    run.request('A', 'x=2');
    run.note('The heartbeat timer of the former leader runs out, and nothing is sent.');
    run.timeout('A', 'heartbeat');
  },
  outcome: {
    says: 'A is a follower in its own term.',
    nodes: { A: { role: 'follower', currentTerm: 1, leaderId: null, heardFrom: [] } },
  },
};

export const exactMajority: Scenario = {
  name: 'exact-majority',
  title: 'Two followers and the leader are a majority',
  about: 'Two of five nodes are down. The leader hears from two others, and that is just enough.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    run.note('D crashes before anybody leads.');
    run.crash('D');
    run.note('So does E.');
    run.crash('E');
    elect(run, 'A', 'B', 'C');
    run.note('A leads term 1 with the votes of B and C. It sends its first entry to all.');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.note('A notes that B answers. It knows of two nodes that store the entry, itself and B.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('With C it knows of three of five. The entry is committed.');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.ask(
      'An election timeout has passed, and two of four followers have answered. Does A step down?',
      'No. A counts itself, just as it does when it commits: three of five are a majority.',
    );
    run.timeout('A');
    run.note('A leads on, and it can still commit.');
    run.request('A', 'x=1');
    for (const follower of ['B', 'C']) run.deliver('AppendEntries', 'A', follower);
    for (const follower of ['B', 'C']) run.deliver('AppendEntriesReply', follower, 'A');
  },
  outcome: {
    says: 'A leads term 1, and x=1 is committed.',
    nodes: {
      A: { role: 'leader', currentTerm: 1, machine: { x: '1' } },
      B: { role: 'follower', currentTerm: 1 },
      C: { role: 'follower', currentTerm: 1 },
    },
  },
};

export const lateAnswer: Scenario = {
  name: 'late-answer',
  title: 'An answer to a leader that has stepped down',
  about: 'Acknowledgements of the same term arrive when the leader leads no more.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    electAndSettle(run, 'A', 'B');
    run.prologue(() => run.timeout('A'));
    run.request('A', 'x=1');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('The answers are held back for a whole election timeout. A steps down.');
    run.timeout('A');
    run.ask(
      'Now the answer of B arrives, from the current term. Does A count it?',
      'No. Counting and committing is the work of a leader. The next one will see to it.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
  },
  outcome: {
    says: 'A follows, and has committed nothing more.',
    nodes: { A: { role: 'follower', currentTerm: 1, commitIndex: 1, matchIndex: {} } },
  },
};

export const oneWay: Scenario = {
  name: 'one-way',
  title: 'Heard, but deaf',
  about:
    'The links to the leader break in one direction: its heartbeats arrive, no answer comes back.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    electAndSettle(run, 'A', 'B');
    run.prologue(() => run.timeout('A'));
    run.note('A still reaches B and C. Nothing from them reaches A.');
    run.cut('B', 'A');
    run.cut('C', 'A');
    run.request('A', 'x=1');
    run.settle();
    run.note(
      'B and C store the entry and hear every heartbeat. They see no reason to elect anyone.',
    );
    run.timeout('A', 'heartbeat');
    run.settle();
    run.ask(
      'A gets no answer, so it commits nothing. Its heartbeats keep the others quiet. How does this end?',
      'A notices that it hears from no majority, and falls silent. Then the others time out.',
    );
    run.timeout('A');
    run.timeout('B');
    run.note('The request to A is lost. The vote of C is enough.');
    run.settle();
    run.timeout('B', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'B leads term 2. x=1 of term 1 is committed along with its no-op.',
    nodes: {
      A: { role: 'follower' },
      B: { role: 'leader', currentTerm: 2, machine: { x: '1' } },
      C: { machine: { x: '1' } },
    },
  },
};

export const flapping: Scenario = {
  name: 'flapping-link',
  title: 'A link that breaks again and again',
  about:
    'The link between A and C fails and comes back. Each time a node times out over it, the leader changes.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    electAndSettle(run, 'A', 'B');
    run.note('The link from A to C fails. B still hears from A.');
    run.cut('A', 'C');
    run.cut('C', 'A');
    run.timeout('C');
    run.note(
      'C asks B in term 2, and B, which hears from A all the time, votes for C all the same.',
    );
    run.settle();
    run.timeout('A', 'heartbeat');
    run.note('A learns of term 2 from B.');
    run.settle();
    run.note('The link comes back, and fails once more. Now A does not hear from C.');
    run.heal();
    run.timeout('C', 'heartbeat');
    run.settle();
    run.cut('A', 'C');
    run.cut('C', 'A');
    run.timeout('A');
    run.settle();
    run.note(
      'A leads again, in term 3. Commands still get through, but each change costs an election.',
    );
    run.request('A', 'x=1');
    run.settle();
  },
  outcome: {
    says: 'The leader has changed twice for one bad link. What was committed stayed.',
    nodes: {
      A: { role: 'leader', currentTerm: 3, machine: { x: '1' } },
      B: { role: 'follower', currentTerm: 3 },
    },
  },
};
