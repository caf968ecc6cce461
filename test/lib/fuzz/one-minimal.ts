// Follows a list of acts by their addresses alone, as anybody would, and asserts that each of them is needed.

import type { Test } from 'tape';
import type { Property } from '../../../lib/check/property.ts';
import { checkerOf, sightingOf } from '../../../lib/check/property.ts';
import { Cluster } from '../../../lib/cluster/cluster.ts';
import { ImpossibleAct } from '../../../lib/cluster/network.ts';
import { perform } from '../../../lib/cluster/script.ts';
import type { Act } from '../../../lib/cluster/step.ts';
import { scriptedTiming } from '../../../lib/cluster/timing.ts';
import type { NodeId, RaftNode } from '../../../lib/node/contract.ts';

/** The first property that the acts break; what has become impossible is skipped. */
export function brokenBy(
  node: RaftNode,
  properties: readonly Property[],
  names: readonly NodeId[],
  acts: readonly Act[],
): string | undefined {
  const cluster = new Cluster(node, names, scriptedTiming);
  const check = checkerOf(properties);
  let steps = 0;
  for (const act of acts) {
    try {
      const sighting = sightingOf(++steps, perform(cluster, act));
      const violation = sighting && check(sighting);
      if (violation) return violation.property;
    } catch (error) {
      if (!(error instanceof ImpossibleAct)) throw error;
    }
  }
  return undefined;
}

/** Asserts that the acts break the property, and that they do not when any one of them is left out. */
export function isOneMinimal(
  t: Test,
  node: RaftNode,
  properties: readonly Property[],
  { names, acts }: { readonly names: readonly NodeId[]; readonly acts: readonly Act[] },
  property: string,
): void {
  t.equal(brokenBy(node, properties, names, acts), property, `${acts.length} acts break it`);
  const needless = acts.filter(
    (left) =>
      brokenBy(
        node,
        properties,
        names,
        acts.filter((act) => act !== left),
      ) === property,
  );
  t.deepEqual(needless, [], 'none of them can be left out');
}
