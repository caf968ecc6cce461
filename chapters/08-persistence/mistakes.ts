// The rules of chapter 8 with one write left out or too late, to show what comes of it.

import type { ProtocolNode } from '../../lib/rules/node.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import * as chapter4 from '../04-replication/replication.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import type { Persistence } from './persistence.ts';
import * as chapter8 from './persistence.ts';

const { init, rules } = chapter8.persistence;

type Rules = typeof rules;

const withRules = (changed: Rules): ProtocolNode<Persistence> =>
  nodeFromRules<Persistence>({ init, rules: changed });

/** The vote of chapter 4, which is not written. */
export const voteNotWritten = withRules(
  rules.map((rule) => (rule === chapter8.grantVote ? chapter4.grantVote : rule)),
);

/** The truncation of chapter 5, which is not written. */
export const truncationNotWritten = withRules(
  rules.map((rule) => (rule === chapter8.truncateConflict ? chapter5.truncateConflict : rule)),
);

/** The same rules in another order: entries are acknowledged, and then written. */
export const replyBeforeWrite = withRules(
  rules
    .filter((rule) => rule !== chapter5.acknowledge)
    .flatMap((rule) =>
      rule === chapter8.truncateConflict ? [chapter5.acknowledge, rule] : [rule],
    ),
);
