// Round trips: how they are counted, and how two runs are compared.

import test from 'tape';
import type { EntryRecord } from '../../../lib/trace/trace.gen.ts';
import type { Trace, TraceStep } from '../../../lib/trace/trace.ts';
import { compareRoundTrips } from '../../../lib/walkthrough/lesson.ts';
import { roundTripsOf } from '../../../lib/walkthrough/round-trips.ts';
import { Picture } from './picture.ts';

const logOf = (...terms: number[]): EntryRecord[] =>
  terms.map((term, index) => ({ term, command: `x=${index}` }));

/** L is elected with two entries; A lacks both, B has another second one, C has all and more. */
function traceOf(scenario: string, ...after: TraceStep[]): Trace {
  const start = (id: string, ...terms: number[]) => ({
    id,
    peers: [],
    role: 'follower' as const,
    log: logOf(...terms),
  });
  const elected: TraceStep = {
    step: 2,
    time: 0,
    act: { type: 'timeout', node: 'L', timer: 'election' },
    node: 'L',
    changed: { role: 'leader' },
  };
  return {
    header: {
      format: 'raft-notebook-trace',
      version: 1,
      chapter: '98-sample',
      scenario,
      title: scenario,
      about: '',
      nodes: ['L', 'A', 'B', 'C'],
      initial: {
        L: start('L', 1, 2),
        A: start('A'),
        B: start('B', 1, 1),
        C: start('C', 1, 2, 2),
      },
      outcome: { says: '', nodes: {} },
      steps: 2 + after.length,
    },
    steps: [append(1, 'A'), elected, ...after],
  };
}

function append(step: number, to: string, log?: EntryRecord[]): TraceStep {
  const message = { type: 'AppendEntries', from: 'L', to };
  const act = { type: 'deliver', message } as const;
  return { step, time: 0, act, node: to, event: message, ...(log && { changed: { log } }) };
}

const run = traceOf(
  'run',
  append(3, 'A'),
  append(4, 'B', logOf(1)),
  append(5, 'A', logOf(1, 2)),
  append(6, 'C'),
  append(7, 'A'),
);

test('a round trip counts from the election until the follower holds the log of the leader', (t) => {
  const counts = roundTripsOf(run);
  t.equal(counts.get('A'), 2, 'neither what came before the election nor what comes after');
  t.equal(counts.get('C'), 1, 'one is needed to find out, and more entries do not matter');
  t.ok(counts.has('B') && counts.get('B') === undefined, 'B never gets there');
  t.notOk(counts.has('L'));
  const nobody = { ...run, steps: run.steps.filter(({ step }) => step === 1) };
  t.throws(() => roundTripsOf(nobody), /nobody leads in 98-sample\/run/);
  t.end();
});

test('two runs stand side by side in a table and in a picture that says every count', (t) => {
  const other = traceOf('other', append(3, 'A', logOf(1, 2)));
  const { lines, file, svg } = compareRoundTrips('chapters/98-sample/README.md', run, other);
  t.equal(file, 'traces/98-sample/round-trips.svg');
  t.ok(lines[0]?.includes('[run](../../traces/98-sample/run.md) | [other]'));
  t.ok(lines.includes('| A | 2 | 1 |') && lines.includes('| B | never | never |'));
  t.ok(lines.includes('| **together** | **3** | **1** |'));
  t.ok(lines.at(-1)?.includes('](../../traces/98-sample/round-trips.svg)'));

  const picture = new Picture(svg);
  const counts = picture.withClass('strong').map(({ text }) => text);
  t.deepEqual(counts, ['2', '1', 'never', 'never', '1', 'never'], 'on the bars');
  const widths = ['first', 'second'].map((look) =>
    picture
      .withClass(look)
      .slice(1)
      .map(({ attributes }) => Number(attributes.width)),
  );
  t.deepEqual(widths, [
    [520, 0, 260],
    [260, 0, 0],
  ]);
  const desc = picture.elements.find(({ name }) => name === 'desc');
  t.equal(
    desc?.text,
    'run: round trips A 2, B never and C 1. other: round trips A 1, B never and C never.',
  );
  t.end();
});
