// A pseudo-terminal with an emulator behind it: what a person would see, and the keys they press.

import { spawn } from '@lydell/node-pty';
import { Terminal } from '@xterm/headless';

export interface Session {
  /** The screen as text, without the empty lines at its end. */
  text(): string;
  /** Everything that was sent to the terminal. */
  readonly sent: () => string;
  readonly inAlternateScreen: () => boolean;
  readonly cursorVisible: () => boolean;
  press(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Waits until the screen is drawn and as wanted. Rejects with the screen when it never is. */
  until(what: string, holds: () => boolean): Promise<void>;
  /** Ends whatever still runs in it. */
  close(): void;
}

/** Far longer than anything should take, even where two slow processors are shared. */
const patience = 20_000;

/** Runs a shell command in a terminal of 80 columns and 24 rows. */
export function openTerminal(command: string): Session {
  const size = { cols: 80, rows: 24 };
  const pty = spawn('/bin/sh', ['-c', command], { ...size, name: 'xterm-256color' });
  const emulator = new Terminal({ ...size, allowProposedApi: true });
  let sent = '';
  let cursorVisible = true;
  let drawing = false;
  const watchers = new Set<() => void>();
  const look = () => watchers.forEach((watcher) => watcher());
  for (const final of ['h', 'l']) {
    emulator.parser.registerCsiHandler({ prefix: '?', final }, (parameters) => {
      if (parameters.includes(25)) cursorVisible = final === 'h';
      if (parameters.includes(2026)) drawing = final === 'h';
      return false;
    });
  }
  pty.onData((data) => {
    sent += data;
    emulator.write(data, look);
  });

  const text = () => {
    const { active } = emulator.buffer;
    const lines = Array.from(
      { length: emulator.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
    return lines.join('\n').trimEnd();
  };
  return {
    text,
    sent: () => sent,
    inAlternateScreen: () => emulator.buffer.active.type === 'alternate',
    cursorVisible: () => cursorVisible,
    press: (keys) => pty.write(keys),
    resize(columns, rows) {
      emulator.resize(columns, rows);
      pty.resize(columns, rows);
    },
    until: (what, holds) =>
      new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(limit);
          watchers.delete(watch);
        };
        const watch = () => {
          if (drawing || !holds()) return;
          end();
          resolve();
        };
        const limit = setTimeout(() => {
          end();
          reject(new Error(`waited in vain for: ${what}\n${text()}`));
        }, patience);
        watchers.add(watch);
        watch();
      }),
    close() {
      pty.kill('SIGKILL');
      emulator.dispose();
    },
  };
}
