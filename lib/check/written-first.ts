// What a node says must be on its disk when it leaves: the same watch for every protocol.

import type { Message, NodeState, Saved } from '../node/contract.ts';
import { afterWrite } from '../node/disk.ts';
import { sayMessage } from '../words/words.ts';
import type { Property } from './property.ts';

/**
 * Watches every message that is sent. `unwritten` says what is on disk instead of what the message relies on; undefined
 * when all of that is.
 */
export const writtenFirst =
  (
    unwritten: (message: Message, memory: NodeState, saved: Saved) => string | undefined,
  ): ReturnType<Property['watch']> =>
  ({ step, node, state, lost, effects = [], diskBefore }) => {
    let disk = diskBefore;
    if (!disk) return undefined;
    for (const effect of effects) {
      if (effect.type === 'persist') disk = afterWrite(disk, effect);
      if (effect.type !== 'send') continue;
      const found = unwritten(effect.message, lost ?? state, disk.synced);
      if (found === undefined) continue;
      return {
        earlier: { step, says: `${node} has ${found} on its disk` },
        later: {
          step,
          says: `${node} sends ${sayMessage(effect.message)} to ${effect.message.to}`,
        },
      };
    }
    return undefined;
  };
