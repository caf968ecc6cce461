// The properties of Paxos, each with the smallest run that breaks it, and one that does not.

import test from 'tape';
import * as paxos from '../../../lib/check/paxos-properties.ts';
import type { Property, Sighting } from '../../../lib/check/property.ts';
import type { NodeEvent, NodeState } from '../../../lib/node/contract.ts';

const peersOf = (id: string) => ['A', 'B', 'C'].filter((other) => other !== id);

/** What a node holds at a step. */
const seen = (node: string, fields: Partial<NodeState>, event?: NodeEvent) => ({
  node,
  state: { id: node, peers: peersOf(node), role: 'acceptor' as const, ...fields },
  ...(event && { event }),
});

/** The step at which a property is broken; undefined when it holds. */
function brokenAt(property: Property, run: readonly Omit<Sighting, 'step'>[]): number | undefined {
  const see = property.watch();
  const at = run.findIndex((sighting, index) => see({ step: index + 1, ...sighting }));
  return at < 0 ? undefined : at + 1;
}

const accepts = (node: string, ballot: number, value: string, promised = ballot) =>
  seen(node, { promised, accepted: { ballot, value } });

test('one value is chosen: two majorities in two ballots with different values break it', (t) => {
  const { oneValueIsChosen: property } = paxos;
  const chosen = [accepts('A', 1, 'x'), accepts('B', 1, 'x')];
  t.equal(brokenAt(property, [...chosen, accepts('B', 2, 'y'), accepts('C', 2, 'y')]), 4);
  t.equal(brokenAt(property, [...chosen, accepts('B', 2, 'x'), accepts('C', 2, 'x')]), undefined);
  t.equal(brokenAt(property, [...chosen, accepts('C', 2, 'y')]), undefined, 'one is no majority');
  const mixed = [accepts('A', 1, 'x'), accepts('B', 1, 'x'), accepts('C', 2, 'y')];
  t.equal(brokenAt(property, mixed), undefined, 'acceptances of different ballots do not add up');
  t.end();
});

test('each slot has a value of its own', (t) => {
  const { oneValueIsChosen: property } = paxos;
  const holds = (node: string, slot: number, value: string, ballot = 1) =>
    seen(node, { slots: { [slot]: { ballot, value } } });
  const first = [holds('A', 1, 'x'), holds('B', 1, 'x')];
  t.equal(brokenAt(property, [...first, holds('A', 2, 'y'), holds('B', 2, 'y')]), undefined);
  t.equal(brokenAt(property, [...first, holds('B', 1, 'y', 2), holds('C', 1, 'y', 2)]), 4);
  t.end();
});

test('what is learned is chosen: nobody learns before a majority has accepted', (t) => {
  const { learnedIsChosen: property } = paxos;
  const learns = (node: string, chosen: string) => seen(node, { chosen });
  const majority = [accepts('A', 1, 'x'), accepts('B', 1, 'x')];
  t.equal(brokenAt(property, [...majority, learns('C', 'x')]), undefined);
  t.equal(brokenAt(property, [...majority, learns('C', 'y')]), 3);
  t.equal(brokenAt(property, [accepts('A', 1, 'x'), learns('C', 'x')]), 2);
  t.end();
});

test('a promise is kept: it goes not back, and nothing is accepted below it', (t) => {
  const { promiseIsKept: property } = paxos;
  t.equal(brokenAt(property, [seen('A', { promised: 3 }), seen('A', { promised: 1 })]), 2);
  t.equal(brokenAt(property, [seen('A', { promised: 3 }), accepts('A', 1, 'x', 3)]), 2);
  t.equal(brokenAt(property, [accepts('A', 1, 'x'), accepts('A', 1, 'x', 3)]), undefined, 'before');
  t.end();
});

test('a ballot has one value', (t) => {
  const { ballotHasOneValue: property } = paxos;
  t.equal(brokenAt(property, [accepts('A', 1, 'x'), accepts('B', 1, 'y')]), 2);
  t.equal(brokenAt(property, [accepts('A', 1, 'x'), accepts('B', 2, 'y')]), undefined);
  t.end();
});

test('only what was wanted is accepted', (t) => {
  const { onlyWantedIsAccepted: property } = paxos;
  const asked = seen('A', { promised: 1 }, { type: 'ClientRequest', command: 'x' });
  t.equal(brokenAt(property, [asked, accepts('A', 1, 'x')]), undefined);
  t.equal(brokenAt(property, [asked, accepts('A', 1, 'y')]), 2);
  t.equal(brokenAt(property, [accepts('A', 1, 'no-op')]), undefined, 'a gap is filled with it');
  t.end();
});

test('what an acceptor says is on its disk when it leaves', (t) => {
  const { answersAreOnDisk: property } = paxos;
  const empty = {
    synced: { promised: 0, accepted: null },
    latest: { promised: 0, accepted: null },
  };
  const says = (type: string) =>
    ({ type: 'send', message: { type, from: 'A', to: 'B', ballot: 1 } }) as const;
  const writes = (fields: object) => ({ type: 'persist', fields }) as const;
  const step = (...effects: Sighting['effects'] & object) => [
    { ...seen('A', {}), diskBefore: empty, effects },
  ];
  t.equal(brokenAt(property, step(writes({ promised: 1 }), says('Promise'))), undefined);
  t.equal(brokenAt(property, step(says('Promise'), writes({ promised: 1 }))), 1);
  t.equal(brokenAt(property, step(says('Prepare'))), 1);
  t.equal(brokenAt(property, step(writes({ promised: 1 }), says('Accepted'))), 1);
  const accepted = { ballot: 1, value: 'x' };
  t.equal(brokenAt(property, step(writes({ accepted }), says('Accepted'))), undefined);
  t.equal(brokenAt(property, step(says('Nack'))), undefined, 'a refusal promises nothing');
  t.end();
});
