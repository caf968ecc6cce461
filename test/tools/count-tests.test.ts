// CI counts tests; it must not take a broken run for a good one.

import test from 'tape';
import { countTests } from '../../tools/count-tests.ts';

const plan = (count: number) => `1..${count}\n`;
const start = 'TAP version 13\n';

test('passing and failing tests are counted', (t) => {
  const tap = `${start}# a\nok 1 one\nnot ok 2 two\nok 3 three\n${plan(3)}`;
  t.deepEqual(countTests(tap), { passed: 2, failed: 1 });
  t.deepEqual(countTests(`${start}ok 1 one\n${plan(1)}`), { passed: 1, failed: 0 });
  t.end();
});

test('a run that was cut off, or ran nothing, has failed', (t) => {
  t.deepEqual(countTests(`${start}ok 1 one\n`), { passed: 1, failed: 1 }, 'there is no plan');
  t.equal(countTests(`${start}ok 1 one\n${plan(2)}`).failed > 0, true, 'a test is missing');
  t.equal(countTests('').failed > 0, true);
  t.equal(countTests(`${start}1..0\n`).failed > 0, true);
  t.end();
});
