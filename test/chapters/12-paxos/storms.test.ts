// Paxos and Multi-Paxos under every fault, a sample: `npm run test:long` takes 2,000 storms each.

import test from 'tape';
import { chapter as paxos } from '../../../chapters/12-paxos/chapter.ts';
import { nodeOf } from '../../../lib/scenario/scenario.ts';
import { duels } from '../../../lib/trial/choices.ts';
import { comesThrough } from './storms.ts';

for (const name of ['Paxos', 'Multi-Paxos'] as const) {
  test(`${name} comes through 30 storms with restarts, and chooses when they are over`, (t) => {
    comesThrough(t, name, 30);
    t.end();
  });
}

test('proposers that try again at once outbid each other for ever; with back-off, one gets through', (t) => {
  const stuck = (variant?: string) => {
    const node = nodeOf(paxos, { ...(variant !== undefined && { variant }) });
    return Array.from({ length: 20 }, (_, seed) => duels.run(node, seed, paxos.properties)).filter(
      (problem) => problem?.includes('has not learned'),
    ).length;
  };
  t.equal(stuck('without-back-off'), 20, 'in every run');
  t.equal(stuck(), 0, 'in none');
  t.end();
});
