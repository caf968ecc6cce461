// The number that orders what nodes say: a term, or in Paxos a ballot.

import type { Message, NodeState } from './contract.ts';

/** The highest number that a node knows of as its own or has promised; 0 before there is any. */
export const numberOf = ({ currentTerm, ballot = 0, promised = 0 }: NodeState): number =>
  currentTerm ?? Math.max(ballot, promised);

const paxosReplies = ['Promise', 'Accepted', 'Nack'];

/** True for a message that answers another. */
export const isReply = ({ type }: Pick<Message, 'type'>): boolean =>
  type.endsWith('Reply') || paxosReplies.includes(type);
