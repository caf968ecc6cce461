// `npm run hint`: what it prints, and what it says to a slip of the keyboard.

import { spawnSync } from 'node:child_process';
import test from 'tape';
import { voting } from '../../chapters/03-voting/voting.ts';
import { hintText } from '../../tools/hint.ts';
import { chapterNamed } from '../support.ts';

const plain = (text: string) => text.replace(/\s+/g, ' ');

test('a chapter alone lists its gaps with their statements', (t) => {
  for (const name of ['3', '03', '03-voting']) {
    const text = plain(hintText([name]));
    for (const gap of Object.keys(chapterNamed('03-voting').hints)) {
      const rule = voting.rules.find((each) => each.name === gap);
      t.ok(rule && text.includes(`${gap} ${rule.says}`), `${name} lists ${gap}`);
    }
  }
  t.end();
});

test('each level gives its hint and says how to get the next', (t) => {
  const hint = chapterNamed('03-voting').hints['grant-vote'] ?? [];
  const levels = [[], ['2'], ['3']].map((more) => hintText(['3', 'grant-vote', ...more]));
  for (const [index, text] of levels.entries()) {
    t.ok(plain(text).includes(`Hint ${index + 1} of 3. ${hint[index]}`), `level ${index + 1}`);
    t.ok(
      text.split('\n').every((line) => line.length <= 80),
      'fits 80 columns',
    );
  }
  t.deepEqual(
    levels.map((text) => /npm run hint -- 3 grant-vote (\d)/.exec(text)?.[1]),
    ['2', '3', undefined],
  );
  t.end();
});

test('a refined rule says what it says in this chapter', (t) => {
  t.ok(
    plain(hintText(['4', 'grant-vote'])).includes('whose log is at least as up to date as mine'),
  );
  t.end();
});

test('what does not exist gets one message with the nearest name', (t) => {
  const expected: [string[], RegExp][] = [
    [
      ['3', 'grant-vot'],
      /^The exercise of chapter 3 has no gap 'grant-vot'; the nearest is grant-vote\.$/,
    ],
    [['3', 'constructor'], /has no gap 'constructor'/],
    [['03-votng'], /^There is no chapter '03-votng'; the nearest is 03-voting\.$/],
    [['99'], /^Expected a chapter from 1 to \d+, found '99'\.$/],
    [['0'], /^Expected a chapter from 1 to/],
    [['3', 'grant-vote', '4'], /^Expected a level from 1 to 3, found '4'\.$/],
    [['3', 'grant-vote', '1', 'more'], /^Expected at most three words/],
  ];
  for (const [args, message] of expected) {
    try {
      hintText(args);
      t.fail(`${args.join(' ')} is refused`);
    } catch (error) {
      t.match(error instanceof Error ? error.message : '', message, args.join(' '));
    }
  }
  t.end();
});

test('the command prints to the right place and ends with the right code', (t) => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'tools/hint.ts', ...args], {
      encoding: 'utf8',
    });
  const good = run('3', 'grant-vote');
  t.equal(good.status, 0);
  t.match(good.stdout, /^grant-vote: /);
  t.equal(good.stderr, '');
  const bad = run('3', 'grant-vot');
  t.equal(bad.status, 2);
  t.equal(bad.stdout, '');
  t.equal(bad.stderr.trim().split('\n').length, 1, 'one line');
  t.end();
});
