// What the keys do: a pure function from where the reader is and a key to where the reader is next.

import type { Moment } from './scene.ts';
import { momentOfStep } from './scene.ts';

/** Where the reader is. */
export interface View {
  readonly scene: number;
  /** An index among the scene's moments. */
  readonly moment: number;
  readonly panel: 'step' | 'why' | 'help';
  /** How many lines of the panel are scrolled away. */
  readonly scroll: number;
  /** The digits of a step to go to, while they are typed. */
  readonly typed?: string;
  /** Why the last key did nothing. */
  readonly notice?: string;
}

/** What the keys can reach from a view. */
export interface Reach {
  readonly scenes: number;
  /** Of the scene in view. */
  readonly moments: readonly Moment[];
  /** How far the screen in view scrolls. */
  readonly maxScroll: number;
}

export interface Binding {
  readonly keys: readonly string[];
  /** How the keys are written in the help, and what they do, which may be said once for two. */
  readonly help?: readonly [written: string, does: string];
  /** How the first key is written on every screen, and what it does. */
  readonly hint?: readonly [written: string, does: string];
  readonly press: (view: View, reach: Reach) => View;
}

/** The reader's first view, or that of a step. */
export const viewOf = (scene = 0, moment = 0): View => ({
  scene,
  moment,
  panel: 'step',
  scroll: 0,
});

/** Leaves the stepper; the terminal looks for it, because no view can. */
export const quitKeys: readonly string[] = ['q', 'ctrl-c', 'ctrl-d'];

export const bindings: readonly Binding[] = [
  {
    keys: ['right', 'n', ' '],
    help: ['→ n space', 'forward; a question comes first, then the step that answers it'],
    hint: ['→', 'forward'],
    press: (view, reach) => goTo(view, reach, view.moment + 1, theEnd(view, reach)),
  },
  {
    keys: ['left', 'p'],
    help: ['← p', 'back'],
    hint: ['←', 'back'],
    press: (view, reach) => goTo(view, reach, view.moment - 1, 'This is the start of the run.'),
  },
  {
    keys: ['home'],
    help: ['Home End', 'to the start and to the end of the run'],
    press: (view, reach) => goTo(view, reach, 0),
  },
  {
    keys: ['end'],
    press: (view, reach) => goTo(view, reach, reach.moments.length - 1),
  },
  {
    keys: ['w'],
    help: ['w', 'why not? All rules that listened, with their conditions and values'],
    hint: ['w', 'why not?'],
    press: (view) => toggle(view, 'why'),
  },
  {
    keys: ['g'],
    help: ['g', 'go to a step: g, its number, Enter'],
    hint: ['g', 'go to'],
    press: (view) => ({ ...view, typed: '' }),
  },
  {
    keys: ['s'],
    help: ['s S', 'next scene and previous scene; a scene is one scenario'],
    hint: ['s', 'next scene'],
    press: (view, reach) => goToScene(view, reach, view.scene + 1, 'This is the last scene.'),
  },
  {
    keys: ['S'],
    press: (view, reach) => goToScene(view, reach, view.scene - 1, 'This is the first scene.'),
  },
  {
    keys: ['down', 'j'],
    help: ['↓ ↑ j k', 'scroll down and up, where there is more than fits'],
    press: (view, { maxScroll }) => ({ ...view, scroll: Math.min(view.scroll + 1, maxScroll) }),
  },
  {
    keys: ['up', 'k'],
    press: (view, { maxScroll }) => ({
      ...view,
      scroll: Math.max(0, Math.min(view.scroll, maxScroll) - 1),
    }),
  },
  {
    keys: ['?', 'h'],
    help: ['?', 'this help, and back'],
    press: (view) => toggle(view, 'help'),
  },
  {
    keys: ['escape'],
    help: ['Esc', 'back to the step'],
    press: (view) => ({ ...view, panel: 'step', scroll: 0 }),
  },
];

/** The view after a key. A key without a binding changes nothing. */
export function press(view: View, key: string, reach: Reach): View {
  const { typed, scene, moment, panel, scroll } = view;
  const clear: View = { scene, moment, panel, scroll };
  if (typed !== undefined) {
    if (/^[0-9]$/.test(key)) return { ...clear, typed: (typed + key).slice(0, 6) };
    if (key === 'backspace') return { ...clear, typed: typed.slice(0, -1) };
    if (key === 'return') return goToStep(clear, reach, typed);
    if (key === 'escape') return clear;
  }
  const binding = bindings.find(({ keys }) => keys.includes(key));
  return binding ? binding.press(clear, reach) : clear;
}

function goTo(view: View, { moments }: Reach, moment: number, elseNotice = ''): View {
  if (moment < 0 || moment >= moments.length) return { ...view, notice: elseNotice };
  const panel = view.panel === 'help' ? 'step' : view.panel;
  return { ...view, moment, panel, scroll: 0 };
}

const theEnd = ({ scene }: View, { scenes }: Reach) =>
  `This is the end of the run. ${scene + 1 < scenes ? 's shows the next scene.' : 'q quits.'}`;

function goToStep(view: View, reach: Reach, typed: string): View {
  const last = reach.moments.at(-1)?.step ?? 0;
  const moment = typed === '' ? -1 : momentOfStep(reach.moments, Number(typed));
  return goTo(view, reach, moment, `The steps are numbered from 0 to ${last}.`);
}

function goToScene(view: View, { scenes }: Reach, scene: number, elseNotice: string): View {
  if (scene < 0 || scene >= scenes) return { ...view, notice: elseNotice };
  return viewOf(scene);
}

const toggle = (view: View, panel: 'why' | 'help'): View => ({
  ...view,
  panel: view.panel === panel ? 'step' : panel,
  scroll: 0,
});
