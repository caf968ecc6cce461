// The rules of chapter 11 without one of their conditions, to show what comes of it.

import type { ProtocolNode } from '../../lib/rules/node.ts';
import { membership } from './membership.ts';
import type { Membership } from './state.ts';

/** Any change is made at once, as if only one node were added or removed. */
export const changesAtOnce: ProtocolNode<Membership> = membership.without(
  'change-one',
  'one node is added or removed',
);

/** Single-server changes as they were first published: without waiting for an entry of the own term. */
export const noOwnEntryFirst: ProtocolNode<Membership> = membership.without(
  'begin-change',
  'an entry of its own term is committed',
);

/** PreVote that asks about the log alone, and voters that listen to any candidate. */
export const preVoteAlone: ProtocolNode<Membership> = membership
  .without('grant-pre-vote', 'does not hear from a leader')
  .without('grant-vote', 'does not hear from a leader')
  .without('disregard-candidate');
