// How values, messages, acts and effects read in plain words.

import test from 'tape';
import { Log } from '../../../lib/log/log.ts';
import { sayAct, sayEffect, sayMessage, sayValue } from '../../../lib/words/words.ts';

test('values read as a person writes them', (t) => {
  const said = [null, undefined, 'A', 3, true, [], ['A', 'B'], {}, { B: 2, C: 0 }].map(sayValue);
  t.deepEqual(said, ['none', 'missing', 'A', '3', 'true', '[]', '[A, B]', '{}', '{B 2, C 0}']);
  t.end();
});

test('the entries of a log name each term once', (t) => {
  const entries = [
    { term: 1, command: 'x=1' },
    { term: 1, command: 'y=2' },
    { term: 3, command: 'z=3' },
  ];
  t.equal(sayValue(entries), '[t1 x=1 y=2, t3 z=3]');
  t.equal(sayValue(Log.of(entries)), '[t1 x=1 y=2, t3 z=3]', 'a log reads like the list it is');
  t.equal(sayValue(entries[2]), 't3 z=3');
  t.end();
});

test('what is discarded of a log, and what a snapshot holds, is told by where it ends', (t) => {
  const edge = { lastIncludedIndex: 4, lastIncludedTerm: 2 };
  const entries = [{ term: 2, command: 'x=1' }];
  t.equal(sayValue({ ...edge, entries }), '[…4 (t2), t2 x=1]');
  t.equal(sayValue(Log.of({ ...edge, entries: [] })), '[…4 (t2)]');
  t.equal(
    sayValue({ ...edge, machine: { x: '1' }, sessions: {} }),
    '{…4 (t2), machine {x 1}, sessions {}}',
  );
  const data = [
    { key: 'x', value: '1' },
    { client: 'Ann', sequence: 2, result: null },
  ];
  const chunk = { type: 'InstallSnapshot', ...edge, data, done: true };
  t.equal(
    sayMessage(chunk),
    'InstallSnapshot (lastIncludedIndex 4, lastIncludedTerm 2, data [x=1, Ann 2: none], done true)',
  );
  t.equal(
    sayEffect({ type: 'persist', fields: { log: { upTo: 6, ...edge } } }),
    'writes to disk: log cut after 6, log discarded up to 4',
  );
  t.end();
});

test('a message reads without its route, and an act says who did what', (t) => {
  const message = { type: 'RequestVote', from: 'A', to: 'B', term: 2 };
  t.equal(sayMessage(message), 'RequestVote (term 2)');
  t.equal(sayMessage({ type: 'Hello' }), 'Hello');
  const address = { type: 'RequestVote', from: 'A', to: 'B' };
  const deliver = { type: 'deliver', message: address } as const;
  t.equal(
    sayAct({ step: 1, time: 0, act: deliver, event: message }),
    'B receives RequestVote (term 2) from A',
  );
  const split = { type: 'partition', groups: [['A'], ['B', 'C']] } as const;
  const groups = split.groups.map((group) => [...group]);
  t.equal(sayAct({ step: 1, time: 0, act: { ...split, groups } }), 'The network splits: A | B C');
  t.end();
});

test('an effect says when its message was lost, and where a client is sent', (t) => {
  const message = { type: 'AppendEntries', from: 'A', to: 'B' };
  t.equal(
    sayEffect({ type: 'send', id: 1, message, lost: true }),
    'sends AppendEntries to B, but the link is cut',
  );
  const answer = { type: 'answer', command: 'x=1', applied: false } as const;
  t.equal(sayEffect({ ...answer, leaderId: 'C' }), 'answers the client: ask C');
  t.equal(sayEffect({ ...answer, leaderId: null }), 'answers the client: there is no leader yet');
  t.end();
});

test('a client with a name is told what came of its command', (t) => {
  const asks = { type: 'request', node: 'A', command: 'x?', client: 'Ann', sequence: 2 } as const;
  t.equal(sayAct({ step: 1, time: 0, act: asks }), 'Ann asks A: x? (number 2)');
  t.equal(
    sayAct({ step: 1, time: 0, act: { ...asks, read: 'index' } }),
    'Ann asks A: x? (number 2, by index)',
  );
  const told = { type: 'answer', applied: true, leaderId: 'A', client: 'Ann' } as const;
  t.equal(sayEffect({ ...told, command: 'x?', result: '1' }), 'answers Ann: x is 1');
  t.equal(sayEffect({ ...told, command: 'x?', result: null }), 'answers Ann: x has no value');
  t.equal(sayEffect({ ...told, command: 'x+=a', result: 'ba' }), 'answers Ann: x+=a gave ba');
  t.equal(sayEffect({ ...told, command: 'x=1', result: '1' }), 'answers Ann: x=1 is done');
  t.equal(
    sayEffect({ ...told, command: 'x?', applied: false, leaderId: 'B' }),
    'answers Ann: ask B',
  );
  const entries = [
    { term: 1, command: 'no-op' },
    { term: 1, command: 'x=1', client: 'Ann', sequence: 1 },
  ];
  t.equal(sayValue(entries), '[t1 no-op x=1 (Ann 1)]');
  t.end();
});

test('a write says what changes on disk, and a step that is cut short says so', (t) => {
  const entries = [{ term: 2, command: 'x=1' }];
  const persist = { type: 'persist', fields: { currentTerm: 2, votedFor: null } } as const;
  t.equal(sayEffect(persist), 'writes to disk: currentTerm 2, votedFor none');
  t.equal(
    sayEffect({ type: 'persist', fields: { log: { upTo: 3, from: 4, entries } } }),
    'writes to disk: log cut after 3, log from 4 [t2 x=1]',
  );
  t.equal(
    sayEffect({ type: 'persist', fields: { votedFor: 'A' }, lazily: true }),
    'leaves to be written to disk later: votedFor A',
  );
  const act = { type: 'timeout', node: 'A', timer: 'election', crashAfter: 1 } as const;
  t.equal(
    sayAct({ step: 1, time: 0, act, node: 'A' }),
    "A's election timer runs out; A crashes on the way",
  );
  t.end();
});
