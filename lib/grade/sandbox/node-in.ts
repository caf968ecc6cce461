import type { RaftNode } from '../../node/contract.ts';
export function nodeIn(module: unknown): RaftNode {
  const isNode = (value: unknown): value is RaftNode =>
    typeof value === 'object' &&
    value !== null &&
    'init' in value &&
    'step' in value &&
    typeof value.init === 'function' &&
    typeof value.step === 'function';
  const found = Object.entries(module ?? {}).filter(([, v]) => isNode(v));
  const chosen = found.find(([n]) => n === 'default') ?? found.at(-1);
  const node: unknown = chosen?.[1];
  if (!isNode(node))
    throw new Error(
      'expected the file to export a node: an object with the functions init and step',
    );
  return node;
}
