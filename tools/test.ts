// `npm test` and, with --long, `npm run test:long`: runs the test files in a few tape processes side by side, and prints
// what they say as one TAP stream.

import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { within } from './pages.ts';
import { root } from './root.ts';

/** Folders whose tests share what they make, or take long; the dearest first. */
const alone = [
  'test/lib/explore/',
  'test/chapters/',
  'test/lib/walkthrough/',
  'test/lib/stepper/',
  'test/lib/grade/',
  'test/bugs/',
];

/** The tests of each of these folders, and before them all the others: what runs last should be short. */
export function parts(files: readonly string[]): readonly (readonly string[])[] {
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  const others = tests.filter((file) => !alone.some((folder) => file.startsWith(folder)));
  return [others, ...alone.map((folder) => tests.filter((file) => file.startsWith(folder)))];
}

/** Each of the long tests is a part of its own. */
export const longParts = (files: readonly string[]): readonly (readonly string[])[] =>
  files.filter((file) => file.endsWith('.long.ts')).map((file) => [file]);

/** The tests of some files, in a tape process of their own. */
class Part {
  /** Whether tape was content with it; known when all lines are there. */
  ok = false;
  private readonly files: readonly string[];
  private readonly printed: string[] = [];
  private ended = false;
  private wake = () => {};

  constructor(files: readonly string[]) {
    this.files = files;
  }

  async run(): Promise<void> {
    const tape = join(root, 'node_modules/tape/bin/tape');
    const flags = ['--import', 'tsx', tape, '--strict', '--no-only', ...this.files];
    const child = spawn(process.execPath, flags, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = new Promise<number | null>((resolve) => {
      child.on('close', resolve);
    });
    // Read at once, also while another part is printed: a full pipe would stop the tests.
    for await (const line of createInterface({ input: child.stdout })) {
      this.printed.push(line);
      this.wake();
    }
    this.ok = (await closed) === 0;
    this.ended = true;
    this.wake();
  }

  /** What it prints, line by line, waiting for more until it has ended. */
  async *lines(): AsyncGenerator<string> {
    for (let next = 0; ; next++) {
      while (next >= this.printed.length && !this.ended) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
      const line = this.printed[next];
      if (line === undefined) return;
      yield line;
    }
  }
}

/** Runs the parts in this order, as many at a time as there are cores. */
function runAll(all: readonly Part[]): void {
  const queue = all[Symbol.iterator]();
  const work = async () => {
    for (const part of queue) await part.run();
  };
  for (let core = 0; core < availableParallelism(); core++) void work();
}

async function main(isLong: boolean): Promise<void> {
  const files = within('test');
  const all = (isLong ? longParts(files) : parts(files)).map((each) => new Part(each));
  runAll(all);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  let tests = 0;
  let failed = 0;
  let allOk = true;
  print('TAP version 13');
  for (const part of all) {
    let planned: number | undefined;
    const before = tests;
    for await (const line of part.lines()) {
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
    if (!part.ok || !complete) allOk = false;
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

if (require.main === module) void main(process.argv.includes('--long'));
