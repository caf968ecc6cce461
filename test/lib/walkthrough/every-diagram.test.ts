// What holds for the diagram of every recorded run.

import test from 'tape';
import { arrowsOf } from '../../../lib/walkthrough/diagram/arrows.ts';
import { captionsOf, spotsOf } from '../../../lib/walkthrough/diagram/captions.ts';
import { sharedArea } from '../../../lib/walkthrough/diagram/geometry.ts';
import { layoutOf } from '../../../lib/walkthrough/diagram/layout.ts';
import { markersOf } from '../../../lib/walkthrough/diagram/markers.ts';
import type { Trace } from '../../../lib/trace/trace.ts';
import { diagramFile } from '../../../lib/walkthrough/links.ts';
import { nameOf, recorded } from '../../support.ts';
import { generated } from './generated.ts';
import { Picture } from './picture.ts';

let read: { name: string; trace: Trace; picture: Picture }[] | undefined;

/** Every diagram, read back once. */
async function pictures() {
  const files = await generated();
  return (read ??= recorded.map((each) => ({
    name: nameOf(each),
    trace: each.trace,
    picture: new Picture(files.get(diagramFile(each.trace.header)) ?? ''),
  })));
}

test('every diagram tells in words what it shows', async (t) => {
  for (const { name, trace, picture } of await pictures()) {
    const { root, elements } = picture;
    t.equal(root.attributes.role, 'img', name);
    const labels = root.attributes['aria-labelledby']?.split(' ') ?? [];
    const [title, desc] = labels.map((id) =>
      elements.find(({ attributes }) => attributes.id === id),
    );
    t.equal(title?.text, trace.header.title);
    t.ok(
      trace.steps.every(({ step }) => desc?.text.includes(`${step}. `)),
      'step by step',
    );
  }
});

test('every message of a run is one line in its diagram', async (t) => {
  for (const { name, trace, picture } of await pictures()) {
    const sent = trace.steps.flatMap(({ copy, effects = [] }) => [
      ...(copy === undefined ? [] : [copy]),
      ...effects.flatMap((effect) => (effect.type === 'send' ? [effect.id] : [])),
    ]);
    t.deepEqual([...picture.messages].sort(byNumber), sent.sort(byNumber), name);
  }
});

test('every step of a run is one mark in its diagram', async (t) => {
  for (const { name, trace, picture } of await pictures()) {
    const marked = picture.elements.flatMap(({ attributes: { 'data-step': step } }) =>
      step === undefined ? [] : [Number(step)],
    );
    const steps = trace.steps.map(({ step }) => step);
    t.deepEqual(marked.sort(byNumber), steps, name);
  }
});

test('no caption hides another or a mark', (t) => {
  for (const each of recorded) {
    const { trace } = each;
    const layout = layoutOf(trace);
    const markers = markersOf(trace, layout);
    const arrows = arrowsOf(trace, layout, markers);
    const spots = spotsOf(trace, layout, arrows);
    const captions = captionsOf(trace, layout, markers, arrows, spots);
    const all = [
      ...captions.map(({ lines, place }) => ({ says: lines.join(' '), box: place.box })),
      ...[...markers.values(), ...spots].map(({ step, box }) => ({ says: `step ${step}`, box })),
    ];
    const hidden = all.flatMap((one, index) =>
      all
        .slice(0, index)
        .filter((other) => sharedArea(one.box, other.box) > 0)
        .map((other) => `${one.says} over ${other.says}`),
    );
    t.deepEqual(hidden, [], nameOf(each));
  }
  t.end();
});

const byNumber = (one: number, other: number) => one - other;
