// What a person sees who plays with a cluster.

import test from 'tape';
import { electionSafety } from '../../../lib/check/properties.ts';
import { terms } from '../../../chapters/02-terms/terms.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { Playground } from '../../../lib/playground/playground.ts';
import { chapterNamed } from '../../support.ts';

function playing(node: RaftNode = terms) {
  const printed: string[] = [];
  const playground = new Playground(chapterNamed('02-terms'), node, (text) => printed.push(text));
  const said = () => printed.splice(0).join('');
  return { playground, said };
}

test('an act says what happened, which rules fired and what they did', (t) => {
  const { playground, said } = playing();
  playground.cluster.timeout('A');
  const text = said();
  t.match(text, /^1\. A's election timer runs out → start-election, become-leader$/m);
  t.match(text, /A: role follower → leader, currentTerm 0 → 1$/m);
  t.match(text, /sends AppendEntries \(term 1\) to B, C/);
  playground.show();
  t.match(said(), /> A +follower → leader +0 → 1\n[^]*AppendEntries \(term 1\) {2}\*m1 A→B/);
  playground.why();
  t.match(said(), /✓ become-leader fired/);
  t.end();
});

test('a breach of a safety property is told at the act that causes it', (t) => {
  const { playground, said } = playing();
  const broken = { ...chapterNamed('02-terms'), properties: [electionSafety] };
  const printed: string[] = [];
  const watched = new Playground(broken, terms, (text) => printed.push(text));
  watched.cluster.timeout('A');
  t.notOk(printed.join('').includes('violated'));
  watched.cluster.timeout('B');
  t.match(printed.join(''), /violated at step 2/);
  playground.show();
  t.ok(said().length > 0);
  t.end();
});

test('what broke off in the middle can be undone', (t) => {
  const breaks: RaftNode = {
    init: (id, peers) => terms.init(id, peers),
    step(state, event) {
      if (event.type === 'AppendEntries') throw new Error('not written yet');
      return {
        state: { ...state, role: 'leader' },
        effects: terms.step(terms.init('A', ['B', 'C']), event).effects,
      };
    },
  };
  const { playground, said } = playing(breaks);
  playground.cluster.timeout('A');
  t.match(said(), /^1\. A's election timer runs out$/m, 'plain code names no rules');
  t.throws(() => playground.cluster.deliver('AppendEntries', 'A', 'B'), /not written yet/);
  playground.restore();
  t.throws(() => playground.cluster.deliver('AppendEntries', 'A', 'B'), /not written yet/, 'again');
  playground.restore();
  playground.cluster.drop('AppendEntries', 'A', 'B');
  t.match(said(), /^2\. AppendEntries from A to B is lost$/m, 'the message was still in flight');
  playground.why();
  t.match(said(), /not a list of rules/);
  t.end();
});

test('one can begin anew with other nodes', (t) => {
  const { playground, said } = playing();
  playground.cluster.timeout('A');
  playground.fresh('A', 'B', 'C', 'D', 'E');
  t.match(said(), / E +follower +0/);
  t.equal(playground.stateOf('A').role, 'follower');
  t.end();
});
