// `npm run progress`: a line a chapter, and with which chapter to go on.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { allRules, edited, written } from '../../lib/exercise/written.ts';

const folder = mkdtempSync(join(tmpdir(), 'raft-progress-'));
test.onFinish(() => rmSync(folder, { recursive: true, force: true }));

const progress = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'tools/progress.ts', ...args], {
    encoding: 'utf8',
  });

const put = (chapter: string, text: string) =>
  writeFileSync(join(folder, chapter, 'exercise.ts'), text);

test('each chapter has a line, and the first that is not solved is next', (t) => {
  for (const { name } of chapters) {
    mkdirSync(join(folder, name));
    cpSync(`chapters/${name}/exercise.ts`, join(folder, name, 'exercise.ts'));
  }
  cpSync('chapters/01-roles/roles.ts', join(folder, '01-roles', 'exercise.ts'));
  cpSync('chapters/02-terms/terms.ts', join(folder, '02-terms', 'exercise.ts'));
  put('03-voting', written('start-election', 'request-votes', 'become-leader'));
  const { stdout, status } = progress(folder);
  t.equal(status, 0);
  t.match(stdout, /^1 Roles .* 4 of 4 +4 +4 of 4 +✓ solved$/m);
  t.match(stdout, /^2 Terms .* ✓ solved$/m);
  t.match(stdout, /^3 Voting .* 3 of 7 +2 +0 of \d+$/m);
  for (const { title } of chapters.slice(3)) {
    t.match(stdout, new RegExp(`^\\d+ ${title} .* not begun$`, 'm'));
  }
  t.match(stdout, /^Next: npm run watch -- 3 /m);
  t.end();
});

test('what passes every run and does not type-check is not solved', (t) => {
  put(
    '03-voting',
    edited(written(...allRules), 'const rule =', "const three: number = 'three';\nconst rule ="),
  );
  const { stdout } = progress(folder);
  t.match(stdout, /^3 Voting .* (\d+) of \1 +does not type-check$/m);
  t.match(stdout, /^Next: npm run watch -- 3 /m);
  t.end();
});

test('a folder without exercises gets one message', (t) => {
  const { status, stderr } = progress('docs');
  t.equal(status, 2);
  t.match(
    stderr.trim(),
    /^docs holds no exercise; expected files like docs\/03-voting\/exercise\.ts\.$/,
  );
  t.end();
});
