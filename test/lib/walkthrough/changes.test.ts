// What one chapter changes in the one before it.

import test from 'tape';
import type { NodeState } from '../../../lib/node/contract.ts';
import { nodeFromRules } from '../../../lib/rules/node.ts';
import { refine, rulesOf } from '../../../lib/rules/rule.ts';
import { changesLine, changesPage } from '../../../lib/walkthrough/changes-page.ts';
import { fieldChanges, ruleChanges, ruleOf } from '../../../lib/walkthrough/changes.ts';
import { protocolSource } from '../../../tools/source.ts';
import { sampleChapter } from './sample.ts';

interface Plain {
  state: NodeState;
  messages: object;
}
const rule = (name: string) =>
  rulesOf<Plain>()({ name, paper: '§0', says: `It is ${name}.`, on: 'any event', then: () => {} });
const [kept, gone, strict, other, early, late] = [
  rule('kept'),
  rule('gone'),
  rule('strict'),
  rule('other'),
  rule('early'),
  rule('late'),
];
const stricter = refine<Plain>()(strict, { when: { 'it is time': () => true } });
const before = [early, kept, gone, strict, other, late];
const now = [kept, rule('fresh'), refine<Plain>()(stricter, {}), rule('other'), late, early];

test('the two lists side by side: added, refined, replaced, left out, unchanged, moved', (t) => {
  const lines = ruleChanges(before, now).map(
    (change) =>
      `${ruleOf(change).name} ${change.type}${'moved' in change && change.moved ? ', moved' : ''}`,
  );
  t.deepEqual(lines, [
    'kept unchanged',
    'gone left out',
    'fresh added',
    'strict refined',
    'other replaced',
    'late unchanged',
    'early unchanged, moved',
  ]);
  t.end();
});

const chapterWith = (name: string, rules: readonly ReturnType<typeof rule>[], fields = {}) => ({
  ...sampleChapter(),
  name,
  node: nodeFromRules<Plain>({
    init: (id, peers) => ({ id, peers, role: 'follower', ...fields }),
    rules,
  }),
});
const chapters = [
  chapterWith('01-one', before),
  chapterWith('02-two', [kept, gone, stricter, rule('fresh')], { log: [] }),
] as const;
const book = {
  chapters,
  traces: [],
  sourceOf: () => ({ file: 'chapters/02-two/two.ts', text: 'the code' }),
  protocolOf: () => ({ file: 'chapters/02-two/two.ts', text: 'the state' }),
};

test('the page shows what is new with its code, and of the rest only the names', (t) => {
  const page = changesPage(book, chapters[1]) ?? '';
  t.ok(page.includes('# What chapter 2 changes'));
  t.ok(page.includes('|  | `+` added | [`fresh`](../rulebook.md#02-two-fresh) |'));
  t.ok(page.includes('| [`early`](../rulebook.md#01-one-early) | `-` left out |  |'));
  t.ok(page.includes('- New condition: it is time'));
  t.ok(page.includes('- Before: [`strict`](../rulebook.md#01-one-strict) of chapter 1'));
  t.equal(page.match(/^the code$/gm)?.length, 2, 'the code of the new and of the refined rule');
  t.ok(page.includes('- The state now has `log`') && page.includes('the state\n```'));
  t.notOk(page.includes('### kept'));
  t.end();
});

test('a lesson gets the link and the counts; the first chapter changes nothing', (t) => {
  t.deepEqual(changesLine('chapters/02-two/README.md', chapters, [], chapters[1]), [
    '[What chapter 2 changes](../../traces/02-two/what-changed.md): ' +
      '1 rule added, 1 refined, 3 left out; new in the state: `log`.',
  ]);
  t.equal(changesPage(book, chapters[0]), undefined);
  t.throws(() => changesLine('README.md', chapters, [], chapters[0]), /no chapter before/);
  t.end();
});

test('types of message that are new or carry other fields are told, others are not', (t) => {
  const old = new Map([
    ['Ask', ['term']],
    ['Same', ['term']],
  ]);
  const fresh = new Map([
    ['Ask', ['index']],
    ['Same', ['term']],
    ['Tell', ['term']],
  ]);
  t.deepEqual(fieldChanges(old, fresh), [
    { type: 'Ask', isNew: false, added: ['index'], removed: ['term'] },
    { type: 'Tell', isNew: true, added: ['term'], removed: [] },
  ]);
  t.end();
});

test("the source of a chapter's protocol holds its state and its messages, and no rule", (t) => {
  const source = protocolSource({ name: '03-voting' });
  t.equal(source?.file, 'chapters/03-voting/voting.ts');
  t.ok(source?.text.startsWith('export interface VotingState extends TermsState {'));
  t.ok(source?.text.includes('export interface Voting {'));
  t.notOk(source?.text.includes('rule('));
  t.end();
});
