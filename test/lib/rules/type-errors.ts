// What the compiler must refuse in a chapter. `npm run typecheck` is the test: a line marked as an
// error that compiles is an error itself.
/* eslint-disable @typescript-eslint/no-unsafe-call -- what does not exist has no type */

import type { NodeState } from '../../../lib/node/contract.ts';
import type { EventFor } from '../../../lib/rules/rule.ts';
import { refine, rulesOf } from '../../../lib/rules/rule.ts';
import { nodeFromRules } from '../../../lib/rules/node.ts';

interface Earlier {
  state: NodeState & { count: number };
  messages: { Add: { amount: number } };
}
interface Later {
  state: Earlier['state'] & { limit: number };
  messages: Earlier['messages'] & { Full: object };
}

const about = { name: 'a', paper: '§0', says: '' };
const rule = rulesOf<Earlier>();
const init = (id: string, peers: readonly string[]) =>
  ({ id, peers, role: 'follower', count: 0 }) as const;

const add = rule({ ...about, on: 'Add', then() {} });
const limited = refine<Later>()(add, { when: { below: (me) => me.count < me.limit } });
nodeFromRules<Earlier>({ init, rules: [add] });
nodeFromRules<Later>({
  init: (id, peers) => ({ ...init(id, peers), limit: 5 }),
  rules: [add, limited],
});
// @ts-expect-error: a later rule does not fit an earlier chapter; its state has no limit
nodeFromRules<Earlier>({ init, rules: [limited] });

// @ts-expect-error: there is no message of that type
rule({ ...about, on: 'Subtract', then() {} });

rule({
  ...about,
  on: 'Add',
  then(me, request, act) {
    // @ts-expect-error: a message of that type needs an amount
    act.reply({ type: 'Add' });
    // @ts-expect-error: the state of this chapter has no such field
    me.limit = request.amount;
  },
});

rule({
  ...about,
  on: 'HeartbeatTimeout',
  then(me, timeout, act) {
    // @ts-expect-error: a local event has no sender to reply to
    act.reply({ type: 'Add', amount: 1 });
  },
});

rule({
  ...about,
  on: 'Add',
  then(me, request, act) {
    act.persist({ count: me.count });
    // @ts-expect-error: the state of this chapter has no such field
    act.persist({ limit: 5 });
    // @ts-expect-error: of the log, only what changes is written
    act.persist({ log: [] });
  },
});

// @ts-expect-error: a message has an amount, not a term
type Term = EventFor<Earlier, 'Add'>['term'];
export type { Term };
