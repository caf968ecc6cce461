// Every scene of the book, as the stepper shows it, and its screens as plain text.

import type { View } from '../../../lib/stepper/keys.ts';
import { viewOf } from '../../../lib/stepper/keys.ts';
import type { Moment, Scene } from '../../../lib/stepper/scene.ts';
import { sceneOf } from '../../../lib/stepper/scene.ts';
import type { Size } from '../../../lib/stepper/screen.ts';
import { screenOf } from '../../../lib/stepper/screen.ts';
import { plainText } from '../../../lib/stepper/text.ts';
import { recorded } from '../../support.ts';

export const scenes: readonly Scene[] = recorded.map(({ chapter, trace }) =>
  sceneOf(chapter, trace),
);

/** A moment and where to find it. */
export interface Place {
  readonly scene: Scene;
  readonly moment: Moment;
  readonly index: number;
  /** For messages: `03-voting/old-leader, moment 4`. */
  readonly name: string;
}

export const places: readonly Place[] = scenes.flatMap((scene) =>
  scene.moments.map((moment, index) => {
    const { chapter, scenario } = scene.trace.header;
    return { scene, moment, index, name: `${chapter}/${scenario}, moment ${index}` };
  }),
);

/** Not more than some hundred of them, evenly spread, so that a long book does not take long. */
export function sample<T>(all: readonly T[], most = 300): T[] {
  const stride = Math.ceil(all.length / most);
  return all.filter((_, index) => index % stride === 0);
}

/** The places that fit; at least one does, so that no test passes for want of a case. */
export function placesWhere(fits: (place: Place) => boolean): Place[] {
  const found = places.filter(fits);
  if (found.length === 0) throw new Error('no scene has such a moment');
  return found;
}

/** The first place whose trace step fits. */
export function stepWhere(fits: (record: Extract<Moment, { kind: 'step' }>['record']) => boolean) {
  const [found] = placesWhere(({ moment }) => moment.kind === 'step' && fits(moment.record));
  if (found?.moment.kind !== 'step') throw new Error('not a step');
  return { ...found, record: found.moment.record };
}

export const panels = ['step', 'why', 'help'] as const;
export const usual: Size = { columns: 80, rows: 24 };
/** So high that nothing is scrolled away. */
export const tall: Size = { columns: 80, rows: 200 };

/** The lines of a screen without their styles. */
export function linesAt({ scene, index }: Place, view: Partial<View> = {}, size = usual): string[] {
  return screenOf(scene, { ...viewOf(0, index), ...view }, 2, size).lines.map(plainText);
}

/** The text of a screen, with its line breaks and indentation taken out. */
export const textAt = (place: Place, view: Partial<View> = {}): string =>
  linesAt(place, view, tall).join(' ').replace(/\s+/g, ' ');
