// "Why not?": what the stepper says of rules that did not fire.

import test from 'tape';
import { sayValue } from '../../../lib/words/words.ts';
import { placesWhere, sample, stepWhere, textAt } from './scenes.ts';

test('a refused rule says which condition failed, and what it looked at', (t) => {
  const place = stepWhere(({ fired = [] }) =>
    fired.some(({ rule, refused }) => rule === 'grant-vote' && refused),
  );
  const refused = place.record.fired?.find(({ rule }) => rule === 'grant-vote')?.refused;
  t.ok(textAt(place).includes(`✗ grant-vote did not fire; failed: ${refused} (votedFor is `));
  t.end();
});

test('a refused rule for any event shows only when one asks why not', (t) => {
  const place = stepWhere(({ fired = [] }) =>
    fired.some(({ rule, refused }) => rule === 'become-leader' && refused),
  );
  t.notOk(textAt(place).includes('become-leader'));
  t.ok(textAt(place, { panel: 'why' }).includes('✗ become-leader did not fire'));
  t.end();
});

test('"why not?" names every rule that listened, with every condition and its values', (t) => {
  let conditions = 0;
  for (const place of sample(placesWhere(({ moment }) => moment.kind === 'step'))) {
    if (place.moment.kind !== 'step') continue;
    const { step, node, event, fired = [] } = place.moment.record;
    const before = node === undefined ? undefined : place.scene.states[step - 1]?.[node];
    if (!event || !before) continue;
    const text = textAt(place, { panel: 'why' });
    const explained = place.scene.node.explain(before, event);
    t.same(
      explained.map(({ rule }) => rule.name),
      fired.map(({ rule }) => rule),
      place.name,
    );
    for (const { rule, fired: didFire, conditions: all } of explained) {
      const verdict = `${rule.name} ${didFire ? 'fired' : 'did not fire'}`;
      const lines = all.map(({ name, held, values }) => {
        conditions++;
        const [seen] = values;
        const says = seen ? ` ${seen.field} is ${sayValue(seen.value)}` : '';
        return `${held ? '✓ held' : '✗ failed'} ${name}${says}`;
      });
      for (const part of [verdict, rule.says, ...lines]) {
        if (!text.includes(part)) t.fail(`${place.name} lacks: ${part}`);
      }
    }
  }
  t.ok(conditions > 0);
  t.end();
});

test('"why not?" names the rules that were not asked, because one before them ended the event', (t) => {
  const place = stepWhere(({ fired = [] }) =>
    fired.some(({ rule, refused }) => rule === 'refuse-stale-leader' && !refused),
  );
  t.match(
    textAt(place, { panel: 'why' }),
    /Not asked, because refuse-stale-leader ends the event: .*follow-leader/,
  );
  t.end();
});
