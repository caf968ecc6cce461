// `npm run repl`, with lines piped in instead of typed.

import { spawnSync } from 'node:child_process';
import test from 'tape';
import { hints } from '../../../chapters/03-voting/hints.ts';

function repl(args: readonly string[], ...lines: string[]) {
  const command = ['--import', 'tsx', 'tools/repl.ts', ...args];
  const input = lines.map((line) => `${line}\n`).join('');
  return spawnSync(process.execPath, command, { encoding: 'utf8', input });
}

test('a cluster can be played with, and a type error does not end it', (t) => {
  const { stdout, stderr, status } = repl(
    ['3'],
    `cluster.timeout('A')`,
    'cluster.timeout(3)',
    `cluster.deliver('RequestVote', 'A', 'B')`,
    `cluster.deliver('RequestVote', 'A', 'B')`,
    `stateOf('B').votedFor`,
    `stateOf('B').votdFor`,
    `const one: VotingState = stateOf('A')`,
    'one.currentTerm + 40',
    'chapter3.grantVote.says.length > 0',
    'cluster.settle()',
    'show()',
    'why()',
    `fresh('A', 'B', 'C', 'D', 'E')`,
  );
  t.equal(status, 0);
  t.match(stdout, /^1\. A's election timer runs out → start-election, request-votes$/m);
  t.match(
    stderr,
    /TS2345: Argument of type 'number' is not assignable to parameter of type 'string'/,
  );
  t.match(stdout, /^2\. B receives RequestVote \(term 1\) from A → adopt-newer-term, grant-vote$/m);
  t.match(stdout, /^No RequestVote from A to B is in flight; in flight: /m, 'one line, no stack');
  t.match(stdout, /^'A'$/m, 'the vote of B');
  t.match(stderr, /TS2551: Property 'votdFor' does not exist on type 'VotingState'/);
  t.match(stdout, /^41$/m);
  t.match(stdout, /^true$/m);
  t.match(stdout, /^ {2}A +leader +1 +A +\[A, B\]$/m, 'the table');
  t.match(stdout, /✓ follow-leader fired/, 'why');
  t.match(stdout, /^ {2}E +follower +0/m, 'five nodes');
  t.notOk(stdout.includes('    at '), 'no stack trace');
  t.end();
});

test('the exercise can be played with before it is solved', (t) => {
  const { stdout, status } = repl(
    ['03-voting', '--exercise'],
    `cluster.timeout('A')`,
    'show()',
    `stateOf('A').role`,
  );
  t.equal(status, 0);
  const [, gap = ''] = /^The rule (\S+) is still to be written\.$/m.exec(stdout) ?? [];
  t.ok(gap in hints, `${gap} is a gap`);
  t.match(stdout, /^ {2}A +follower +0/m, 'nothing has happened');
  t.match(stdout, /^'follower'$/m);
  t.end();
});

test('a slip in the command line gets one message and exit code 2', (t) => {
  for (const args of [[], ['03-votng'], ['3', '4'], ['3', '--exercize']]) {
    const { stdout, stderr, status } = repl(args);
    t.equal(status, 2, args.join(' '));
    t.equal(stdout, '');
    t.ok(stderr.trim() !== '' && !stderr.includes('    at '), stderr.trim());
  }
  const { stdout, status } = repl(['--help']);
  t.equal(status, 0);
  t.match(stdout, /^Usage: npm run repl/);
  t.end();
});
