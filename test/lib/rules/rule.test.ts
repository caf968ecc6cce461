// Rules, refinement and the pure step, on a protocol small enough to read here.

import test from 'tape';
import type { NodeEvent, NodeState } from '../../../lib/node/contract.ts';
import { nodeFromRules } from '../../../lib/rules/node.ts';
import { refine, rulesOf } from '../../../lib/rules/rule.ts';

interface Tiny {
  state: NodeState & { count: number };
  messages: { Add: { amount: number }; Added: { total: number } };
}
interface Bigger {
  state: Tiny['state'] & { limit: number };
  messages: Tiny['messages'] & { Full: object };
}

const rule = rulesOf<Tiny>();
const add = rule({
  name: 'add',
  paper: '§0',
  says: 'Add what is asked for.',
  on: 'Add',
  when: {
    'the amount is positive': (me, request) => request.amount > 0,
    'the amount is small': (me, request) => request.amount < 10 + me.count,
  },
  then(me, request, act) {
    me.count += request.amount;
    act.reply({ type: 'Added', total: me.count });
  },
  otherwise(me, request, act) {
    act.reply({ type: 'Added', total: -1 });
  },
});
const stop = rule({
  name: 'stop',
  paper: '§0',
  says: 'Nothing comes after a big count.',
  on: 'any message',
  when: { 'the count is big': (me) => me.count >= 5 },
  then(me, message, act) {
    act.stopElectionTimer();
  },
  last: true,
});
const wait = rule({
  name: 'wait',
  paper: '§0',
  says: 'Wait on.',
  on: 'any event',
  then(me, event, act) {
    act.restartElectionTimer();
  },
});

const init = (id: string, peers: readonly string[]) =>
  ({ id, peers, role: 'follower', count: 0 }) as const;
const node = nodeFromRules<Tiny>({ init, rules: [add, stop, wait] });
const asked = (amount: number): NodeEvent => {
  const message = { type: 'Add', from: 'B', to: 'A', amount };
  return message;
};
const start = node.init('A', ['B', 'C']);

test('rules see an event in their order, each with the changes of those before it', (t) => {
  const { state, effects, fired } = node.step(start, asked(7));
  t.equal(state.count, 7);
  t.deepEqual(fired, [{ rule: 'add' }, { rule: 'stop' }], 'the last rule ended the event');
  t.deepEqual(effects, [
    { type: 'send', message: { type: 'Added', from: 'A', to: 'B', total: 7 } },
    { type: 'stopTimer', timer: 'election' },
  ]);
  t.end();
});

test('the first condition that fails is why a rule was refused', (t) => {
  const { state, effects, fired } = node.step(start, asked(0));
  t.deepEqual(fired, [
    { rule: 'add', refused: 'the amount is positive' },
    { rule: 'stop', refused: 'the count is big' },
    { rule: 'wait' },
  ]);
  t.deepEqual(effects[0], {
    type: 'send',
    message: { type: 'Added', from: 'A', to: 'B', total: -1 },
  });
  t.equal(state, start, 'a step that changes no field gives back the same state');
  t.end();
});

test('a step changes neither the state nor the event it was given', (t) => {
  const state = Object.freeze({ ...start });
  const event = Object.freeze(asked(3));
  const once = node.step(state, event);
  t.deepEqual(node.step(state, event), once, 'and gives the same result again');
  t.equal(state.count, 0);
  t.end();
});

test('a rule listens to its own event only', (t) => {
  const { fired } = node.step(start, { type: 'ElectionTimeout' });
  t.deepEqual(fired, [{ rule: 'wait' }], 'any message is not any event');
  t.end();
});

test('a refined rule asks more, does more, and remembers what it refines', (t) => {
  const limited = refine<Bigger>()(add, {
    says: 'Add what is asked for, up to a limit.',
    when: { 'the limit is not reached': (me) => me.count < me.limit },
    also(me, request, act) {
      act.broadcast({ type: 'Full' });
    },
  });
  const bigger = nodeFromRules<Bigger>({
    init: (id, peers) => ({ ...init(id, peers), limit: 5 }),
    rules: [limited, wait],
  });
  const first = bigger.step(bigger.init('A', ['B', 'C']), asked(6));
  t.equal(first.state.count, 6, 'the earlier action is still done');
  t.equal(
    first.effects.filter(({ type }) => type === 'send').length,
    3,
    'and the new one after it',
  );
  const second = bigger.step(first.state, asked(1));
  t.deepEqual(second.fired[0], { rule: 'add', refused: 'the limit is not reached' });
  t.equal(limited.refines, add);
  t.equal(limited.paper, add.paper, 'what is not named stays');
  t.end();
});

test('a refinement can replace the action', (t) => {
  const silent = refine<Tiny>()(add, {
    then(me, request) {
      me.count += request.amount;
    },
  });
  const quiet = nodeFromRules<Tiny>({ init, rules: [silent] });
  t.deepEqual(quiet.step(start, asked(1)).effects, []);
  t.end();
});

test('a condition of the same name takes the place of the earlier one', (t) => {
  const [first] = add.conditions;
  if (!first) throw new Error('add asks something');
  const generous = refine<Tiny>()(add, { when: { [first.name]: () => true } });
  t.deepEqual(
    generous.conditions.map(({ name }) => name),
    add.conditions.map(({ name }) => name),
    'no condition is asked twice',
  );
  const node = nodeFromRules<Tiny>({ init, rules: [generous] });
  t.deepEqual(node.step(start, asked(-1)).fired, [{ rule: 'add' }]);
  t.end();
});

test('a refinement can replace what is done when a condition refuses', (t) => {
  const polite = refine<Tiny>()(add, {
    otherwise(me, request, act) {
      act.reply({ type: 'Added', total: me.count });
    },
  });
  const node = nodeFromRules<Tiny>({ init, rules: [polite] });
  const { effects } = node.step(start, asked(-1));
  t.deepEqual(effects, [
    { type: 'send', message: { type: 'Added', from: 'A', to: 'B', total: 0 } },
  ]);
  t.equal(node.step(start, asked(1)).state.count, 1, 'the action stays');
  t.end();
});

test('taking away a rule or a condition that is not there is an error', (t) => {
  t.throws(() => node.without('subtract'), /no rule named subtract/);
  t.throws(() => node.without('add', 'the moon is full'), /no condition 'the moon is full'/);
  t.equal(node.without('add', 'the amount is positive').step(start, asked(-2)).state.count, -2);
  t.equal(node.without('add').step(start, asked(2)).state.count, 0);
  t.equal(node.step(start, asked(2)).state.count, 2, 'the node itself is unchanged');
  t.end();
});

test('an explanation names every condition with the values it looked at', (t) => {
  const [first, second] = node.explain({ ...start, count: 1 }, asked(20));
  if (!first) throw new Error('nothing was explained');
  t.equal(first.fired, false);
  t.equal(first.refused, 'the amount is small');
  t.deepEqual(first.conditions, [
    { name: 'the amount is positive', held: true, values: [{ field: 'Add.amount', value: 20 }] },
    {
      name: 'the amount is small',
      held: false,
      values: [
        { field: 'Add.amount', value: 20 },
        { field: 'count', value: 1 },
      ],
    },
  ]);
  t.deepEqual(first.changed, {});
  t.equal(first.effects.length, 1, 'the effects of each rule are told apart');
  t.equal(second?.effects.length, 0);
  t.end();
});

test('a condition that throws when asked alone is not reported as held or failed', (t) => {
  const fragile = rule({
    name: 'fragile',
    paper: '§0',
    says: '',
    on: 'Add',
    when: {
      'never holds': () => false,
      'has a peer with a name': (me) => me.peers.filter((peer) => peer === 'Z')[0]!.length > 0,
    },
    then() {},
  });
  const only = nodeFromRules<Tiny>({ init, rules: [fragile] });
  const [explanation] = only.explain(start, asked(1));
  t.deepEqual(
    explanation?.conditions.map(({ held }) => held),
    [false, undefined],
  );
  t.end();
});
