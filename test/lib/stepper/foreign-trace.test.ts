// A trace that another program recorded, with states and words that this book does not know.

import test from 'tape';
import { paint } from '../../../lib/stepper/ansi.ts';
import { viewOf } from '../../../lib/stepper/keys.ts';
import { sceneOf } from '../../../lib/stepper/scene.ts';
import { screenOf } from '../../../lib/stepper/screen.ts';
import { plainText, widthOfLine } from '../../../lib/stepper/text.ts';
import { panels, stepWhere, textAt, usual } from './scenes.ts';

test('a trace of another program can neither move the cursor nor break the screen', (t) => {
  const { scene, record } = stepWhere(({ event }) => event?.type === 'RequestVote');
  const { header, steps } = scene.trace;
  // States without the fields of the chapter: its rules may well throw on them.
  const stateOf = (id: string) => ({ id, peers: header.nodes, role: 'candidate' as const });
  const initial = Object.fromEntries(header.nodes.map((id) => [id, stateOf(id)]));
  for (const saysRules of [true, false]) {
    const strange = sceneOf(scene.chapter, {
      header: { ...header, initial },
      steps: steps.map(({ fired = [], ...step }) => ({
        ...step,
        changed: {},
        ...(saysRules && { fired: [...fired, { rule: 'my-rule', refused: 'of mine' }] }),
        note: 'red \u001b[31m\u0007\nand 世界 '.repeat(20),
      })),
    });
    const allPlaces = strange.moments.map((moment, index) => ({
      scene: strange,
      moment,
      index,
      name: `moment ${index}`,
    }));
    for (const { index } of allPlaces) {
      for (const panel of panels) {
        for (const each of screenOf(strange, { ...viewOf(0, index), panel }, 1, usual).lines) {
          if (/\p{Cc}/u.test(paint(each, false))) t.fail(JSON.stringify(paint(each, false)));
          if (widthOfLine(each) > usual.columns) t.fail(plainText(each));
        }
      }
    }
    const place = allPlaces.find(({ moment }) => moment.step === record.step);
    if (!place) throw new Error('the step is gone');
    t.ok(textAt(place).includes('red \ufffd[31m\ufffd and 世界'));
    const rules = saysRules
      ? '✗ my-rule did not fire; failed: of mine'
      : 'This trace does not say which rules fired.';
    t.ok(textAt(place).includes(rules), rules);
    const throws = allPlaces.filter((each) =>
      textAt(each, { panel: 'why' }).includes('cannot be asked about this state: '),
    );
    t.ok(throws.length > 0, 'where a rule throws, it is said');
  }
  t.end();
});
