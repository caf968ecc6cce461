// The rules of chapter 11 with one of them made weaker, to show what comes of it.

import type { ProtocolNode } from '../../lib/rules/node.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { rulesOf } from '../../lib/rules/rule.ts';
import { membership } from './membership.ts';
import type { Membership } from './state.ts';
import { appendConfiguration, caughtUp } from './state.ts';

/** Any change is made at once, as if only one node were added or removed. */
export const changesAtOnce: ProtocolNode<Membership> = nodeFromRules<Membership>({
  init: membership.init,
  rules: membership.rules.map((each) =>
    each.name === 'enter-joint'
      ? rulesOf<Membership>()({
          name: 'change-at-once',
          paper: 'nowhere; see §6, Fig. 10',
          says: 'Whatever the change, the new configuration is appended, and that is all.',
          on: 'any event',
          when: {
            'the new nodes of a change have caught up': (me) => caughtUp(me),
          },
          then(me, event, act) {
            appendConfiguration(me, [me.change?.voters ?? []], act);
            me.change = null;
          },
        })
      : each,
  ),
});

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
