// The rulebook: where each rule comes from, and which runs exercise it.

import test from 'tape';
import { nodeFromRules } from '../../../lib/rules/node.ts';
import { refine, rulesOf } from '../../../lib/rules/rule.ts';
import type { NodeState } from '../../../lib/node/contract.ts';
import { rulebookFile } from '../../../lib/walkthrough/links.ts';
import { rulesTable } from '../../../lib/walkthrough/lesson.ts';
import { originOf } from '../../../lib/walkthrough/origins.ts';
import { rulebookOf } from '../../../lib/walkthrough/rulebook.ts';
import { textMade } from './generated.ts';
import { sampleChapter, sampleNode, sampleRun, variantRuns } from './sample.ts';

interface Plain {
  state: NodeState;
  messages: object;
}
const rule = (name: string) =>
  rulesOf<Plain>()({ name, paper: '§0', says: `It is ${name}.`, on: 'any event', then: () => {} });
const chapterWith = (name: string, ...rules: ReturnType<typeof rule>[]) => ({
  ...sampleChapter(),
  name,
  node: nodeFromRules<Plain>({ init: (id, peers) => ({ id, peers, role: 'follower' }), rules }),
});
const [kept, changed, again] = [rule('kept'), rule('changed'), rule('again')];
const refined = refine<Plain>()(changed, { when: { 'it is time': () => true } });
const twice = refine<Plain>()(refined, { says: 'Twice.' });
const chapters = [
  chapterWith('01-one', kept, changed, again),
  chapterWith('02-two', kept, refined, rule('again')),
  chapterWith('03-three', twice, kept),
] as const;
const [one, two, three] = chapters;

test('a rule is added, refined, replaced or unchanged since the first chapter that has it', (t) => {
  const origin = (chapter: (typeof chapters)[number], index: number) => {
    const rule = chapter.node.rules[index];
    if (!rule) throw new Error('there is no such rule');
    const found = originOf(chapters, chapter, rule);
    return 'from' in found ? `${found.type} ${found.from.name}` : found.type;
  };
  t.equal(origin(one, 0), 'added');
  t.equal(origin(two, 0), 'unchanged 01-one');
  t.equal(origin(two, 1), 'refined 01-one');
  t.equal(origin(two, 2), 'replaced');
  t.equal(origin(three, 0), 'refined 02-two');
  t.equal(origin(three, 1), 'unchanged 01-one');
  t.end();
});

const protocolOf = () => undefined;

test('the matrix tells what became of each rule in each chapter', (t) => {
  const sourceOf = () => ({ file: 'chapters/x/x.ts', text: 'code' });
  const book = rulebookOf({ chapters, traces: [], sourceOf, protocolOf });
  t.ok(
    book.includes(
      '| `changed` | [added](#01-one-changed) | [refined](#02-two-changed) | [refined](#03-three-changed) |',
    ),
  );
  t.ok(book.includes('| `again` | [added](#01-one-again) | [replaced](#02-two-again) | — |'));
  t.ok(
    book.includes('### 02-two: kept\n\nIt is kept.\n\n- Rule 1 of 3, unchanged: [01-one: kept]'),
  );
  t.equal(book.match(/^code$/gm)?.length, 6, 'an unchanged rule is not printed again');
  t.end();
});

test('the rulebook links to the steps at which a rule fired, and at which each condition refused', (t) => {
  const { chapter, trace } = sampleRun((run) => {
    run.timeout('A');
    run.deliver('Ask', 'A', 'B');
    run.timeout('C');
    run.deliver('Ask', 'A', 'C');
  });
  const sourceOf = () => ({ file: 'chapters/98-sample/sample.ts', text: 'the code' });
  const book = rulebookOf({ chapters: [chapter], traces: [trace], sourceOf, protocolOf });
  const [, agree = ''] = book.split('### 98-sample: agree');
  const run = '[sample-run](98-sample/sample-run.md)';
  t.ok(agree.includes(`| fired | ${run} [2](98-sample/sample-run.md#step-2) |`));
  const refusal = `| **no:** is no candidate itself | ${run} [4](98-sample/sample-run.md#step-4) |`;
  t.ok(agree.includes(refusal));
  t.ok(agree.includes('| **no:** has not heard from it | in no recorded run |'));
  t.ok(
    agree.includes('From [sample.ts](../chapters/98-sample/sample.ts):\n\n```ts\nthe code\n```'),
  );
  t.end();
});

test('of many runs the rulebook names three, and says how many more there are', (t) => {
  const runs = [1, 2, 3, 4, 5].map((number) =>
    sampleRun((run) => run.timeout('A'), { name: `run-${number}` }),
  );
  const [{ chapter } = { chapter: sampleChapter() }] = runs;
  const sourceOf = () => ({ file: 'chapters/98-sample/sample.ts', text: 'the code' });
  const traces = runs.map(({ trace }) => trace);
  const book = rulebookOf({ chapters: [chapter], traces, sourceOf, protocolOf });
  const [, stand = ''] = book.split('### 98-sample: stand');
  const [cell = ''] = /\| fired \| .*/.exec(stand) ?? [];
  t.deepEqual(
    [...cell.matchAll(/\[(run-\d)\]/g)].map(([, run]) => run),
    ['run-1', 'run-2', 'run-3'],
  );
  t.ok(cell.endsWith('<br>and in 2 more |'), cell);
  t.end();
});

test('a rule that is unchanged is told with its runs only where it was written', (t) => {
  const sourceOf = () => ({ file: 'chapters/x/x.ts', text: 'code' });
  const book = rulebookOf({ chapters, traces: [], sourceOf, protocolOf });
  t.equal(book.match(/in the runs of this chapter/g)?.length, 6);
  t.end();
});

test('the rulebook is small enough for GitHub to show it', async (t) => {
  const size = Buffer.byteLength(await textMade(rulebookFile));
  t.ok(size < 600_000, `${size} bytes`);
  t.end();
});

test('the table in a lesson keeps the order of the rules and links each to the rulebook', (t) => {
  const chapter = { ...sampleChapter(), node: sampleNode };
  const rows = rulesTable('chapters/98-sample/README.md', [chapter], chapter).slice(2);
  t.deepEqual(
    rows.map((row) => /\[`([a-z-]+)`\]/.exec(row)?.[1]),
    sampleNode.rules.map(({ name }) => name),
  );
  t.ok(rows[0]?.startsWith('| 1 | [`stand`](../../traces/rulebook.md#98-sample-stand) |'));
  t.end();
});

test('a rule that only a variant has comes after the list, with the runs of that variant only', (t) => {
  const [own, varied] = variantRuns();
  const sourceOf = () => ({ file: 'chapters/98-sample/sample.ts', text: 'the code' });
  const traces = [own.trace, varied.trace];
  const { chapter } = varied;
  const book = rulebookOf({ chapters: [chapter], traces, sourceOf, protocolOf });
  const [before = '', patient = ''] = book.split('### 98-sample: patience (only in patient)');
  t.ok(patient.includes('Only in the variant patient, not in the list of this chapter'));
  t.ok(patient.includes('| fired | [varied](98-sample/varied.md) [1]'));
  t.ok(
    book.includes('| `patience` | [in a variant](#98-sample-patience-only-in-patient) |'),
    'the matrix links it',
  );
  const [, stand = ''] = before.split('### 98-sample: stand');
  const [firedIn] = stand.split('### ');
  t.ok(firedIn?.includes('[own](98-sample/own.md)'));
  t.notOk(firedIn?.includes('[varied]'), 'a run of a variant is no evidence for the list');
  t.end();
});
