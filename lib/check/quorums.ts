// What a majority is, for the checks: of every group of voters where the configuration is known, else of all nodes.

import type { Configuration } from '../log/configuration.ts';
import type { NodeId, NodeState } from '../node/contract.ts';

/** The groups of voters of a node that knows a configuration; else all nodes are one group. */
export const groupsOf = ({ id, peers, configuration }: NodeState): Configuration =>
  configuration ?? [[id, ...peers]];

const isIn = (group: readonly NodeId[], nodes: ReadonlySet<NodeId>) =>
  group.filter((voter) => nodes.has(voter)).length;

/** True when the nodes are more than half of every group. */
export const isMajority = (groups: Configuration, nodes: ReadonlySet<NodeId>): boolean =>
  groups.every((group) => 2 * isIn(group, nodes) > group.length);

/** True when no majority of any group is without one of the nodes: of an even number, half are enough. */
export const meetsMajorities = (groups: Configuration, nodes: ReadonlySet<NodeId>): boolean =>
  groups.every((group) => 2 * isIn(group, nodes) >= group.length);

/** `of 3 nodes, 1`; `of 3 nodes, 1 and of 5, 2` while two groups have a say. */
export const sayShare = (groups: Configuration, what: string, nodes: ReadonlySet<NodeId>): string =>
  groups
    .map(
      (group, place) => `of ${group.length}${place > 0 ? '' : ` ${what}`}, ${isIn(group, nodes)}`,
    )
    .join(' and ');
