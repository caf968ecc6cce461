// Draws one screen: a pure function from a scene, a view and a size to lines of styled text.

import type { Block } from './blocks.ts';
import { count, effects, headline, narration, network, question, rules } from './blocks.ts';
import { helpLines } from './help.ts';
import type { View } from './keys.ts';
import { bindings } from './keys.ts';
import type { Moment, Scene } from './scene.ts';
import { chapterHeading } from './scene.ts';
import { stateTable } from './table.ts';
import type { Line } from './text.ts';
import { cut, line, padded, widthOf, widthOfLine, wrap } from './text.ts';
import { whyLines } from './why.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Screen {
  /** As many lines as the screen has rows, none wider than its columns. */
  readonly lines: readonly Line[];
  /** How many lines of the panel lie below the last that fits. */
  readonly maxScroll: number;
}

/** Below this size nothing useful fits. */
const smallest: Size = { columns: 40, rows: 12 };

const labelWidth = 11;

/** Draws a view of a scene; `scenes` is how many there are. */
export function screenOf(scene: Scene, view: View, scenes: number, size: Size): Screen {
  if (size.columns < smallest.columns || size.rows < smallest.rows) return tooSmall(size);
  const moment = scene.moments[view.moment];
  if (!moment) throw new Error(`the scene has no moment ${view.moment}`);
  const { columns, rows } = size;
  const header = headerOf(scene, moment, view, scenes, columns);
  const room = rows - header.length - 2;
  const panel = panelOf(scene, moment, view, columns, room);
  const maxScroll = Math.max(0, panel.length - room);
  const top = Math.min(view.scroll, maxScroll);
  const visible = panel.slice(top, top + room);
  const empty = Array.from({ length: room - visible.length }, (): Line => []);
  const lines = [
    ...header,
    ...visible,
    ...empty,
    ruler(columns, legendOf(moment, view), top, maxScroll - top),
    footer(view, columns),
  ];
  return { lines: lines.map((each) => cut(each, columns)), maxScroll };
}

function tooSmall({ columns, rows }: Size): Screen {
  const text =
    `This terminal has ${columns} columns and ${rows} rows. ` +
    `The stepper needs ${smallest.columns} and ${smallest.rows}. q quits.`;
  const lines = wrap(line(text), columns).slice(0, rows);
  return { lines: lines.map((each) => cut(each, columns)), maxScroll: 0 };
}

function headerOf(scene: Scene, moment: Moment, view: View, scenes: number, width: number): Line[] {
  const { header, steps } = scene.trace;
  const time = steps[moment.step - 1]?.time ?? 0;
  const place = placeOf(moment, steps.length);
  const left = `${place} · ${time} ms`;
  const right = `${header.scenario} · scene ${view.scene + 1} of ${scenes}`;
  const space = Math.max(2, width - widthOf(left) - widthOf(right));
  return [
    line(`${chapterHeading(scene.chapter)} · ${header.title}`, 'strong'),
    [
      { text: left + ' '.repeat(space), style: 'plain' },
      { text: right, style: 'quiet' },
    ],
    ruler(width),
  ];
}

function placeOf({ kind, step }: Moment, steps: number): string {
  if (kind === 'end') return `End of ${count(steps, 'step')}`;
  return step === 0 ? `Start of ${count(steps, 'step')}` : `Step ${step} of ${steps}`;
}

/** The lines of the panel, before scrolling. */
function panelOf(scene: Scene, moment: Moment, view: View, width: number, room: number): Line[] {
  switch (view.panel) {
    case 'help':
      return helpLines(width);
    case 'why':
      // A question comes before its step, so there are no rules to explain yet.
      if (moment.kind === 'question') return stepPanel(scene, moment, width, room);
      return [...wrap(headline(scene, moment), width), [], ...whyLines(scene, moment, width)];
    case 'step':
      return stepPanel(scene, moment, width, room);
  }
}

/**
 * The panel of a step in the roomiest form that fits. Where none does, the shortest, with what the
 * narrator says and asks before the table, so that it is never scrolled away.
 */
function stepPanel(scene: Scene, moment: Moment, width: number, room: number): Line[] {
  const head = wrap(headline(scene, moment), width);
  const table = stateTable(scene, moment, width);
  const words = blockLines([...question(moment), ...narration(scene, moment)], width);
  let rest: Line[][] = [];
  for (const detail of ['full', 'brief', 'names'] as const) {
    const done =
      moment.kind === 'step'
        ? [...rules(scene, moment.record, detail), ...effects(moment.record)]
        : [];
    rest = [blockLines(done, width), blockLines(network(scene, moment, detail), width)];
    const airy = apart([head, table, words, ...rest]);
    if (airy.length <= room) return airy;
    const dense = apart([head, table, [...words, ...rest.flat()]]);
    if (dense.length <= room) return dense;
  }
  return apart([head, words, table, rest.flat()]);
}

/** Parts with an empty line between them. */
const apart = (parts: readonly (readonly Line[])[]): Line[] =>
  parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [[], ...part]));

/** Blocks with their labels in a column of their own. */
export function blockLines(blocks: readonly Block[], width: number): Line[] {
  return blocks.flatMap(({ label, indent = 0, lines }) =>
    lines
      .flatMap((each) => wrap(each, width - labelWidth, indent))
      .map((each, index): Line => [
        { text: padded(index === 0 ? label : '', labelWidth), style: 'quiet' },
        ...each,
      ]),
  );
}

/** What the marks of a step mean, on the screens that have them. */
const legendOf = ({ kind }: Moment, { panel }: View) =>
  kind === 'step' && panel === 'step' ? '> acts   a → b or *b changed   *m1 just sent' : '';

/** A rule across the screen that says how much there is above and below. */
function ruler(width: number, legend = '', above = 0, below = 0): Line {
  const hidden = [
    ...(above > 0 ? [`… ${above} more (↑)`] : []),
    ...(below > 0 ? [`… ${below} more (↓)`] : []),
  ].join('  ');
  const left = legend && `── ${legend} `;
  const right = hidden && ` ${hidden} ──`;
  const between = width - widthOf(left) - widthOf(right);
  if (between < 2 && legend) return ruler(width, '', above, below);
  return [
    { text: left + '─'.repeat(Math.max(0, between)), style: 'quiet' },
    { text: right, style: 'accent' },
  ];
}

/** What is typed, or why a key did nothing, or else the keys. */
function footer({ typed, notice }: View, width: number): Line {
  if (typed !== undefined) {
    return [
      { text: `Go to step: ${typed}_`, style: 'accent' },
      { text: '  Enter goes there, Esc stays here', style: 'quiet' },
    ];
  }
  return notice === undefined ? keyLine(width) : line(notice, 'accent');
}

/** As many keys as fit; how to get help and how to quit always do. */
function keyLine(width: number): Line {
  const said = ([key, does]: readonly [string, string]): Line => [
    { text: key, style: 'strong' },
    { text: ` ${does}  `, style: 'quiet' },
  ];
  const always = [...said(['?', 'help']), ...said(['q', 'quit'])];
  let keys: Line = [];
  for (const { hint } of bindings) {
    if (!hint) continue;
    const more = [...keys, ...said(hint)];
    if (widthOfLine([...more, ...always]) > width) break;
    keys = more;
  }
  return [...keys, ...always];
}
