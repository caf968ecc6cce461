// The log of a node of any chapter, and of what it has on disk.

import { Log } from '../log/log.ts';
import type { NodeState, Saved } from './contract.ts';

/** The log; an empty one where the chapter keeps none. */
export const logOf = ({ log }: NodeState | Saved): Log => (log ? Log.of(log) : Log.empty);
