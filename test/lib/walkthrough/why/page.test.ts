// The pages that say what goes wrong without a rule: what a reader finds on them, and the list that leads there.

import test from 'tape';
import { chapters } from '../../../../chapters/chapters.ts';
import {
  rulebookFile,
  tracesFile,
  whyFile,
  whyPageFile,
} from '../../../../lib/walkthrough/links.ts';
import { whyListOf } from '../../../../lib/walkthrough/why/list.ts';
import { whyPageOf } from '../../../../lib/walkthrough/why/page.ts';
import type { Question } from '../../../../lib/why/question.ts';
import { sameQuestion } from '../../../../lib/why/question.ts';
import type { Verdict } from '../../../../lib/why/verdict.ts';
import { readVerdicts, whyTraceOf } from '../../../../tools/verdicts.ts';
import { chapterNamed } from '../../../support.ts';
import { textMade } from '../generated.ts';
import { read } from '../pages-read.ts';

const verdicts = readVerdicts();

function verdictOn(question: Question): Verdict {
  const found = verdicts.find((verdict) => sameQuestion(verdict, question));
  if (!found) throw new Error(`there is no verdict on ${question.chapter} ${question.rule}`);
  return found;
}

function pageOn(question: Question, reason?: string): string {
  const chapter = chapterNamed(question.chapter);
  return whyPageOf(chapters, chapter, verdictOn(question), whyTraceOf(question), reason);
}

test('a page names the properties of its chapter, and where Election Safety is promised', (t) => {
  const roles = pageOn({ chapter: '01-roles', rule: 'start-election' });
  t.ok(roles.includes('This chapter promises no safety property yet, so none was searched.'));
  t.ok(roles.includes('*Election Safety* is promised from chapter 3 on.'));
  const terms = pageOn({ chapter: '02-terms', rule: 'start-election' });
  t.ok(
    terms.includes(
      '\nJudged by: *Terms never decrease*. *Election Safety* is promised from chapter 3 on.\n',
    ),
  );
  const voting = pageOn({ chapter: '03-voting', rule: 'grant-vote' });
  t.ok(
    voting.includes(
      '\nJudged by: *Terms never decrease*, *Election Safety* and *One vote per term*.\n',
    ),
  );
  t.end();
});

test('where what breaks is not one of the properties of Fig. 3, a page says what may come of it', (t) => {
  const votes = pageOn({
    chapter: '03-voting',
    rule: 'grant-vote',
    condition: 'has not voted for another candidate this term',
  });
  t.ok(votes.includes('> Why it matters: A node that votes twice can give each of two candidates'));
  const leaders = pageOn({
    chapter: '03-voting',
    rule: 'become-leader',
    condition: 'has votes from a majority',
  });
  t.notOk(leaders.includes('Why it matters'));
  t.end();
});

test('of a rule as it was before, a page says what was changed and whose rule it is', (t) => {
  const page = pageOn({ chapter: '04-replication', rule: 'adopt-newer-term', asBefore: true });
  t.ok(
    page.includes(
      'Chapter 4 changes this rule: [what it changes](../../04-replication/what-changed.md#adopt-newer-term). Here it is as in ' +
        'chapter 3: [`adopt-newer-term`](../../rulebook.md#03-voting-adopt-newer-term).',
    ),
  );
  t.ok(page.includes('| step | what happens | as before | as it is now |'));
  t.notOk(/without it/i.test(page));
  t.end();
});

test('a long beginning that is the same in both runs is folded away, and nothing else', (t) => {
  const says = / are the same in both<\/summary>\n\n([^]*?)\n\n<\/details>/;
  const rowsIn = (text: string) => text.split('\n').filter((line) => /^\| (<a id|—)/.test(line));
  let count = 0;
  for (const verdict of verdicts) {
    const [, side = ''] = read(whyPageFile(verdict)).split('## Side by side');
    const [, folded] = says.exec(side) ?? [];
    const open = rowsIn(folded === undefined ? side : (side.split(folded)[1] ?? ''));
    const beginning = open.findIndex((row) => row.includes(' | **'));
    if (folded === undefined) {
      t.ok(beginning <= 5, whyPageFile(verdict));
      continue;
    }
    count += 1;
    t.equal(beginning, 0, `${whyPageFile(verdict)} goes on with a difference`);
    t.notOk(
      rowsIn(folded).some((row) => row.includes(' | **')),
      'and has none before',
    );
    t.ok(side.includes(`<summary>Steps 1–${rowsIn(folded).length} are the same in both<`));
  }
  t.ok(count > 0, 'there are some');
  t.end();
});

test('every step of the run has its place on the page, in order', (t) => {
  for (const verdict of verdicts) {
    const count = whyTraceOf(verdict)?.steps.length ?? 0;
    const anchors = [...read(whyPageFile(verdict)).matchAll(/<a id="step-(\d+)"><\/a>/g)];
    t.deepEqual(
      anchors.map(([, step]) => Number(step)),
      Array.from({ length: count }, (_, index) => index + 1),
      whyPageFile(verdict),
    );
  }
  t.end();
});

test('a page says that searches did not reach what something else found', (t) => {
  for (const verdict of verdicts) {
    if (verdict.verdict !== 'safety') continue;
    const isLate = read(whyPageFile(verdict)).includes('did not reach it:');
    t.equal(isLate, verdict.found !== 'search', whyPageFile(verdict));
  }
  t.end();
});

test('nodes that do not start fresh are shown as they start', (t) => {
  const question = {
    chapter: '05-conflict-backoff',
    rule: 'refuse-stale-leader',
    condition: 'the heartbeat has an older term',
  };
  const page = pageOn(question);
  t.ok(page.includes('The nodes start in these states:\n\n| node | `log` |'));
  t.ok(page.includes('| **A** | \\[t1 x=1 x=2 x=3\\] |'));
  const paxos = pageOn({ chapter: '12-paxos', rule: 'accept' });
  t.ok(paxos.includes('Every node starts fresh, as an acceptor.'));
  t.end();
});

test('a reason stands where nothing was found that covers for it, and links the rules it names', (t) => {
  const question = { chapter: '11-membership', rule: 'disregard-candidate' };
  const page = pageOn(question, 'Who hears a leader refuses (`grant-vote`).');
  t.ok(
    page.includes(
      '**Why, as far as we know:** Who hears a leader refuses ([`grant-vote`](../../rulebook.md#11-membership-grant-vote)).',
    ),
  );
  t.notOk(pageOn(question).includes('as far as we know'));
  t.end();
});

test('where a partner covers for it, no page says that nothing was found', (t) => {
  for (const verdict of verdicts) {
    if (verdict.verdict !== 'redundant' || !verdict.partner) continue;
    const page = read(whyPageFile(verdict));
    t.ok(page.includes('covers for it.') && !page.includes('No other'), whyPageFile(verdict));
  }
  t.end();
});

test('the list has every verdict once, under its chapter', (t) => {
  const page = whyListOf(chapters, verdicts);
  for (const { name } of chapters) {
    const own = verdicts.filter(({ chapter }) => chapter === name);
    const links = [...page.matchAll(/\]\((\d\d-[^/)]+)\/[^)]+\.md\)/g)];
    t.equal(links.filter(([, chapter]) => chapter === name).length, own.length, name);
  }
  const files = verdicts.map((verdict) => whyPageFile(verdict).replace('traces/why/', ''));
  t.deepEqual(
    files.filter((file) => page.split(`](${file})`).length !== 2),
    [],
  );
  t.end();
});

test('the list is to be found from the rulebook, from the head of the folder and from each of its pages', async (t) => {
  t.ok((await textMade(rulebookFile)).includes('](why/README.md)'));
  t.ok((await textMade(tracesFile)).includes('](why/README.md)'));
  t.equal(whyFile, 'traces/why/README.md');
  for (const verdict of verdicts) {
    t.ok(read(whyPageFile(verdict)).includes('](../README.md)'), whyPageFile(verdict));
  }
  t.end();
});
