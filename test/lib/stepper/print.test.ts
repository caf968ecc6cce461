// A run as plain text: everything the stepper shows, in order, on lines of 80 columns.

import test from 'tape';
import { printMoment, printRun } from '../../../lib/stepper/print.ts';
import { widthOf } from '../../../lib/stepper/text.ts';
import { sayAct, sayValue } from '../../../lib/words/words.ts';
import { scenes, stepWhere } from './scenes.ts';

const printed = scenes.map((scene) => ({ scene, text: printRun(scene) }));

const unwrapped = (text: string) => text.replace(/\s+/g, ' ');

test('a printed run tells the whole story in order', (t) => {
  for (const { scene, text: whole } of printed) {
    const { header, steps } = scene.trace;
    const text = unwrapped(whole);
    const story = [
      header.title,
      header.about,
      ...steps.flatMap((record) => [
        ...(record.question ? [`Question ${record.question.asks}`] : []),
        `Step ${record.step}, ${record.time} ms: ${sayAct(record)}`,
        ...(record.question ? [`Answer ${record.question.answer}`] : []),
        ...(record.note === undefined ? [] : [`Note ${record.note}`]),
        ...changesOf(scene.states[record.step - 1], record),
        ...(record.fired ?? [])
          .filter(({ refused }) => refused === undefined)
          .map(({ rule }) => `✓ ${rule} fired: `),
      ]),
      `Outcome ${header.outcome.says}`,
      ...(header.outcome.violates === undefined ? [] : [`Violates ${header.outcome.violates}`]),
    ];
    let from = 0;
    for (const part of story) {
      const found = text.indexOf(part, from);
      if (found < 0) t.fail(`${header.scenario} lacks, or has too early: ${part}`);
      else from = found + part.length;
    }
  }
  t.ok(scenes.length > 0);
  t.end();
});

type Scene = (typeof scenes)[number];

function changesOf(
  before: Scene['states'][number] | undefined,
  record: Scene['trace']['steps'][number],
) {
  const { node, changed = {} } = record;
  return Object.entries(changed).map(([field, value]) => {
    const was = node === undefined ? undefined : before?.[node]?.[field];
    return `${field} ${sayValue(was)} → ${sayValue(value)}`;
  });
}

test('a printed run is plain text of 80 columns', (t) => {
  for (const { scene, text } of printed) {
    const lines = text.split('\n');
    t.notOk(/(?!\n)\p{Cc}/u.test(text), scene.trace.header.scenario);
    t.same(
      lines.filter((each) => widthOf(each) > 80 || / $/.test(each)),
      [],
    );
  }
  t.end();
});

test('one printed step has the states, the messages in flight, and its question', (t) => {
  const place = stepWhere(({ question, effects = [] }) =>
    Boolean(question && effects.some(({ type }) => type === 'send')),
  );
  const text = unwrapped(printMoment(place.scene, place.moment));
  t.ok(text.includes(`Step ${place.record.step}, `));
  t.notOk(text.includes(`Step ${place.record.step + 1}, `));
  t.ok(text.includes(`Question ${place.record.question?.asks}`));
  t.ok(/In flight .*\*m\d+ /.test(text), 'the messages in flight');
  t.ok(/ node role .*> [A-E] /.test(text), 'the states');
  t.end();
});
