// Chaos: the same on every machine, every fault in it, and nothing in it that the whole rules do not survive.

import { createHash } from 'node:crypto';
import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { chaosRun } from '../../../lib/fuzz/chaos.ts';
import { nodesNamed } from '../../../lib/trial/trial.ts';
import { chapterNamed } from '../../support.ts';
import { survives } from './survives.ts';

const preVote = chapterNamed('07-prevote');
const run = (seed: number, restarts = false) =>
  chaosRun(preVote.node, restarts ? [] : preVote.properties, seed, {
    nodes: nodesNamed(5),
    acts: 200,
    restarts,
  });
const seeds = Array.from({ length: 20 }, (_, seed) => seed);

test('the same seed gives the same run on every machine, and another seed another one', (t) => {
  const text = JSON.stringify(seeds.map((seed) => run(seed).acts));
  t.equal(text, JSON.stringify(seeds.map((seed) => run(seed).acts)));
  t.notDeepEqual(run(1).acts, run(2).acts);
  // Changes with chaos itself, and with the rules of chapter 7. It must not change with the machine.
  t.equal(
    createHash('sha256').update(text).digest('hex'),
    'd0692f69a98086f431a2c5548fd9636033addd7b0a49a866ae22ab80c5f81267',
  );
  t.end();
});

test('chaos has every act in it, and restarts only when it is asked for them', (t) => {
  const kinds = (restarts: boolean) =>
    [...new Set(seeds.flatMap((seed) => run(seed, restarts).acts.map(({ type }) => type)))].sort();
  const usual = 'crash cut deliver drop duplicate heal partition request timeout'.split(' ');
  t.deepEqual(kinds(false), usual);
  t.deepEqual(kinds(true), [...usual, 'restart'].sort());
  t.end();
});

test('messages of one route overtake each other', (t) => {
  const overtakes = seeds.flatMap((seed) =>
    run(seed).acts.filter((act) => act.type === 'deliver' && (act.message.nth ?? 1) > 1),
  );
  t.ok(overtakes.length > 0, `${overtakes.length} messages arrive before an older one`);
  t.end();
});

test('a run ends at the first step that breaks a property or throws', (t) => {
  const { node } = chapterNamed('03-voting');
  const settings = { nodes: nodesNamed(3), acts: 100 };
  const throwing = {
    init: node.init,
    step: (...[state, event]: Parameters<typeof node.step>) => {
      if (event.type === 'RequestVote') throw new Error('not written yet');
      return node.step(state, event);
    },
  };
  const thrown = chaosRun(throwing, [], 1, settings);
  t.equal(thrown.violation?.property, 'No step throws');
  t.match(thrown.violation?.later.says ?? '', /not written yet/);
  t.equal(thrown.violation?.later.step, thrown.acts.length);
  const sends = { type: 'send', message: { type: 'Hello', from: 'A', to: 'Z' } } as const;
  const lost = chaosRun(
    { init: node.init, step: (state) => ({ state, effects: [sends] }) },
    [],
    1,
    settings,
  );
  t.match(lost.violation?.later.says ?? '', /there is no node Z/);
  t.end();
});

// Chapters 4 and 5 still have the mistake of Figure 8. It takes more seeds than these, and `npm run test:long` finds it.
for (const chapter of chapters.filter(({ name }) => name >= '03')) {
  test(`${chapter.name} survives 150 runs of chaos`, (t) => {
    survives(t, chapter, 150);
    t.end();
  });
}
