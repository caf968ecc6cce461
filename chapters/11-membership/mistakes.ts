// The rules of chapter 11 with a condition that looks at too little, to show what comes of it.

import { edited, replacing } from '../../lib/rules/edit.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { grantPreVote } from '../07-prevote/prevote.ts';
import { beginChange, changeOne, disregardCandidate, grantVote, membership } from './membership.ts';
import type { Membership } from './state.ts';

/** Any change is made at once, as if only one node were added or removed. */
export const changeAny = edited<Membership>()(changeOne, {
  says: 'Whatever the change, the new configuration is appended, and that is all.',
  when: { 'one node is added or removed': () => true },
});

export const changesAtOnce = replacing(membership, changeAny);

/** Single-server changes as they were first published. */
export const beginAtOnce = edited<Membership>()(beginChange, {
  paper: 'thesis §4.1, as it was first published',
  when: { 'an entry of its own term is committed': () => true },
});

export const noOwnEntryFirst = replacing(membership, beginAtOnce);

/** Whoever could win is told so, whether there is a leader or not. */
export const compareLogsOnly = edited<Membership>()(grantPreVote, {
  says: 'Say yes when the candidate could have the vote, as far as its term and its log go.',
  when: { 'does not hear from a leader': () => true },
});

/** Whoever asks may have the vote, whether there is a leader or not. */
export const voteForAnybody = edited<Membership>()(grantVote, {
  when: { 'does not hear from a leader': () => true },
});

/** PreVote that asks about the log alone, and voters that listen to any candidate. */
export const preVoteAlone = nodeFromRules<Membership>({
  init: membership.init,
  rules: replacing(membership, compareLogsOnly, voteForAnybody).rules.filter(
    (rule) => rule !== disregardCandidate,
  ),
});
