// The picture of what clients were told in a run, when no order of their commands explains it.

import { History } from '../client/history.ts';
import { keyValues } from '../linearizability/key-values.ts';
import { linearizable } from '../linearizability/linearizable.ts';
import type { Scene } from '../linearizability/timeline.ts';
import { sceneOf } from '../linearizability/timeline.ts';
import type { KeyValues } from '../machine/key-value.ts';
import type { Trace, TraceStep } from '../trace/trace.ts';
import { crashesWithin, effectOf } from '../trace/trace.ts';
import { pictureOf } from './diagram/history.ts';
import { contradictionFile, pageFile, pathBetween } from './links.ts';
import { markdown } from './text.ts';

/** What clients contradict each other in; undefined when some order explains all their answers. */
function contradictionIn({ steps }: Trace): Scene<KeyValues> | undefined {
  const history = new History();
  for (const step of steps) history.see(seenIn(step));
  const verdict = linearizable(history.operations, keyValues);
  return verdict.linearizable ? undefined : sceneOf(keyValues, verdict);
}

/** What a recorded step is to clients and to properties that look at events. */
export const seenIn = (record: TraceStep) => {
  const { step, event, effects = [] } = record;
  return {
    step,
    effects: effects.map(effectOf),
    ...(event && (crashesWithin(record) ? { interrupted: event } : { event })),
  };
};

/** The picture of a contradiction; undefined when there is none. */
export function contradictionPicture(trace: Trace): string | undefined {
  const scene = contradictionIn(trace);
  return scene && pictureOf(scene);
}

/** The lines of a page that show the picture. */
export function contradictionLines(trace: Trace): readonly string[] {
  const scene = contradictionIn(trace);
  if (!scene) return [];
  const { header } = trace;
  const file = pathBetween(pageFile(header), contradictionFile(header));
  return [
    'What the clients were told:',
    '',
    `![${markdown(`What clients were told: ${scene.says}`)}](${file})`,
  ];
}
