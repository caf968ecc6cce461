// Finds the node among what a module exports, whatever it is called there.

import type { RaftNode } from '../node/contract.ts';

/**
 * The RaftNode that a module exports: its default export, or else the one of the preferred name, or
 * else the only one. Throws with one message that says what was expected.
 */
export function nodeIn(module: unknown, preferred?: string): RaftNode {
  const nodes = nodesIn(module);
  const chosen = nodes.get('default') ?? (preferred && nodes.get(preferred));
  if (chosen) return chosen;
  const [node, ...others] = new Set(nodes.values());
  if (!node) {
    throw new Error('Expected an export with the functions init and step (lib/node/contract.ts).');
  }
  if (others.length > 0) {
    const names = [...nodes.keys()].join(', ');
    throw new Error(`Expected one node, found ${names}; make one of them the default export.`);
  }
  return node;
}

/** Every node that is exported, by name. */
function nodesIn(module: unknown): Map<string, RaftNode> {
  const nodes = new Map<string, RaftNode>();
  const look = (exports: unknown, depth: number) => {
    if (typeof exports !== 'object' || exports === null) return;
    for (const [name, value] of Object.entries(exports)) {
      if (isNode(value)) nodes.set(name, value);
      // What `import()` gives of a CommonJS module holds all its exports once more, as the default.
      else if (name === 'default' && depth === 0) look(value, 1);
    }
  };
  look(module, 0);
  return nodes;
}

const isNode = (value: unknown): value is RaftNode =>
  typeof value === 'object' &&
  value !== null &&
  'init' in value &&
  typeof value.init === 'function' &&
  'step' in value &&
  typeof value.step === 'function';
