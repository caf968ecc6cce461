// What goes wrong without a condition of Paxos, as the why pages ask it: by ballots, with clients that want different values.

import test from 'tape';
import { chapter as paxos } from '../../../chapters/12-paxos/chapter.ts';
import { verdictOn } from '../../../lib/why/verdict-on.ts';
import { whyPageOf } from '../../../lib/walkthrough/why/page.ts';

const question = {
  chapter: paxos.name,
  rule: 'accept',
  condition: 'no higher ballot was promised',
};

test('without its promise, an acceptor helps to choose a second value', (t) => {
  const { verdict, trace } = verdictOn(paxos, question, []);
  t.equal(verdict.verdict, 'safety');
  t.equal(verdict.verdict === 'safety' && verdict.property, 'One value is chosen');
  t.ok(verdict.verdict === 'safety' && verdict.provenShortest, 'and no run does so sooner');
  const page = whyPageOf([paxos], paxos, verdict, trace);
  t.match(page, /Three nodes, ballots ≤ 3, requests ≤ 2, no restart, every message kept/);
  t.end();
});
