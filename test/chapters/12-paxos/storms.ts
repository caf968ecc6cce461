// Sends Paxos and Multi-Paxos through many storms with crashes and restarts.

import type { Test } from 'tape';
import { chapter as paxos } from '../../../chapters/12-paxos/chapter.ts';
import { multiPaxos } from '../../../chapters/12-paxos/multi-paxos.ts';
import type { Step } from '../../../lib/cluster/step.ts';
import { mustHold } from '../../../lib/scenario/scenario.ts';
import { passChoices } from '../../../lib/trial/choices.ts';

export const both = { Paxos: paxos.node, 'Multi-Paxos': multiPaxos };

/** Asserts that both come through the storms of the seeds from 0: safe always, and decided when the faults stop. */
export function comesThrough(t: Test, name: keyof typeof both, seeds: number): void {
  let [restarts, crashesWithin] = [0, 0];
  const watch = ({ act, lost }: Step) => {
    if (act.type === 'restart') restarts += 1;
    if (lost) crashesWithin += 1;
  };
  for (let seed = 0; seed < seeds; seed++) {
    const problem = passChoices(both[name], mustHold(paxos), seed, watch);
    if (problem !== undefined) t.fail(`seed ${seed}: ${problem}`);
  }
  t.ok(restarts > seeds, `nodes started again ${restarts} times in ${seeds} storms`);
  t.ok(crashesWithin > seeds / 2, `${crashesWithin} times a node crashed in the middle of a step`);
}
