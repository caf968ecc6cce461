// The keys of the stepper, as a pure function.

import test from 'tape';
import type { Reach, View } from '../../../lib/stepper/keys.ts';
import { bindings, press, viewOf } from '../../../lib/stepper/keys.ts';
import type { Scene } from '../../../lib/stepper/scene.ts';
import { momentOfStep } from '../../../lib/stepper/scene.ts';
import { screenOf } from '../../../lib/stepper/screen.ts';
import { placesWhere, sample, scenes, textAt, usual } from './scenes.ts';

const reachOf = ({ moments }: Scene, maxScroll = 5): Reach => ({ scenes: 3, moments, maxScroll });
const pressAll = (view: View, keys: readonly string[], reach: Reach): View =>
  keys.reduce((now, key) => press(now, key, reach), view);

const [scene] = scenes.filter(({ moments }) => moments.some(({ kind }) => kind === 'question'));
if (!scene) throw new Error('no scene asks a question');
const reach = reachOf(scene);
const last = scene.moments.length - 1;

test('forward and then back gives the same screen, at every moment', (t) => {
  const before = placesWhere(({ scene: { moments }, index }) => index < moments.length - 1);
  for (const { scene: each, index, name } of sample(before)) {
    const draw = (view: View) => screenOf(each, view, 3, usual);
    for (const panel of ['step', 'why'] as const) {
      const view: View = { ...viewOf(0, index), panel };
      const forward = press(view, 'right', reachOf(each));
      if (forward.moment !== index + 1) t.fail(`${name}: forward does not move`);
      const back = press(forward, 'left', reachOf(each));
      if (JSON.stringify(draw(back)) !== JSON.stringify(draw(view))) t.fail(name);
    }
  }
  t.same(press(viewOf(0, 1), 'n', reach), press(viewOf(0, 1), ' ', reach));
  t.same(press(viewOf(0, 1), 'p', reach), press(viewOf(0, 1), 'left', reach));
  t.end();
});

test('forward asks the question first and then shows the step with the answer', (t) => {
  for (const place of placesWhere(({ moment }) => moment.kind === 'question')) {
    if (place.moment.kind !== 'question') continue;
    const { asks, answer } = place.moment.question;
    const next =
      place.scene.moments[press(viewOf(0, place.index), 'right', reachOf(place.scene)).moment];
    t.ok(textAt(place).includes(asks), place.name);
    t.ok(textAt(place, { panel: 'why' }).includes(asks), 'with "why not?" open as well');
    t.notOk(textAt(place).includes(answer));
    t.equal(next?.kind, 'step');
    t.equal(next?.step, place.moment.step + 1);
    const revealed = textAt({ ...place, index: place.index + 1 });
    t.ok(revealed.includes(asks) && revealed.includes(answer));
    t.notOk(textAt({ ...place, index: place.index - 1 }).includes(asks));
  }
  t.end();
});

test('every step, the start and the end are passed once, in order', (t) => {
  for (const each of scenes) {
    const steps = each.moments.filter(({ kind }) => kind !== 'question').map(({ step }) => step);
    const count = each.trace.steps.length;
    t.same(steps, [...Array(count + 1).keys(), count]);
  }
  t.end();
});

test('at either end of a run a key stays and says why', (t) => {
  const end = press(viewOf(0, last), 'right', reach);
  t.equal(end.moment, last);
  t.match(end.notice ?? '', /end of the run\. s shows the next scene/);
  t.match(press(viewOf(2, last), 'right', reach).notice ?? '', /end of the run\. q quits/);
  const start = press(viewOf(), 'left', reach);
  t.equal(start.moment, 0);
  t.match(start.notice ?? '', /start of the run/);
  t.equal(press(start, 'right', reach).notice, undefined);
  t.end();
});

test('g, a number and Enter go to that step; 0 is the start', (t) => {
  for (const step of [0, 1, scene.trace.steps.length]) {
    const view = pressAll(viewOf(0, 2), ['g', ...String(step), 'return'], reach);
    t.equal(scene.moments[view.moment]?.step, step);
    t.not(scene.moments[view.moment]?.kind, 'question');
    t.equal(view.typed, undefined);
  }
  t.equal(momentOfStep(scene.moments, 0), 0);
  t.end();
});

test('a step that is not there is refused, and typing can be corrected or given up', (t) => {
  const wrong = pressAll(viewOf(0, 2), ['g', '9', '9', '9', 'return'], reach);
  t.equal(wrong.moment, 2);
  t.match(wrong.notice ?? '', new RegExp(`from 0 to ${scene.trace.steps.length}\\.`));
  t.equal(pressAll(viewOf(0, 2), ['g', 'return'], reach).moment, 2);
  t.equal(pressAll(viewOf(), ['g', '1', '2', 'backspace'], reach).typed, '1');
  t.same(pressAll(viewOf(0, 2), ['g', '1', 'escape'], reach), viewOf(0, 2));
  t.equal(pressAll(viewOf(0, 2), ['w', 'g', '1', 'escape'], reach).panel, 'why');
  t.equal(pressAll(viewOf(0, 2), ['g', '1', 'right'], reach).moment, 3);
  t.match(
    screenOf(scene, pressAll(viewOf(), ['g', '1'], reach), 3, usual)
      .lines.at(-1)
      ?.map(({ text }) => text)
      .join('') ?? '',
    /^Go to step: 1_/,
  );
  t.end();
});

test('Home and End go to the start and the outcome', (t) => {
  t.equal(press(viewOf(0, 3), 'home', reach).moment, 0);
  t.equal(press(viewOf(0, 3), 'end', reach).moment, last);
  t.end();
});

test('s and S change the scene and begin at its start', (t) => {
  t.same(press(viewOf(0, 4), 's', reach), viewOf(1));
  t.same(press(viewOf(1, 4), 'S', reach), viewOf(0));
  t.match(press(viewOf(2), 's', reach).notice ?? '', /last scene/);
  t.match(press(viewOf(0), 'S', reach).notice ?? '', /first scene/);
  t.end();
});

test('w and ? open and close their panels; w stays open from step to step', (t) => {
  const why = press(viewOf(0, 3), 'w', reach);
  t.equal(why.panel, 'why');
  t.equal(press(why, 'right', reach).panel, 'why');
  t.equal(press(why, 'w', reach).panel, 'step');
  t.equal(press(why, 'escape', reach).panel, 'step');
  const help = press(viewOf(0, 3), '?', reach);
  t.equal(help.panel, 'help');
  t.same(press(help, '?', reach), viewOf(0, 3));
  t.equal(press(help, 'right', reach).panel, 'step');
  t.end();
});

test('scrolling stops at both ends and starts anew at every step', (t) => {
  t.equal(press(viewOf(), 'up', reach).scroll, 0);
  const down = pressAll(viewOf(0, 1), Array<string>(9).fill('j'), reach);
  t.equal(down.scroll, 5);
  t.equal(press(down, 'k', reach).scroll, 4);
  t.equal(press(down, 'k', reachOf(scene, 2)).scroll, 1, 'after the screen became larger');
  t.equal(press(down, 'right', reach).scroll, 0);
  t.end();
});

test('the help names every key', (t) => {
  const written = textAt(
    { scene, index: 0, moment: scene.moments[0] ?? never(), name: '' },
    { panel: 'help' },
  );
  for (const { help } of bindings) if (help) t.ok(written.includes(help.join(' ')));
  t.end();
});

test('no sequence of keys leads out of the run', (t) => {
  const keys = [...bindings.flatMap((each) => each.keys), '0', '7', 'return', 'backspace', 'x'];
  let view = viewOf();
  // Steps by a number prime to the length, so that many different pairs follow each other.
  for (let turn = 0, at = 0; turn < 5000; turn++, at = (at + turn * 7 + 3) % keys.length) {
    view = press(view, keys[at] ?? never(), reach);
    const inside = view.moment >= 0 && view.moment <= last && view.scene >= 0 && view.scene < 3;
    if (!inside || view.scroll < 0 || view.scroll > 5)
      t.fail(`${keys[at]}: ${JSON.stringify(view)}`);
  }
  t.ok(scene.moments[view.moment]);
  t.end();
});

function never(): never {
  throw new Error('unreachable');
}
