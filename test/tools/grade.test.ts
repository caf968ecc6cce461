// Grading one submission: who handed in nothing that can be graded gets a result, and who grades hears of own mistakes.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { UsageError } from '../../lib/stepper/flags.ts';
import { gradeCommand } from '../../tools/grade.ts';

const folder = mkdtempSync(join(tmpdir(), 'raft-grade-one-'));
test.onFinish(() => rmSync(folder, { recursive: true, force: true }));

const wrong = join(folder, 'submission');
mkdirSync(wrong);
writeFileSync(join(wrong, 'my-voting.ts'), '');
writeFileSync(join(wrong, 'my-voting.md'), '');
const out = join(folder, 'results', 'results.json');
const grade = (path: string, ...args: string[]) => gradeCommand([path, ...args]);

test('a submission that is not there, or has the wrong name, gets a result without points that says what was expected', async (t) => {
  const cases: [path: string, problem: RegExp][] = [
    [wrong, /holds no exercise; expected exercise\.ts, .* found my-voting\.md, my-voting\.ts\.$/],
    [join(wrong, 'my-voting.md'), /is neither a \.ts nor a \.js file\.$/],
    [join(folder, 'nowhere'), /There is no file or folder .*nowhere\.$/],
  ];
  for (const [path, problem] of cases) {
    rmSync(out, { force: true });
    const { ok, text } = await grade(
      path,
      '--chapter',
      '3',
      '--format',
      'gradescope',
      '--out',
      out,
    );
    t.notOk(ok, 'so that the command exits with 1');
    t.match(text, /^0 of \d+ points: 0 passed, 0 failed, \d+ never ran\.$/m);
    const results = JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;
    t.equal(results.score, 0);
    t.match(String(results.output), problem);
    t.ok(Array.isArray(results.tests) && results.tests.length > 0, 'every test is listed');
  }
});

test('without a file for the result, the same is a mistake in the command line', async (t) => {
  const error: unknown = await grade(wrong, '--chapter', '3').catch((error: unknown) => error);
  t.ok(error instanceof UsageError);
  t.match(String(error), /holds no exercise/);
});

test('a mistake of the grader writes no result', async (t) => {
  rmSync(out, { force: true });
  const asked = ['--format', 'gradescope', '--out', out];
  const cases: [args: string[], says: RegExp][] = [
    [[wrong, '--chaptr', '3'], /Unknown option '--chaptr'/],
    [[wrong, '--chapter', '33'], /Expected a chapter from 1 to/],
    [[join(wrong, 'my-voting.ts')], /say of which chapter it is with --chapter N/],
    [[wrong, wrong], /Expected one path/],
  ];
  for (const [args, says] of cases) {
    const error: unknown = await gradeCommand([...args, ...asked]).catch((error: unknown) => error);
    t.ok(error instanceof UsageError, 'so that the command exits with 2');
    t.match(String(error), says);
    t.notOk(existsSync(out));
  }
});
