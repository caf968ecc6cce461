// The developers say why nothing goes wrong without something, where no machine has found what covers for it.

import test from 'tape';
import { nameOf } from '../../lib/why/question.ts';
import { readVerdicts } from '../../tools/verdicts.ts';
import { reasons } from '../../tools/why-reasons.ts';

const unexplained = readVerdicts()
  .filter((each) => each.verdict === 'redundant' && !each.cover && !each.partner)
  .map((verdict) => `${verdict.chapter} ${nameOf(verdict)}`);

test('of what is redundant, and nothing was found that covers for it, somebody says why', (t) => {
  t.deepEqual(
    unexplained.filter((name) => !(name in reasons)),
    [],
  );
  t.end();
});

test('no reason is given for anything else', (t) => {
  t.deepEqual(
    Object.keys(reasons).filter((name) => !unexplained.includes(name)),
    [],
  );
  t.end();
});
