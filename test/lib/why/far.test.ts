// Where a search through every interleaving does not reach: walks from recorded runs, and what may be held against them.

import test from 'tape';
import { linearizability } from '../../../lib/check/client-properties.ts';
import { lacking } from '../../../lib/rules/node.ts';
import { damageFromRuns } from '../../../lib/why/far.ts';
import { stageOf } from '../../../lib/why/safety.ts';
import { play } from '../../../lib/why/schedule.ts';
import { chapterNamed, recorded } from '../../support.ts';

const chapter = chapterNamed('09-clients');
const runs = recorded
  .filter((each) => each.chapter === chapter && each.scenario.variant === undefined)
  .map(({ trace }) => trace);
const node = lacking(chapter.node, { rule: 'apply-committed', asBefore: true });
const walks = { walks: 400, acts: 50, enough: 1 };

test('walks from recorded runs find the same run each time', (t) => {
  const found = damageFromRuns(chapter, node, runs, walks);
  t.equal(found?.finding.property, 'Linearizability');
  t.deepEqual(damageFromRuns(chapter, node, runs, walks), found);
  t.end();
});

test('a run that walks have found breaks its property without the rule alone', (t) => {
  const found = damageFromRuns(chapter, node, runs, walks);
  if (!found) {
    t.fail('nothing was found');
  } else {
    t.equal(play(node, found.stage, found.acts).violation?.property, found.finding.property);
    t.notOk(play(chapter.node, found.stage, found.acts).violation);
  }
  t.end();
});

test('walks break nothing with all rules in place', (t) => {
  t.notOk(damageFromRuns(chapter, chapter.node, runs, walks));
  t.end();
});

test('where logs hold from the start what no client has asked for, answers are not judged', (t) => {
  for (const trace of runs) {
    const { given, initial } = trace.header;
    const hasEntries = Object.values(initial).some(({ log }) => Array.isArray(log) && log.length);
    const judged = stageOf(trace, chapter.properties).properties.includes(linearizability);
    t.equal(judged, !(given && hasEntries), trace.header.scenario);
  }
  t.end();
});
