// `npm test`: runs the test files in two tape processes side by side, and prints what they say as one TAP stream.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { within } from './pages.ts';
import { root } from './root.ts';

/** About half of all tests, by the time that they take. */
const half = /^test\/(tools|chapters|lib\/(stepper|grade|exercise))\//;

/** The test files in two parts that take about equally long. */
export function parts(files: readonly string[]): readonly (readonly string[])[] {
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  return [tests.filter((file) => half.test(file)), tests.filter((file) => !half.test(file))];
}

/** The lines of one part, and whether tape was content with it. */
interface Ran {
  readonly lines: AsyncIterable<string>;
  readonly ok: Promise<boolean>;
}

function run(files: readonly string[]): Ran {
  const tape = join(root, 'node_modules/tape/bin/tape');
  const flags = ['--import', 'tsx', tape, '--strict', '--no-only', ...files];
  const child = spawn(process.execPath, flags, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ok = new Promise<boolean>((resolve) => {
    child.on('close', (code) => resolve(code === 0));
  });
  // Read at once, also while another part is printed: a full pipe would stop the tests.
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  let wake = () => {};
  let ended = false;
  reader.on('line', (line) => {
    lines.push(line);
    wake();
  });
  reader.on('close', () => {
    ended = true;
    wake();
  });
  async function* read(): AsyncGenerator<string> {
    for (let next = 0; ; next++) {
      while (next >= lines.length && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const line = lines[next];
      if (line === undefined) return;
      yield line;
    }
  }
  return { lines: read(), ok };
}

async function main(): Promise<void> {
  const running = parts(within('test')).map(run);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  let tests = 0;
  let failed = 0;
  let allOk = true;
  print('TAP version 13');
  for (const { lines, ok } of running) {
    let planned: number | undefined;
    const before = tests;
    for await (const line of lines) {
      const point = /^(ok|not ok) \d+(.*)$/.exec(line);
      const plan = /^1\.\.(\d+)$/.exec(line);
      if (point) {
        tests += 1;
        if (point[1] === 'not ok') failed += 1;
        print(`${point[1]} ${tests}${point[2]}`);
      } else if (plan) planned = Number(plan[1]);
      else if (!/^(TAP version \d+|# (tests|pass|fail) +\d+|# ok)?$/.test(line)) print(line);
    }
    const complete = planned === tests - before;
    if (!(await ok) || !complete) allOk = false;
    if (!complete) {
      tests += 1;
      failed += 1;
      print(`not ok ${tests} a part of the tests ended before its plan was fulfilled`);
    }
  }
  print(`\n1..${tests}\n# tests ${tests}\n# pass  ${tests - failed}`);
  if (failed > 0) print(`# fail  ${failed}`);
  else print('\n# ok');
  process.exitCode = allOk && failed === 0 && tests > 0 ? 0 : 1;
}

if (require.main === module) void main();
