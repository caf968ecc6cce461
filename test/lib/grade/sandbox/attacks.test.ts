// Submissions that try to harm the grader, or to get points without earning them. Each gets a clear verdict and no points;
// an honest one graded beside it is not affected.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { gradeChapter } from '../../../../lib/grade/grade.ts';
import type { Judgement } from '../../../../lib/grade/subject.ts';
import { counts } from '../../../../lib/grade/report.ts';
import { root } from '../../../../tools/root.ts';
import { placeOf } from '../../../../tools/submissions.ts';
import { tracesOf } from '../../../../tools/grading.ts';
import { chapterNamed } from '../../../support.ts';

const roles = chapterNamed('01-roles');
const solution = readFileSync('chapters/01-roles/roles.ts', 'utf8');
const limits = { start: 2000, step: 300, run: 1000, all: 4000, heap: 64, memory: 200 };

const folder = mkdtempSync(join(tmpdir(), 'raft-attacks-'));
test.onFinish(() => rmSync(folder, { recursive: true, force: true }));

/** Grades a text as the exercise of chapter 1. */
async function graded(name: string, text: string, allowed = limits): Promise<readonly Judgement[]> {
  const home = join(folder, name.replace(/\W+/g, '-'));
  mkdirSync(home, { recursive: true });
  const file = join(home, 'exercise.ts');
  writeFileSync(file, text);
  const { judgements } = await gradeChapter(
    roles,
    { file, root, ...placeOf(roles) },
    () => tracesOf(roles),
    { limits: allowed, checkTypes: () => Promise.resolve([]), inTurn: (work) => work() },
  );
  return judgements;
}

/** The solution with something else in the place of its first action. */
const doing = (code: string): string => {
  const [before, after] = solution.split("    me.role = 'candidate';\n");
  return `${before}${code}\n    me.role = 'candidate';\n${after}`;
};

/** The solution after a line of its own at the top of the file. */
const loading = (code: string): string => `${code}\n${solution}`;

interface Attack {
  readonly name: string;
  readonly text: string;
  readonly verdict: RegExp;
}

const attacks: readonly Attack[] = [
  {
    name: 'an infinite loop in a step',
    text: doing('for (;;);'),
    verdict: /a step took longer than 300 ms/,
  },
  {
    name: 'an infinite loop while loading',
    text: loading('for (;;);'),
    verdict: /it cannot be run: loading it took longer than 2000 ms/,
  },
  {
    name: 'unbounded allocation of objects',
    text: doing('const hoard: unknown[] = []; for (;;) hoard.push({ more: [hoard.length] });'),
    verdict: /more than \d+ MB of memory|longer than/,
  },
  {
    name: 'unbounded allocation of buffers',
    text: doing('const hoard = []; for (;;) hoard.push(new Uint8Array(1e7).fill(1));'),
    verdict: /more than 200 MB of memory|Array buffer allocation failed|longer than/,
  },
  {
    name: 'process.exit(0)',
    text: doing('process.exit(0);'),
    verdict: /process is not defined/,
  },
  {
    name: 'process.exit(0) while loading',
    text: loading('process.exit(0);'),
    verdict: /process is not defined/,
  },
  {
    name: 'a rejection that nobody catches',
    text: doing("void Promise.reject(new Error('never mind'));"),
    verdict: /a promise was rejected and nobody caught it: never mind/,
  },
  {
    name: 'a thrown proxy',
    text: doing(
      'throw new Proxy({}, { get() { throw new Error("caught?"); }, getPrototypeOf() { throw 1; } });',
    ),
    verdict: /something that cannot be described/,
  },
  {
    name: 'a patched Array.prototype',
    text: doing('Array.prototype.includes = () => true;'),
    verdict: /it changed Array.prototype.includes/,
  },
  {
    name: 'a patched JSON.stringify',
    text: loading("JSON.stringify = () => '{}';"),
    verdict: /it changed JSON.stringify/,
  },
  {
    name: 'writing into traces/ with an import',
    text: loading("import { writeFileSync } from 'node:fs'; writeFileSync('traces/x', 'x');"),
    verdict: /imports of the notebook's own files only, found 'node:fs'/,
  },
  {
    name: 'writing into test/ with require',
    text: doing("require('fs').writeFileSync('test/x', 'x');"),
    verdict: /found 'fs'|require is not defined/,
  },
  {
    name: 'reading the expected trace by a hidden require',
    text: doing(
      "const load = eval('require'); load('fs').readFileSync('traces/01-roles/two-leaders.trace.jsonl');",
    ),
    verdict: /require is not defined/,
  },
  {
    name: 'reading the expected trace by a hidden import',
    text: doing(
      'void new Function("return import(\'node:fs\')")().then((fs: { readFileSync(path: string): string }) =>' +
        ` fs.readFileSync('${join(root, 'traces/01-roles/two-leaders.trace.jsonl')}'));`,
    ),
    verdict: /a promise was rejected and nobody caught it/,
  },
  {
    name: "importing the chapter's own solution",
    text: "export { roles } from './roles.ts';",
    verdict: /chapters\/01-roles\/roles.ts may not be imported/,
  },
  {
    name: 'importing the solution of a later chapter',
    text: "export { terms } from '../02-terms/terms.ts';",
    verdict: /chapters\/02-terms\/terms.ts may not be imported/,
  },
  {
    name: 'importing the recorded runs',
    text: loading("import trace from '../../traces/01-roles/two-leaders.trace.jsonl'; void trace;"),
    verdict: /two-leaders.trace.jsonl may not be imported/,
  },
  {
    name: 'a getter in the state',
    text: doing('Object.assign(me, { extra: { get now() { return 1; } } });'),
    verdict: /expected plain data in extra, found a getter now/,
  },
  {
    name: 'a cyclic state',
    text: doing(
      'const ring: { self?: unknown } = {}; ring.self = ring; Object.assign(me, { ring });',
    ),
    verdict: /expected plain data in ring, found no end of it/,
  },
  {
    name: 'changing the event',
    text: doing("Object.assign(timeout, { type: 'HeartbeatTimeout' });"),
    verdict: /read only property 'type'/,
  },
  {
    name: 'changing the previous state',
    text: `${solution.replace('export const roles = ', 'const honest = ')}
export const roles = { ...honest, step(state: never, event: never) {
  Object.assign(state, { role: 'leader' });
  return honest.step(state, event);
} };`,
    verdict: /read only property 'role'/,
  },
  {
    name: 'a memory beside the state',
    text: `${solution.replace('export const roles = ', 'const honest = ')}
const memory = new Map();
export const roles = {
  init(id: string, peers: string[]) {
    memory.set(id, honest.init(id, peers));
    return memory.get(id);
  },
  step({ id }: { id: string }, event: never) {
    const result = honest.step(memory.get(id), event);
    memory.set(id, result.state);
    return result;
  },
};`,
    verdict: /not a pure function/,
  },
  {
    name: 'a message from somebody else',
    text: doing("act.send('Z', { type: 'AppendEntries' });"),
    verdict: /expected a message to one of B, C, found "Z"/,
  },
  {
    name: 'no node at all',
    text: 'export const nothing = 1;',
    verdict: /Expected an export with the functions init and step/,
  },
  {
    name: 'what is no TypeScript',
    text: 'export const = ;',
    verdict: /it cannot be run: Expected identifier/,
  },
];

for (const { name, text, verdict } of attacks) {
  test(`${name} gets a clear verdict and no points`, async (t) => {
    const [judgements, honest] = await Promise.all([
      graded(name, text),
      graded(`${name} beside it`, solution),
    ]);
    t.equal(judgements.length, 4, 'every test has a verdict');
    const earned = judgements.filter(counts).map(({ id }) => id);
    t.deepEqual(earned, [], 'no points');
    const said = judgements.map((each) => `${each.verdict}\n${each.details}`).join('\n');
    t.match(said, verdict);
    t.ok(honest.every(counts), 'an honest submission is not affected');
  });
}

test('many slow steps, each within its limit, are stopped in the end', async (t) => {
  const slow = doing('for (const end = Date.now() + 100; Date.now() < end; );');
  const judgements = await graded('slow steps', slow, { ...limits, step: 2000, all: 150 });
  t.match(judgements.at(-1)?.verdict ?? '', /all runs together took longer than 150 ms/);
  t.notOk(judgements.every(counts));
});

test('a link to the solution is not followed', async (t) => {
  const home = join(folder, 'links');
  const target = join(root, 'chapters/01-roles/roles.ts');
  mkdirSync(home);
  symlinkSync(target, join(home, 'mine.ts'));
  const imported = await graded('links', "export { roles } from './mine.ts';");
  t.deepEqual(imported.filter(counts), []);
  t.match(imported[0]?.verdict ?? '', /mine\.ts is a link that leads out of the submission/);
  rmSync(join(home, 'exercise.ts'));
  symlinkSync(target, join(home, 'exercise.ts'));
  const circumstances = {
    limits,
    checkTypes: () => Promise.resolve([]),
    inTurn: <T>(work: () => Promise<T>) => work(),
  };
  const submitted = { file: join(home, 'exercise.ts'), root, ...placeOf(roles) };
  const { judgements } = await gradeChapter(roles, submitted, () => tracesOf(roles), circumstances);
  t.deepEqual(judgements.filter(counts), []);
  t.match(judgements[0]?.verdict ?? '', /it is a link, not a file/);
});

test('what a submission prints is no verdict', async (t) => {
  const fake = "console.log('TAP version 14\\n1..4\\nok 1\\nok 2\\nok 3\\nok 4');";
  const wrong = doing(fake).replace("me.role = 'leader';", "me.role = 'candidate';");
  t.deepEqual((await graded('fake TAP', wrong)).filter(counts), []);
  t.ok((await graded('a talkative solution', doing(fake))).every(counts));
});
