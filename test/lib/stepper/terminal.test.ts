// The stepper in a real pseudo-terminal: keys move, resizing redraws, and the terminal is left as
// it was found.

import test from 'tape';
import type { Session } from './pseudo-terminal.ts';
import { openTerminal } from './pseudo-terminal.ts';
import { scenes } from './scenes.ts';

const [first, second] = scenes.filter(({ chapter }) => chapter.name === '03-voting');
if (!first || !second) throw new Error('chapter 3 has too few scenes');
const steps = first.trace.steps.length;

const stepper = `"${process.execPath}" --import tsx chapters/03-voting/run.ts`;

/**
 * Runs a command and then shows whether the shell has its terminal back. The shell stays until the
 * session is closed: what is still unread when it ends can get lost.
 */
const inShell = (command: string) =>
  `unset CI NO_COLOR FORCE_COLOR NODE_DISABLE_COLORS; echo before; ${command}; echo "code $?"; stty -a | tr " ;" "\\n" | grep -x -e icanon -e -icanon; read wait`;

/** Runs the sessions at the same time, for starting is what takes long, and closes each. */
const together = (...sessions: ((open: typeof openTerminal) => Promise<void>)[]) =>
  Promise.all(
    sessions.map(async (session) => {
      const open: Session[] = [];
      try {
        await session((command) => {
          const opened = openTerminal(command);
          open.push(opened);
          return opened;
        });
      } finally {
        open.forEach((each) => each.close());
      }
    }),
  );

const started = (session: Session) =>
  session.until('the start', () => session.text().includes(`Start of ${steps} steps`));

const left = (session: Session) =>
  session.until('the stepper to end', () => /\ncode \d+\n-?icanon$/.test(session.text()));

// There is no /bin/sh and no stty on Windows.
const skip = process.platform === 'win32';

test(
  'in a terminal keys move, resizing redraws, and every end restores it',
  { skip },
  async (t) => {
    await together(
      async (open) => {
        const session = open(inShell(stepper));
        const { press, text } = session;
        await started(session);
        t.ok(session.inAlternateScreen(), 'draws on the alternate screen');
        t.notOk(session.cursorVisible(), 'hides the cursor');
        t.ok(session.sent().includes('\u001b[1m'), 'is in colour');
        const start = text();

        press('n');
        await session.until('step 1', () => text().includes(`Step 1 of ${steps}`));
        const one = text();
        t.ok(one !== start, 'forward shows another screen');
        press('\u001b[C');
        await session.until('what comes after step 1', () => text() !== one);
        press('\u001b[D');
        await session.until('step 1 again, the same', () => text() === one);
        press('p');
        await session.until('the start again, the same', () => text() === start);
        t.pass('arrow keys and letters move, and back shows the same screen');

        press('g3\r');
        await session.until('step 3', () => text().includes(`Step 3 of ${steps}`));
        const three = text();
        press('w');
        await session.until(
          'why not',
          () => /did not fire|✓ held/.test(text()) && text() !== three,
        );
        press('w?');
        await session.until('the help', () => text().includes('Marks'));
        press('?s');
        await session.until('the next scene', () => text().includes(second.trace.header.title));
        t.pass('g, w, ? and s do what the help says');

        session.resize(60, 20);
        const rows = () => text().split('\n');
        const fits = () => rows().length === 20 && rows()[2] === '─'.repeat(60);
        await session.until('a redrawn screen of 60×20', fits);
        t.ok(rows().at(-1)?.includes('q quit'), 'a resized terminal is redrawn');

        press('\u0003');
        await left(session);
        t.notOk(session.inAlternateScreen(), 'Ctrl-C leaves the alternate screen');
        t.ok(session.cursorVisible(), 'Ctrl-C shows the cursor');
        t.match(text(), /^before\ncode 0\nicanon$/, 'Ctrl-C gives the shell its terminal back');
      },

      async (open) => {
        // With `exec`, the process that is told to stop is the stepper itself.
        const replaced = `sh -c 'echo "pid $$"; NO_COLOR=1 exec ${stepper}'`;
        const session = open(inShell(replaced));
        await started(session);
        t.notOk(/\p{Cc}\[[0-9;]*m/u.test(session.sent()), 'NO_COLOR is respected');
        const pid = /pid (\d+)/.exec(session.sent())?.[1];
        process.kill(Number(pid), 'SIGTERM');
        await left(session);
        t.notOk(session.inAlternateScreen(), 'SIGTERM leaves the alternate screen');
        t.ok(session.cursorVisible(), 'SIGTERM shows the cursor');
        t.match(session.text(), /code 143\nicanon$/, 'SIGTERM gives the shell its terminal back');
      },

      async (open) => {
        const session = open(inShell(`TERM=dumb ${stepper}`));
        await left(session);
        t.notOk(session.sent().includes('\u001b'), 'a dumb terminal gets plain text');
        t.ok(/Step 1, /.test(session.sent()), 'a dumb terminal gets the whole run');
      },
    );
  },
);
