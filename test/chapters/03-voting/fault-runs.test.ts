// Chapter 3 under every fault: safety always, and a leader once the faults stop.

import test from 'tape';
import { describeViolation } from '../../../lib/check/property.ts';
import type { FaultRun } from '../../../lib/cluster/fault-run.ts';
import { faultRun, hasAgreedLeader } from '../../../lib/cluster/fault-run.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { chapterNamed } from '../../support.ts';

const voting = chapterNamed('03-voting');

const storm = (seed: number): FaultRun => ({
  seed,
  nodes: ['A', 'B', 'C', 'D', 'E'],
  stormy: 3000,
  calm: 3000,
  faults: { drop: 0.1, duplicate: 0.1, partition: { pause: 300 }, crash: { pause: 1500 } },
  latency: { low: 1, high: 60 },
});

/** How many of these runs break a safety property. */
const broken = (node: RaftNode, seeds: number) =>
  Array.from({ length: seeds }, (_, seed) => faultRun(node, voting.properties, storm(seed))).filter(
    ({ violation }) => violation,
  ).length;

test('1,000 seeded fault runs keep every safety property and end with one leader', (t) => {
  let slowest = 0;
  let withCrash = 0;
  for (let seed = 0; seed < 1000; seed++) {
    const { violation, ledAfter, cluster } = faultRun(voting.node, voting.properties, storm(seed));
    if (violation) t.fail(`seed ${seed}: ${describeViolation(violation)}`);
    if (ledAfter === undefined) t.fail(`seed ${seed}: no leader within the calm`);
    if (!hasAgreedLeader(cluster)) t.fail(`seed ${seed}: the leader was lost again in the calm`);
    if (cluster.nodes.some((id) => !cluster.isUp(id))) withCrash += 1;
    slowest = Math.max(slowest, ledAfter ?? Infinity);
  }
  t.ok(withCrash > 500, `most runs lose a node for good (${withCrash})`);
  t.ok(slowest <= 3000, `the slowest found its leader after ${slowest} virtual milliseconds`);
  t.end();
});

test('the fault runs would notice a wrong rule', (t) => {
  const without = (rule: string, condition: string) => voting.node.without(rule, condition);
  t.ok(
    broken(without('grant-vote', 'has not voted for another candidate this term'), 50) > 0,
    'a node that votes twice',
  );
  t.ok(broken(without('become-leader', 'has votes from a majority'), 50) > 0, 'no majority');
  t.ok(broken(without('count-vote', 'the vote was granted'), 50) > 0, 'a refusal that is counted');
  t.end();
});
