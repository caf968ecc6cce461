// `npm run watch`: what a student sees of a chapter's exercise, on a terminal and without one.

import { spawn, spawnSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import test from 'tape';
import {
  allRules,
  edited,
  saved,
  votesForAll,
  voting,
  written,
} from '../../lib/exercise/written.ts';
import { chapterNamed } from '../../support.ts';
import { openTerminal } from '../../lib/stepper/pseudo-terminal.ts';

const once = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'tools/watch.ts', ...args], { encoding: 'utf8' });

const { length: runs } = chapterNamed('03-voting').scenarios;
const { length: trials } = chapterNamed('03-voting').trials;

const plain = (text: string) => text.replace(/\s+/g, ' ');

test('a wrong rule is told with its condition and values, and where to look', (t) => {
  const { stdout, status } = once('3', saved(votesForAll()), '--once');
  t.equal(status, 1);
  t.match(stdout, /^✗ grant-vote {2,}\d+\/\d+ {2}Vote for the first candidate/m);
  t.match(stdout, /^✓ start-election/m);
  t.match(
    stdout,
    new RegExp(`^\\d of ${runs} runs pass; the ${trials} trials come once they all do\\.$`, 'm'),
  );
  t.match(stdout, /condition 'has not voted for another candidate this term' \(not asked\): fails/);
  t.match(stdout, /votedFor is A, RequestVote\.from is B/);
  t.match(stdout, /^ {2}hint {3}npm run hint -- 3 grant-vote$/m);
  t.match(
    stdout,
    /^ {2}look {3}npx tsx chapters\/03-voting\/run\.ts --scenario one-vote-a-term --step 4$/m,
  );
  t.end();
});

test('a mistake of type comes first, with file and line, and the runs are judged all the same', (t) => {
  const text = edited(written(...allRules), 'me.votedFor = me.id;', 'me.votedFor = 3;');
  const file = saved(text);
  const { stdout, status } = once('3', file, '--once');
  const line = text.slice(0, text.indexOf('me.votedFor = 3;')).split('\n').length;
  t.equal(status, 1);
  t.ok(stdout.indexOf(`${file}:${line}: TS2322`) < stdout.indexOf('✗ start-election'), 'first');
  t.ok(stdout.includes(`${file}:${line}: TS2322`), 'file and line');
  t.match(stdout, new RegExp(`^0 of ${runs} runs pass`, 'm'));
  t.end();
});

test('the solution is solved, and what comes next is said', (t) => {
  const { stdout, status } = once('3', saved(written(...allRules)), '--once');
  t.equal(status, 0);
  t.match(
    stdout,
    new RegExp(`^${runs} of ${runs} runs pass; ${trials} of ${trials} trials pass\\.$`, 'm'),
  );
  t.match(stdout, /^Chapter 3 is solved\.$/m);
  t.match(stdout, /chapters\/04-replication\/README\.md/);
  t.match(stdout, /npm run watch -- 4$/m);
  t.end();
});

test('code that throws is laid to the rule that should have acted', (t) => {
  const text = edited(written(...allRules), 'me.votedFor = me.id;', 'null!;').replace(
    'null!;',
    "throw new Error('oops');",
  );
  const { stdout } = once('3', saved(text), '--once');
  t.match(stdout, /^ {2}threw: oops$/m);
  t.match(stdout, /^✗ start-election, step 1 of: A clean election$/m);
  t.end();
});

test('without a terminal there is one verdict for each save, also by an editor that renames', async (t) => {
  const file = saved(written());
  const watch = spawn(process.execPath, ['--import', 'tsx', 'tools/watch.ts', '3', file]);
  let printed = '';
  const verdicts = () => printed.split(/^Chapter 3: Voting/m).length - 1;
  const until = (what: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!what.test(printed)) return;
        watch.stdout.off('data', look);
        resolve();
      };
      watch.stdout.on('data', look);
      look();
    });
  watch.stdout.setEncoding('utf8').on('data', (data: string) => (printed += data));
  await until(/write {2}start-election/);
  writeFileSync(file, written('start-election'));
  await until(/write {2}request-votes/);
  writeFileSync(`${file}~`, written('start-election', 'request-votes'));
  renameSync(`${file}~`, file);
  await until(/write {2}become-leader in .*\n.*\n.*look/);
  watch.kill();
  t.equal(verdicts(), 3);
  t.notOk(/\p{Cc}\[/u.test(printed), 'plain text');
  t.end();
});

// There is no /bin/sh and no stty on Windows.
const skip = process.platform === 'win32';

test(
  'on a terminal h gives one hint more each time, a save goes on, and q gives the terminal back',
  { skip },
  async (t) => {
    const file = saved(written());
    const command = `"${process.execPath}" --import tsx tools/watch.ts 3 ${file}`;
    const session = openTerminal(
      `unset CI NO_COLOR; echo before; ${command}; echo "code $?"; stty -a | tr " ;" "\\n" | grep -x -e icanon -e -icanon; read wait`,
    );
    const { text, press, until } = session;
    const shows = (what: string | undefined) => plain(text()).includes(plain(what ?? 'nothing'));
    try {
      await until('the verdict', () => shows('write start-election') && shows('checked at'));
      t.ok(session.inAlternateScreen(), 'draws on the alternate screen');
      for (const rule of allRules) t.ok(text().includes(`… ${rule}`), `a line for ${rule}`);
      const hints = voting.hints['start-election'] ?? [];
      for (const [index, hint] of hints.entries()) {
        press('h');
        await until(`hint ${index + 1}`, () => shows(`Hint ${index + 1} of 3`) && shows(hint));
      }
      press('h');
      await until('no hint', () => !shows('Hint'));
      writeFileSync(file, written('start-election'));
      await until('the next rule', () => shows('write request-votes'));
      press('h');
      await until('its first hint', () => shows(`Hint 1 of 3 for request-votes.`));
      press('q');
      await until('the end', () => /\ncode \d+\n-?icanon$/.test(text()));
      t.match(text(), /^before\ncode 0\nicanon$/);
      t.notOk(session.inAlternateScreen(), 'leaves the alternate screen');
      t.ok(session.cursorVisible(), 'shows the cursor');
    } finally {
      session.close();
    }
    t.end();
  },
);

test('a slip of the keyboard gets one message', (t) => {
  const expected: [string[], RegExp][] = [
    [[], /^Expected a chapter, as in: npm run watch -- 3$/],
    [['99'], /^Expected a chapter from 1 to \d+, found '99'\.$/],
    [['3', 'no-such.ts'], /^There is no file no-such\.ts\.$/],
    [['3', '--twice'], /^Unknown option '--twice'\. --help names the flags\.$/],
  ];
  for (const [args, message] of expected) {
    const { status, stdout, stderr } = once(...args);
    t.equal(status, 2);
    t.equal(stdout, '');
    t.match(stderr.trim(), message);
  }
  t.end();
});
