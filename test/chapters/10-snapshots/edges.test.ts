// What a node does at the edge of its snapshot, place by place: just before it, at it, and just after it.

import test from 'tape';
import { snapshots } from '../../../chapters/10-snapshots/snapshots.ts';
import type { SnapshotsState } from '../../../chapters/10-snapshots/state.ts';
import { piecesOf } from '../../../chapters/10-snapshots/state.ts';
import type { Entry } from '../../../lib/log/log.ts';
import { Log } from '../../../lib/log/log.ts';
import type { Message, NodeEvent } from '../../../lib/node/contract.ts';

const peers = ['B', 'C'];
const entry = (term: number, command: string): Entry => ({ term, command });

/** Ends at index 6, where the term is 2. */
const snapshot = {
  lastIncludedIndex: 6,
  lastIncludedTerm: 2,
  machine: { x: '1' },
  sessions: { Ann: { sequence: 3, result: 'a' } },
};

/** A node of term 3 with that snapshot and these entries after it. */
function nodeWith(after: readonly Entry[], more: Partial<SnapshotsState> = {}): SnapshotsState {
  const log = Log.of({ lastIncludedIndex: 6, lastIncludedTerm: 2, entries: after });
  const state = snapshots.init('A', peers, { currentTerm: 3, votedFor: null, log, snapshot });
  return { ...state, hearsLeader: false, ...more };
}

const leaderOf = (after: readonly Entry[], nextIndex: number): SnapshotsState =>
  nodeWith(after, {
    role: 'leader',
    votedFor: 'A',
    nextIndex: { B: nextIndex, C: 9 },
    matchIndex: { B: 0, C: 0 },
    round: 1,
  });

interface Result {
  readonly state: SnapshotsState;
  readonly sent: readonly (Message & Readonly<Record<string, unknown>>)[];
}

function step(before: SnapshotsState, event: NodeEvent): Result {
  const { state, effects } = snapshots.step(before, event);
  return {
    state,
    sent: effects.flatMap((effect) => (effect.type === 'send' ? [{ ...effect.message }] : [])),
  };
}

/** What is sent to B, without what the test does not ask about. */
const toB = ({ sent }: Result, ...fields: readonly string[]) =>
  sent
    .filter(({ to }) => to === 'B')
    .map((message) => [message.type, ...fields.map((field) => message[field])]);

const appendCommitted = (
  leaderCommit: number,
  prevLogIndex: number,
  prevLogTerm: number,
  ...entries: Entry[]
) => ({
  type: 'AppendEntries',
  from: 'B',
  to: 'A',
  term: 3,
  prevLogIndex,
  prevLogTerm,
  entries,
  leaderCommit,
  round: 1,
});

const append = (prevLogIndex: number, prevLogTerm: number, ...entries: Entry[]) =>
  appendCommitted(0, prevLogIndex, prevLogTerm, ...entries);

const install = (lastIncludedIndex: number, lastIncludedTerm: number, term = 3) => ({
  type: 'InstallSnapshot',
  from: 'B',
  to: 'A',
  term,
  lastIncludedIndex,
  lastIncludedTerm,
  offset: 0,
  data: [{ key: 'x', value: '9' }],
  done: true,
});

test('a leader sends the snapshot up to nextIndex at the edge, and entries from the next on', (t) => {
  const after = [entry(3, 'x=2'), entry(3, 'x=3')];
  const sentAt = (nextIndex: number) =>
    toB(
      step(leaderOf(after, nextIndex), { type: 'HeartbeatTimeout' }),
      'lastIncludedIndex',
      'prevLogIndex',
      'prevLogTerm',
      'entries',
    );
  for (const nextIndex of [1, 5, 6]) {
    t.deepEqual(
      sentAt(nextIndex),
      [['InstallSnapshot', 6, undefined, undefined, undefined]],
      `${nextIndex}`,
    );
  }
  t.deepEqual(sentAt(7), [['AppendEntries', undefined, 6, 2, after]], '7, just after the edge');
  t.deepEqual(sentAt(8), [['AppendEntries', undefined, 7, 3, after.slice(1)]], '8');
  t.deepEqual(sentAt(9), [['AppendEntries', undefined, 8, 3, []]], '9: nothing is missing');
  t.end();
});

test('entries that begin before the edge are not in conflict, and at the edge the term is compared', (t) => {
  const answers = (event: NodeEvent) =>
    toB(step(nodeWith([entry(3, 'x=2')]), event), 'success', 'lastIndex', 'conflictIndex');
  const seven = entry(3, 'x=2');
  t.deepEqual(answers(append(0, 0, entry(1, 'x=0'))), [['AppendEntriesReply', true, 6, 0]], '0');
  t.deepEqual(
    answers(append(5, 2, entry(2, 'y=1'), seven)),
    [['AppendEntriesReply', true, 6, 0]],
    '5',
  );
  t.deepEqual(answers(append(6, 2, seven)), [['AppendEntriesReply', true, 7, 0]], '6, of term 2');
  t.deepEqual(answers(append(7, 3)), [['AppendEntriesReply', true, 7, 0]], '7');
  t.deepEqual(answers(append(7, 2)), [['AppendEntriesReply', false, 7, 7]], '7, of another term');
  t.deepEqual(answers(append(8, 3)), [['AppendEntriesReply', false, 8, 8]], '8: there is a gap');
  t.end();
});

test('a follower tells of a conflict from the edge on, and the leader then needs its snapshot', (t) => {
  // All that the follower still has is of term 2, and so was what came before the edge.
  const follower = nodeWith([entry(2, 'x=2'), entry(2, 'x=3')]);
  t.deepEqual(
    toB(step(follower, append(8, 3)), 'conflictTerm', 'conflictIndex'),
    [['AppendEntriesReply', 2, 7]],
    'the first entry of that term that it has comes right after the edge',
  );
  const refusal = (conflictIndex: number) => ({
    type: 'AppendEntriesReply',
    from: 'B',
    to: 'A',
    term: 3,
    success: false,
    prevLogIndex: 8,
    lastIndex: 8,
    conflictTerm: 0,
    conflictIndex,
    round: 1,
  });
  const after = [entry(3, 'x=2'), entry(3, 'x=3'), entry(3, 'x=4')];
  const sent = (hint: number) => toB(step(leaderOf(after, 9), refusal(hint)), 'prevLogIndex');
  t.deepEqual(sent(7), [['AppendEntries', 6]], 'a hint just after the edge');
  t.deepEqual(sent(6), [['InstallSnapshot', undefined]], 'a hint at the edge');
  t.deepEqual(sent(1), [['InstallSnapshot', undefined]], 'a hint far before it');
  t.end();
});

test('an empty log is as new as the last entry that it discarded', (t) => {
  const asked = (lastLogIndex: number, lastLogTerm: number) =>
    toB(
      step(nodeWith([]), {
        ...{ type: 'RequestVote', from: 'B', to: 'A', term: 3 },
        ...{ lastLogIndex, lastLogTerm },
      }),
      'voteGranted',
    )[0]?.[1];
  t.deepEqual(
    [asked(5, 2), asked(6, 2), asked(7, 2), asked(9, 1), asked(1, 3), asked(0, 0)],
    [false, true, true, false, true, false],
  );
  const { sent } = step(nodeWith([]), { type: 'ElectionTimeout' });
  t.deepEqual(
    sent.map(({ lastLogIndex, lastLogTerm }) => [lastLogIndex, lastLogTerm]),
    [
      [6, 2],
      [6, 2],
    ],
    'and a candidate says so',
  );
  t.end();
});

test('what a snapshot leaves of a log depends on the entry at its end', (t) => {
  const three = [entry(3, 'x=2'), entry(3, 'x=3'), entry(3, 'x=4')];
  const installed = (index: number, term: number, after = three, commitIndex = 6) => {
    const before = nodeWith(after, { commitIndex, lastApplied: commitIndex });
    const {
      log,
      commitIndex: committed,
      lastApplied,
      machine,
    } = step(before, install(index, term)).state;
    return [log.lastIncludedIndex, log.lastIndex, committed, lastApplied, machine.x];
  };
  t.deepEqual(installed(5, 2), [6, 9, 6, 6, '1'], 'it ends before the edge: nothing changes');
  t.deepEqual(installed(6, 2), [6, 9, 6, 6, '1'], 'it ends at the edge: nothing changes');
  t.deepEqual(installed(7, 3), [7, 9, 7, 7, '9'], 'it ends at the next entry: two entries stay');
  t.deepEqual(installed(9, 3), [9, 9, 9, 9, '9'], 'it ends with the log: nothing is left to stay');
  t.deepEqual(installed(10, 3), [10, 10, 10, 10, '9'], 'it ends after the log: all of it goes');
  t.deepEqual(installed(8, 4), [8, 8, 8, 8, '9'], 'another term at its end: all of it goes');
  t.deepEqual(
    installed(8, 3, three, 8),
    [6, 9, 8, 8, '1'],
    'all of it is committed: nothing changes',
  );
  t.end();
});

test('after a snapshot is installed, the leader goes on after its end, and never back', (t) => {
  const reply = (lastIncludedIndex: number, isInstalled: boolean, term = 3) => ({
    ...{ type: 'InstallSnapshotReply', from: 'B', to: 'A', term, lastIncludedIndex },
    ...{ offset: 1, installed: isInstalled },
  });
  const after = [entry(3, 'x=2')];
  const known = (before: SnapshotsState, event: NodeEvent) => {
    const { matchIndex, nextIndex } = step(before, event).state;
    return [matchIndex.B, nextIndex.B];
  };
  t.deepEqual(known(leaderOf(after, 1), reply(6, true)), [6, 7], 'installed');
  t.deepEqual(known(leaderOf(after, 1), reply(6, false)), [0, 1], 'not complete yet');
  t.deepEqual(known(leaderOf(after, 1), reply(6, true, 2)), [0, 1], 'an answer of an older term');
  const further = { ...leaderOf(after, 8), matchIndex: { B: 7, C: 0 } };
  t.deepEqual(known(further, reply(6, true)), [7, 8], 'more is known already');
  t.end();
});

test('a node that starts again begins with its snapshot', (t) => {
  const { commitIndex, lastApplied, machine, sessions, receiving } = nodeWith([entry(3, 'x=2')]);
  t.deepEqual(
    { commitIndex, lastApplied, machine, sessions, receiving },
    {
      commitIndex: 6,
      lastApplied: 6,
      machine: { x: '1' },
      sessions: snapshot.sessions,
      receiving: null,
    },
  );
  const { state, sent } = step(nodeWith([entry(3, 'x=2')]), appendCommitted(7, 7, 3));
  t.deepEqual([state.lastApplied, state.machine.x], [7, '2'], 'and applies what comes after it');
  t.equal(sent.length, 1);
  t.end();
});

test('a snapshot goes in chunks that together are all of it, whatever it holds', (t) => {
  for (const keys of [0, 1, 2, 3, 4, 7]) {
    const machine = Object.fromEntries(
      Array.from({ length: keys }, (_, key) => [`k${key}`, `${key}`]),
    );
    const large = { ...snapshot, machine };
    let leader: SnapshotsState = { ...leaderOf([], 1), snapshot: large };
    let follower = snapshots.init('B', ['A', 'C']);
    let event: NodeEvent | undefined = { type: 'HeartbeatTimeout' };
    let chunks = 0;
    while (event) {
      const sent: Result = step(leader, event);
      leader = sent.state;
      const chunk = sent.sent.find(({ to, type }) => to === 'B' && type === 'InstallSnapshot');
      if (chunk) chunks += 1;
      const received: Result | undefined = chunk && step(follower, chunk);
      follower = received?.state ?? follower;
      event = received?.sent[0];
    }
    t.deepEqual(
      [follower.machine, follower.sessions],
      [machine, snapshot.sessions],
      `${keys} keys`,
    );
    t.equal(chunks, Math.ceil(piecesOf(large).length / 2), `${chunks} chunks`);
    t.deepEqual([leader.matchIndex.B, leader.sending], [6, {}], 'and then nothing is being sent');
  }
  t.end();
});
