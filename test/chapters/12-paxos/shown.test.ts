// What pages, diagrams and the stepper tell of ballots, promises and slots.

import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { chapter as paxos } from '../../../chapters/12-paxos/chapter.ts';
import type { Trace } from '../../../lib/trace/trace.ts';
import { changesPage } from '../../../lib/walkthrough/changes-page.ts';
import { diagramOf } from '../../../lib/walkthrough/diagram/diagram.ts';
import { pageOf } from '../../../lib/walkthrough/page.ts';
import { sayValue } from '../../../lib/words/words.ts';
import { recorded } from '../../support.ts';

function traceOf(name: string): Trace {
  const found = recorded.find(
    ({ chapter, scenario }) => chapter === paxos && scenario.name === name,
  );
  if (!found) throw new Error(`there is no run ${name}`);
  return found.trace;
}

test('a diagram names phases, ballots, promises and what is accepted and chosen', (t) => {
  const svg = diagramOf(traceOf('value-adopted'));
  for (const label of [
    'preparing, ballot 1',
    'proposing, ballot 3',
    'promised 3',
    'accepts b3 x=1',
    'chosen x=1',
  ]) {
    t.ok(svg.includes(`>${label}<`), label);
  }
  t.match(svg, />m\d+ · b3 · has b1 x=1</, 'a promise tells what was accepted');
  t.match(svg, />m1: message 1, b1: ballot 1</, 'the key explains it');
  t.notOk(/term/.test(svg.replace(/<(title|desc)[^]*?<\/\1>/g, '')), 'there are no terms');
  t.end();
});

test('a diagram of Multi-Paxos names slots', (t) => {
  const svg = diagramOf(traceOf('new-leader'));
  for (const label of ['leader, ballot 3', 'accepts slot 2', 'chosen slot 2']) {
    t.ok(svg.includes(`>${label}<`), label);
  }
  t.match(svg, />m\d+ · b3 · y=2 · slot 2</);
  t.end();
});

test('a page tells a proposal as its ballot and its value', (t) => {
  const page = pageOf(chapters, paxos, traceOf('value-adopted'));
  t.match(page, /sends Promise \(ballot 3, accepted b1 x=1\) to C/);
  t.match(page, /writes to disk: promised 3, accepted b3 x=1/);
  t.equal(sayValue({ ballot: 2, value: 'x=1' }), 'b2 x=1');
  t.end();
});

test('the disk of an acceptor that is down is told', (t) => {
  const page = pageOf(chapters, paxos, traceOf('promise-kept'));
  t.match(page, /On the disk of \*\*B\*\*: `promised` 3 and `accepted` none/);
  t.end();
});

test('a chapter that builds on no other has no page of changes', (t) => {
  const book = {
    chapters,
    traces: [],
    sourceOf: () => ({ file: '', text: '' }),
    protocolOf: () => undefined,
    verdicts: [],
  };
  t.equal(changesPage(book, paxos), undefined);
  t.end();
});
