// The stepper on a real terminal: reads keys, draws screens, and leaves the terminal as it was,
// however the process ends.

import { emitKeypressEvents } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { paint } from './ansi.ts';
import type { View } from './keys.ts';
import { press, quitKeys } from './keys.ts';
import type { Scene } from './scene.ts';
import type { Screen } from './screen.ts';
import { screenOf } from './screen.ts';

/** The scenes to step through; each is made when it is first shown. */
export interface Scenes {
  readonly count: number;
  at(index: number): Scene;
}

const escape = '\u001b[';
const enter = `${escape}?1049h${escape}?25l`;
const leave = `${escape}?25h${escape}?1049l`;
/** Around a drawing: a terminal that knows them shows it all at once, others ignore them. */
const begin = `${escape}?2026h`;
const end = `${escape}?2026l`;

/** Steps through the scenes until the reader quits. */
export function stepThrough(
  scenes: Scenes,
  first: View,
  { input, output }: { readonly input: ReadStream; readonly output: WriteStream },
): Promise<void> {
  const colour = output.hasColors();
  let view = first;
  let screen: Screen = { lines: [], maxScroll: 0 };

  const draw = (before = '') => {
    // A terminal that does not tell its size says 0.
    const size = { columns: output.columns || 80, rows: output.rows || 24 };
    screen = screenOf(scenes.at(view.scene), view, scenes.count, size);
    const lines = screen.lines.map(
      (each, index) => `${escape}${index + 1};1H${escape}2K${paint(each, colour)}`,
    );
    output.write(begin + before + lines.join('') + end);
  };
  const redraw = () => draw(`${escape}2J`);

  return new Promise((resolve) => {
    const restore = () => {
      input.setRawMode(false);
      output.write(leave);
    };
    const quit = () => {
      restore();
      process.off('exit', restore);
      for (const [signal, stop] of ends) process.off(signal, stop);
      output.off('resize', redraw);
      input.off('keypress', onKey).off('end', quit).pause();
      resolve();
    };
    const onKey = (text: string | undefined, key: Key) => {
      const name = nameOf(text, key);
      if (quitKeys.includes(name)) return quit();
      const { moments } = scenes.at(view.scene);
      view = press(view, name, { scenes: scenes.count, moments, maxScroll: screen.maxScroll });
      draw();
    };
    // An uncaught error ends the process by way of 'exit' too.
    process.once('exit', restore);
    for (const [signal, stop] of ends) process.once(signal, stop);
    output.on('resize', redraw);
    emitKeypressEvents(input);
    input.setRawMode(true);
    input.on('keypress', onKey).once('end', quit).resume();
    output.write(enter);
    redraw();
  });
}

/** The signals that end a process, each with its usual exit code. */
const ends = (
  [
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const
).map(([signal, code]) => [signal, () => process.exit(code)] as const);

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/** A printable key by its character, any other by its name: `n`, `S`, `right`, `ctrl-c`. */
function nameOf(text: string | undefined, { name = '', ctrl }: Key): string {
  if (ctrl) return `ctrl-${name}`;
  return text !== undefined && /^[^\p{Cc}]$/u.test(text) ? text : name;
}
