// The diagrams of recorded runs, read back, and what holds for each.

import type { Test } from 'tape';
import { arrowsOf } from '../../../lib/walkthrough/diagram/arrows.ts';
import { captionsOf, spotsOf } from '../../../lib/walkthrough/diagram/captions.ts';
import { sharedArea } from '../../../lib/walkthrough/diagram/geometry.ts';
import { layoutOf } from '../../../lib/walkthrough/diagram/layout.ts';
import { markersOf } from '../../../lib/walkthrough/diagram/markers.ts';
import type { Trace } from '../../../lib/trace/trace.ts';
import { diagramFile } from '../../../lib/walkthrough/links.ts';
import type { Recorded } from '../../support.ts';
import { nameOf } from '../../support.ts';
import { textMade } from './generated.ts';
import { Picture } from './picture.ts';

const known = new Map<Recorded, Picture>();

/** The diagrams of these runs, each read back once. */
async function pictures(runs: readonly Recorded[]) {
  const read: { name: string; trace: Trace; picture: Picture }[] = [];
  for (const each of runs) {
    const { trace } = each;
    const picture = known.get(each) ?? new Picture(await textMade(diagramFile(trace.header)));
    known.set(each, picture);
    read.push({ name: nameOf(each), trace, picture });
  }
  return read;
}

/** Asserts that each diagram tells in words what it shows. */
export async function tellInWords(t: Test, runs: readonly Recorded[]): Promise<void> {
  for (const { name, trace, picture } of await pictures(runs)) {
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
}

/** Asserts that every message of a run is one line in its diagram. */
export async function drawEveryMessage(t: Test, runs: readonly Recorded[]): Promise<void> {
  for (const { name, trace, picture } of await pictures(runs)) {
    const sent = trace.steps.flatMap(({ copy, effects = [] }) => [
      ...(copy === undefined ? [] : [copy]),
      ...effects.flatMap((effect) => (effect.type === 'send' ? [effect.id] : [])),
    ]);
    t.deepEqual([...picture.messages].sort(byNumber), sent.sort(byNumber), name);
  }
}

/** Asserts that every step of a run is one mark in its diagram. */
export async function markEveryStep(t: Test, runs: readonly Recorded[]): Promise<void> {
  for (const { name, trace, picture } of await pictures(runs)) {
    const marked = picture.elements.flatMap(({ attributes: { 'data-step': step } }) =>
      step === undefined ? [] : [Number(step)],
    );
    const steps = trace.steps.map(({ step }) => step);
    t.deepEqual(marked.sort(byNumber), steps, name);
  }
}

/** Asserts that no caption hides another or a mark. */
export function hideNothing(t: Test, runs: readonly Recorded[]): void {
  for (const each of runs) {
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
}

const byNumber = (one: number, other: number) => one - other;
