// The numbers by which tools compare nodes, whatever their protocol calls them: terms and ballots, entries and slots.

import { Log } from '../log/log.ts';
import type { Message, NodeState } from './contract.ts';

/** The highest number that a node knows of as its own or has promised; 0 before there is any. */
export const numberOf = ({ currentTerm, ballot = 0, promised = 0 }: NodeState): number =>
  currentTerm ?? Math.max(ballot, promised);

/** How many entries a log has; with slots, the number of the last that holds one. */
export const entriesOf = ({ log, slots = {} }: NodeState): number =>
  log ? Log.of(log).lastIndex : Math.max(0, ...Object.keys(slots).map(Number));

const paxosReplies = ['Promise', 'Accepted', 'Nack'];

/** True for a message that answers another. */
export const isReply = ({ type }: Pick<Message, 'type'>): boolean =>
  type.endsWith('Reply') || paxosReplies.includes(type);
