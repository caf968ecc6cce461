// Whether two nodes speak in the same messages: the same types with the same fields.

import { faultRun } from '../trial/fault-run.ts';
import type { RaftNode } from '../node/contract.ts';
import type { RuleNode } from '../rules/node.ts';
import { nodesNamed } from '../trial/trial.ts';

/** True when every message that the other node sends in a few rough seconds has the fields that this node's have. */
export function saysTheSame(node: RuleNode, other: RuleNode): boolean {
  const mine = shapesOf(node);
  return [...shapesOf(other)].every((shape) => mine.has(shape));
}

const known = new WeakMap<RaftNode, ReadonlySet<string>>();

/** The types of the messages that a node sends, each with its fields. */
function shapesOf(node: RuleNode): ReadonlySet<string> {
  const found = known.get(node) ?? new Set(seeds.flatMap((seed) => shapesIn(node, seed)));
  known.set(node, found);
  return found;
}

/** In the last of them a leader of an older term is refused. */
const seeds = [1, 2, 3, 8];

function shapesIn(node: RuleNode, seed: number): string[] {
  const shapes: string[] = [];
  try {
    faultRun(node, [], {
      seed,
      nodes: nodesNamed(3),
      stormy: 2000,
      calm: 1000,
      faults: { drop: 0.1, partition: { pause: 400 }, request: { pause: 50 } },
      latency: { low: 1, high: 40 },
      onStep({ sent = [] }) {
        for (const { message } of sent) {
          const shape = Object.keys(message).sort().join();
          shapes.push(`${message.type}: ${shape}`);
        }
      },
    });
  } catch {
    // A node that throws has said enough before.
  }
  return shapes;
}
