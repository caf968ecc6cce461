// What a page tells about where its run comes from: a variant, given states, an earlier chapter.

import test from 'tape';
import { scenarioList } from '../../../lib/walkthrough/lesson.ts';
import { pageOf } from '../../../lib/walkthrough/page.ts';
import { sampleChapter, sampleRun, variantRuns } from './sample.ts';

test('the page of a variant names it, what differs, and explains the run by its rules', (t) => {
  const [own, varied] = variantRuns();
  const page = pageOf([varied.chapter], varied.chapter, varied.trace);
  const address = '../rulebook.md#98-sample-patience-only-in-patient';
  t.ok(
    page.includes(
      `those of the variant **patient**: with [\`patience\`](${address}), ` +
        'without [`stand`](../rulebook.md#98-sample-stand).',
    ),
  );
  t.ok(page.includes(`**Fired:** [\`patience\`](${address}) (§6)`));
  t.notOk(pageOf([own.chapter], own.chapter, own.trace).includes('variant'));
  t.end();
});

test('a run that starts from given states says so, and shows them', (t) => {
  const given = sampleRun((run) => run.timeout('A'), { start: { B: { currentTerm: 4 } } });
  const page = pageOf([given.chapter], given.chapter, given.trace);
  const [, start = ''] = page.split('## The start');
  t.ok(start.startsWith('\n\nThis run begins in the middle'));
  t.ok(start.includes('| **B** | follower | 4 |'));
  const fresh = sampleRun((run) => run.timeout('A'));
  t.notOk(pageOf([fresh.chapter], fresh.chapter, fresh.trace).includes('begins in the middle'));
  t.end();
});

test('runs of earlier chapters come last, whatever their place in the list', (t) => {
  const { chapter: first, trace } = sampleRun((run) => run.timeout('A'));
  const [recalled] = first.scenarios;
  if (!recalled) return t.end('the sample has a scenario');
  const own = { ...recalled, name: 'own', title: 'An own run' };
  const later = { ...sampleChapter(recalled, own), name: '99-later', title: 'Later' };
  const lines = scenarioList('chapters/99-later/README.md', [first, later], later);
  t.ok(lines[0]?.includes('(`own`)'));
  t.equal(lines[2], 'Runs of earlier chapters, recorded again with the rules of this one:');
  t.ok(lines[4]?.includes('(`sample-run`)'));
  t.equal(lines.length, 5);

  const again = { ...trace, header: { ...trace.header, chapter: '99-later' } };
  const page = pageOf([first, later], later, again);
  t.ok(
    page.includes(
      'This run is [from chapter 98](../98-sample/sample-run.md). Here it runs with the rules of chapter 99.',
    ),
  );
  t.ok(page.includes('[← An own run](own.md)'), 'and so it follows the own run');
  t.end();
});
