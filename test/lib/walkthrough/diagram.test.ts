// The diagram of a small run: what a reader must be able to see in it.

import test from 'tape';
import type { NodeRecord } from '../../../lib/trace/trace.ts';
import type { Script } from '../../../lib/cluster/script.ts';
import { diagramOf } from '../../../lib/walkthrough/diagram/diagram.ts';
import { sayChange } from '../../../lib/walkthrough/diagram/words.ts';
import { Picture } from './picture.ts';
import { sampleRun } from './sample.ts';

const draw = (script: (run: Script) => void) => new Picture(diagramOf(sampleRun(script).trace));

test('a message is a line from the row of its sending to the row of its receipt', (t) => {
  const picture = draw((run) => {
    run.timeout('A');
    run.timeout('B');
    run.deliver('Ask', 'A', 'B');
  });
  const { from, to, group } = picture.line(1);
  t.equal(from[1], picture.row(1));
  t.equal(to[1], picture.row(3));
  t.ok(from[0] > picture.column('A') && to[0] < picture.column('B'), 'it runs from A to B');
  t.ok(
    group.children.some(({ attributes }) => attributes.class?.includes('head')),
    'it has a head',
  );
  t.end();
});

test('messages that cross on their way are lines that cross', (t) => {
  const picture = draw((run) => {
    run.timeout('A');
    run.timeout('B');
    run.deliver('Ask', 'A', 'B');
    run.deliver('Ask', 'B', 'A');
  });
  const [right, left] = [picture.line(1), picture.line(3)];
  t.ok(right.from[1] < left.to[1], 'at A, the line of A is above that of B');
  t.ok(right.to[1] > left.from[1], 'at B, it is below');
  t.end();
});

test('a lost message ends in a cross between the lifelines, and has no head', (t) => {
  const picture = draw((run) => {
    run.timeout('A');
    run.drop('Ask', 'A', 'B');
  });
  const { to, group } = picture.line(1);
  t.equal(to[1], picture.row(2), 'on the row of its loss');
  t.ok(to[0] > picture.column('A') && to[0] < picture.column('B'));
  const looks = group.children.map(({ attributes }) => attributes.class);
  t.ok(looks.includes('cross'));
  t.notOk(looks.some((look) => look?.includes('head')));
  t.ok(picture.texts.includes('m1 · t1 · lost'), 'and says so');
  t.end();
});

test('a message over a cut link ends in a cross at the wall between the groups', (t) => {
  const picture = draw((run) => {
    run.partition(['A'], ['B', 'C']);
    run.timeout('B');
  });
  const [lost, flying] = [picture.line(1), picture.line(2)];
  t.ok(lost.group.children.some(({ attributes }) => attributes.class === 'cross'));
  t.equal(lost.to[0], (picture.column('A') + picture.column('B')) / 2);
  t.notOk(flying.group.children.some(({ attributes }) => attributes.class === 'cross'));
  t.end();
});

test('a message still in flight at the end is dashed and reaches nobody', (t) => {
  const picture = draw((run) => {
    run.timeout('A');
    run.deliver('Ask', 'A', 'B');
  });
  t.notOk(picture.line(1).path.attributes.class?.includes('flying'), 'm1 has arrived');
  const { path, to, group } = picture.line(2);
  t.ok(path.attributes.class?.includes('flying'));
  t.equal(group.children.length, 1, 'no head and no cross');
  t.ok(to[0] < picture.column('C'));
  t.end();
});

test('a duplicate starts on the line of its original, at the step that made it', (t) => {
  const picture = draw((run) => {
    run.timeout('A');
    run.duplicate('Ask', 'A', 'B');
    run.deliver('Ask', 'A', 'B');
    run.deliver('Ask', 'A', 'B');
  });
  const [original, copy] = [picture.line(1), picture.line(3)];
  t.equal(copy.from[1], picture.row(2));
  t.ok(copy.from[0] > original.from[0] && copy.from[0] < original.to[0], 'on the way');
  t.equal(copy.to[1], picture.row(4));
  t.end();
});

test('roles and terms show in the shape of the lifeline and in words', (t) => {
  const picture = draw((run) => {
    run.timeout('A');
    run.deliver('Ask', 'A', 'B');
    run.deliver('AskReply', 'B', 'A');
    run.crash('A');
  });
  const stretch = (look: string) =>
    picture.withClass(look).find(({ attributes }) => {
      const x = Number(attributes.x ?? attributes.d?.match(/\d+/)?.[0]);
      return Math.abs(x - picture.column('A')) < 5;
    })?.attributes;
  t.equal(Number(stretch('candidate')?.y), picture.row(1), 'hollow from step 1');
  t.equal(Number(stretch('leader')?.y), picture.row(3), 'solid from step 3');
  t.ok(stretch('down')?.d?.includes(`,${picture.row(4)} V`), 'dotted from step 4');
  for (const says of ['candidate, term 1', 'leader, term 1', 'crashes', 'down']) {
    t.ok(picture.texts.includes(says), says);
  }
  t.end();
});

test('the time in which links are cut is a band from the split to the healing', (t) => {
  const picture = draw((run) => {
    run.timeout('A');
    run.partition(['A'], ['B', 'C']);
    run.timeout('B');
    run.heal();
  });
  const [band] = picture.withClass('band');
  t.equal(Number(band?.attributes.y), picture.row(2));
  t.equal(Number(band?.attributes.height), picture.row(4) - picture.row(2));
  t.ok(picture.texts.includes('The network splits: A | B C'));
  t.ok(picture.texts.includes('The network heals'));
  t.end();
});

test('rows have the same height, except in a run of heartbeats that change nothing', (t) => {
  const { trace } = sampleRun((run) => {
    run.timeout('A');
    run.deliver('Ask', 'A', 'B');
    run.deliver('AskReply', 'B', 'A');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.timeout('C');
  });
  const picture = new Picture(diagramOf(trace));
  const height = (step: number) => picture.row(step + 1) - picture.row(step);
  t.equal(height(1), height(2));
  t.equal(height(7), height(1), 'after the heartbeats');
  t.ok(height(5) < height(1), 'among them');
  t.deepEqual(
    trace.steps.map(({ step }) => picture.texts.filter((text) => text === String(step)).length),
    trace.steps.map(() => 2),
    'every number stands in the gutter and at its mark',
  );
  t.end();
});

test('steps that only lead up to what the run shows are drawn small', (t) => {
  const picture = draw((run) => {
    run.prologue(() => {
      run.timeout('A');
      run.deliver('Ask', 'A', 'B');
    });
    run.deliver('Ask', 'A', 'C');
    run.timeout('B');
  });
  t.ok(picture.row(2) - picture.row(1) < picture.row(4) - picture.row(3));
  t.ok(
    picture.texts.includes('m2 · t1') && !picture.texts.includes('m1 · t1'),
    'and told in short',
  );
  t.end();
});

test('a step that moves the commit index says so', (t) => {
  const before: NodeRecord = {
    id: 'A',
    peers: [],
    role: 'follower',
    currentTerm: 1,
    commitIndex: 1,
  };
  t.equal(sayChange(before, before), undefined);
  t.equal(sayChange(before, { ...before, commitIndex: 3 }), 'commit 3');
  t.equal(sayChange(before, { ...before, commitIndex: 3, currentTerm: 2 }), 'term 2, commit 3');
  t.end();
});

test('words with special characters do not break the picture', (t) => {
  const title = 'A & B <i>"both"</i>';
  const { trace } = sampleRun((run) => run.request('A', 'x < 1 & "y"'), { title });
  const picture = new Picture(diagramOf(trace));
  t.equal(picture.elements.find(({ name }) => name === 'title')?.text, title);
  t.ok(picture.texts.includes('x < 1 & "y"'));
  t.end();
});
