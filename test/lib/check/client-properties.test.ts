// Each property of clients notices the mistake that it is for, in a recorded run, and says what was told.

import test from 'tape';
import * as clientProperties from '../../../lib/check/client-properties.ts';
import type { Property } from '../../../lib/check/property.ts';
import { replayBehaviour } from '../../../lib/replay/behavioural.ts';
import { bugs } from '../../bugs/bugs.ts';
import { chapterNamed, ownRuns, recorded } from '../../support.ts';

const chapter = chapterNamed('09-clients');

/** The first contradiction that a property finds in the recorded runs, when a mistake is made in them. */
function found(property: Property, mistake: string) {
  const node = bugs.find(({ name }) => name === mistake)?.node;
  if (!node) throw new Error(`there is no mistake ${mistake}`);
  for (const trace of ownRuns(chapter)) {
    const { violation } = replayBehaviour(trace, node, [property]);
    if (violation) return violation;
  }
  return undefined;
}

const notices: readonly (readonly [keyof typeof clientProperties, string, RegExp])[] = [
  ['executedOnce', 'executed-each-time', /machine of B holds \{x aa\}/],
  ['answersAreResults', 'sessions-without-results', /answers that .* gave none/],
  ['readsAreFresh', 'read-at-once', /A answers x\?, and has applied 2/],
  ['votersKeepQuiet', 'lease-without-vote-block', /B votes for C in term 2/],
  ['linearizability', 'read-at-once', /Ann read x = 1 .* Ben was told that x=2 is done/],
  ['linearizability', 'executed-each-time', /Ann was told that x\+=a is done and gave aa/],
];

test('each property of clients notices the mistake that it is for', (t) => {
  for (const [property, mistake, says] of notices) {
    const violation = found(clientProperties[property], mistake);
    t.match(violation?.later.says ?? 'nothing', says, `${property}: ${mistake}`);
  }
  t.end();
});

test('the recorded runs keep every property of clients but those that show what breaks it', (t) => {
  for (const { chapter: own, scenario, trace } of recorded) {
    if (own !== chapter || scenario.outcome.violates !== undefined) continue;
    const { violation } = replayBehaviour(trace, chapter.node, Object.values(clientProperties));
    t.equal(violation, undefined, scenario.name);
  }
  t.end();
});
