// The comparison of Raft and Multi-Paxos says what its runs show.

import { readFileSync } from 'node:fs';
import test from 'tape';
import { comparisonFile, comparisonPage } from '../../tools/raft-and-paxos.ts';

const page = comparisonPage();

/** The cells of the rows of a protocol below a heading. */
const rowsOf = (heading: string, protocol: string): string[][] =>
  (page.split(`## ${heading}`)[1] ?? '')
    .split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith(`| ${protocol} |`))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(2, -1),
    ) ?? [];

test('the page is fresh', (t) => {
  t.equal(readFileSync(comparisonFile, 'utf8'), page, 'otherwise: npm run walkthroughs');
  t.end();
});

test('with a stable leader a command takes as many messages and delays in both', (t) => {
  const [raft, paxos] = ['Raft', 'Multi-Paxos'].map((name) =>
    rowsOf('A command with a stable leader', name),
  );
  t.equal(raft?.length, 4);
  t.deepEqual(raft, paxos);
  t.ok(raft?.every(([, , , delays, known]) => delays === '2' && known === 'yes'));
  t.end();
});

test('a node that lacks commands leads in Multi-Paxos, and not in Raft', (t) => {
  const change = (name: string) =>
    rowsOf('A new leader, and commands of which nobody knows that they are chosen', name).filter(
      ([entries, heir]) => entries !== '0' && heir === 'C',
    );
  t.deepEqual(
    change('Raft').map(([, , leader]) => leader),
    ['B', 'B'],
  );
  t.deepEqual(
    change('Multi-Paxos').map(([, , leader]) => leader),
    ['C', 'C'],
  );
  t.end();
});

test('old commands keep their term in Raft, and get the ballot of the new leader in Multi-Paxos', (t) => {
  const logs = (name: string) =>
    rowsOf('A new leader, and commands of which nobody knows that they are chosen', name)
      .filter(([entries]) => entries === '3')
      .map((cells) => cells.at(-1));
  t.deepEqual(logs('Raft'), ['t1 no-op x=1 x=2 x=3, t2 no-op', 't1 no-op x=1 x=2 x=3, t3 no-op']);
  t.deepEqual(logs('Multi-Paxos'), ['b2 x=1, b2 x=2, b2 x=3', 'b3 x=1, b3 x=2, b3 x=3']);
  t.end();
});

test('a gap keeps a later slot from being applied, not from being accepted', (t) => {
  t.deepEqual(
    rowsOf('A gap', 'Raft').map((cells) => cells.slice(2)),
    [['{x 1, y 2}', '{x 1, y 2}']],
  );
  const [paxos] = rowsOf('A gap', 'Multi-Paxos');
  t.deepEqual([paxos?.[0], ...(paxos?.slice(2) ?? [])], ['b1 y=2', '{}', '{x 1, y 2}']);
  t.end();
});
