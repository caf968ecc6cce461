// A whole terminal for a program that draws screens and reads keys. It is left as it was, however the process ends.

import { emitKeypressEvents } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { paint } from './ansi.ts';
import type { Line } from './text.ts';

export interface TerminalStreams {
  readonly input: ReadStream;
  readonly output: WriteStream;
}

export interface TerminalListeners {
  /** A printable key by its character, any other by its name: `n`, `S`, `right`, `ctrl-c`. */
  readonly key: (name: string) => void;
  readonly resized: () => void;
  /** Nobody is left to press a key. */
  readonly ended: () => void;
}

export interface TakenTerminal {
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** Draws a line in each row; clears the screen before if asked to. */
  readonly draw: (lines: readonly Line[], clear?: boolean) => void;
  /** Gives the terminal back. */
  readonly leave: () => void;
}

const escape = '\u001b[';
const enter = `${escape}?1049h${escape}?25l`;
const leave = `${escape}?25h${escape}?1049l`;
/** Around a drawing: a terminal that knows them shows it all at once, others ignore them. */
const begin = `${escape}?2026h`;
const end = `${escape}?2026l`;

/** Takes the terminal until it is left. */
export function takeTerminal(
  { input, output }: TerminalStreams,
  { key, resized, ended }: TerminalListeners,
): TakenTerminal {
  const colour = output.hasColors();
  const restore = () => {
    input.setRawMode(false);
    output.write(leave);
  };
  const onKey = (text: string | undefined, pressed: Key) => key(nameOf(text, pressed));
  // An uncaught error ends the process by way of 'exit' too.
  process.once('exit', restore);
  for (const [signal, stop] of ends) process.once(signal, stop);
  output.on('resize', resized);
  emitKeypressEvents(input);
  input.setRawMode(true);
  input.on('keypress', onKey).once('end', ended).resume();
  output.write(enter);
  return {
    // A terminal that does not tell its size says 0.
    size: () => ({ columns: output.columns || 80, rows: output.rows || 24 }),
    draw(lines, clear = false) {
      const drawn = lines.map(
        (each, index) => `${escape}${index + 1};1H${escape}2K${paint(each, colour)}`,
      );
      output.write(begin + (clear ? `${escape}2J` : '') + drawn.join('') + end);
    },
    leave() {
      restore();
      process.off('exit', restore);
      for (const [signal, stop] of ends) process.off(signal, stop);
      output.off('resize', resized);
      input.off('keypress', onKey).off('end', ended).pause();
    },
  };
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

function nameOf(text: string | undefined, { name = '', ctrl }: Key): string {
  if (ctrl) return `ctrl-${name}`;
  return text !== undefined && /^[^\p{Cc}]$/u.test(text) ? text : name;
}
