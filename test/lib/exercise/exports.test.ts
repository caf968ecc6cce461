// A submission may call its node what it likes.

import test from 'tape';
import { nodeIn } from '../../../lib/node/exports.ts';
import { todo, Todo } from '../../../lib/exercise/todo.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';

const node = (): RaftNode => ({
  init: (id, peers) => ({ id, peers, role: 'follower' }),
  step: (state) => ({ state, effects: [] }),
});

test('the only node among the exports is found', (t) => {
  const mine = node();
  t.equal(nodeIn({ majority: () => 2, rule: { name: 'grant-vote' }, mine }), mine);
  t.equal(nodeIn({ one: mine, other: mine }), mine, 'two names of one node are no doubt');
  t.end();
});

test('the default export comes first, then the name that was asked for', (t) => {
  const [mine, voting, other] = [node(), node(), node()];
  t.equal(nodeIn({ voting, other, default: mine }, 'voting'), mine);
  t.equal(nodeIn({ voting, other, default: { default: mine, voting, other } }), mine, 'CommonJS');
  t.equal(nodeIn({ default: { mine } }), mine, 'the default holds all exports');
  t.equal(nodeIn({ other, voting }, 'voting'), voting);
  t.end();
});

test('without one node to choose, the message says what was expected', (t) => {
  for (const module of [undefined, null, 3, {}, { voting: { init: () => 0 } }]) {
    t.throws(() => nodeIn(module), /Expected an export with the functions init and step/);
  }
  const several = { one: node(), other: node() };
  t.throws(() => nodeIn(several), /Expected one node, found one, other; make one .* default/);
  t.end();
});

test('a gap that is reached names itself', (t) => {
  t.throws(() => todo('grant-vote'), Todo);
  t.throws(() => todo('grant-vote'), /^Todo: The rule grant-vote is still to be written/);
  t.end();
});
