// Every chapter through the whole grader: its solution gets full points, its untouched exercise none.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { testsOf } from '../../lib/grade/subject.ts';
import { gradeCommand } from '../../tools/grade.ts';
import { handIn } from '../tools/solutions.ts';

const folder = mkdtempSync(join(tmpdir(), 'raft-grade-'));
test.onFinish(() => rmSync(folder, { recursive: true, force: true }));
const grade = (...args: string[]) =>
  gradeCommand([...args, '--skip-types', '--runs', join(folder, 'runs')]);

test('the solution of every chapter gets full points', async (t) => {
  const home = join(folder, 'solved');
  for (const chapter of chapters) handIn(home, chapter);
  const { text, ok } = await grade(home);
  t.ok(ok, text.split('\n').at(-2));
  t.equal(text.match(/✓/g)?.length, chapters.flatMap(testsOf).length, 'every test, as recorded');
});

test('the untouched exercise of every chapter gets no points', async (t) => {
  const { text, ok } = await grade();
  t.notOk(ok);
  for (const { name } of chapters) t.match(text, new RegExp(`^${name}: 0 of \\d+ points$`, 'm'));
});
