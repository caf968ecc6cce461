// The zoo is what it says: every bug is noticed by strict replay, and no variant breaks a safety property.

import test from 'tape';
import { mustHold } from '../../lib/scenario/scenario.ts';
import { allProperties } from '../../lib/check/named.ts';
import { replayBehaviour } from '../../lib/replay/behavioural.ts';
import { replayStrict } from '../../lib/replay/strict.ts';
import { chapterNamed, frozen, ownRuns } from '../support.ts';
import { harms } from './bug.ts';
import { bugs, notHere } from './bugs.ts';
import { notHere as variantsNotHere, variants } from './variants/variants.ts';

test('every bug and every variant has a name of its own, an origin and a chapter', (t) => {
  const all = [...bugs, ...variants];
  const names = all.map(({ name }) => name);
  t.deepEqual(
    names.filter((name, place) => names.indexOf(name) !== place),
    [],
    'no name is used twice',
  );
  t.deepEqual(
    all.filter(({ origin }) => origin.trim() === '').map(({ name }) => name),
    [],
    'all tell where they come from',
  );
  t.doesNotThrow(() => all.forEach(({ chapter }) => chapterNamed(chapter)));
  t.end();
});

test('a bug breaks something that has a name, and damages rules that its chapter has', (t) => {
  const breakable = new Set([...allProperties.map(({ name }) => name), ...Object.keys(harms)]);
  for (const { name, chapter, breaks, damages } of bugs) {
    const rules = new Set(chapterNamed(chapter).node.rules.map((rule) => rule.name));
    const unknown = damages.filter((rule) => rule !== 'init' && !rules.has(rule));
    if (damages.length === 0) t.fail(`${name} damages nothing`);
    if (unknown.length > 0) t.fail(`${name} damages ${unknown.join(', ')}, which do not exist`);
    if (!breakable.has(breaks)) t.fail(`${name} breaks ${breaks}, which does not exist`);
  }
  t.pass(`${bugs.length} bugs`);
  t.end();
});

test('strict replay notices every bug but those that the recorded runs cannot show', (t) => {
  for (const { name, chapter: where, node, unrecorded } of bugs) {
    const chapter = chapterNamed(where);
    const suspect = frozen(node);
    const noticed = ownRuns(chapter).some((trace) => replayStrict(trace, suspect, chapter.node));
    t.equal(noticed, unrecorded === undefined, unrecorded ? `${name}: ${unrecorded}` : name);
  }
  t.end();
});

test('no variant breaks a safety property under any recorded schedule', (t) => {
  for (const { name, chapter: where, node } of variants) {
    const chapter = chapterNamed(where);
    const suspect = frozen(node);
    const broken = ownRuns(chapter).flatMap((trace) => {
      const broken = (by: typeof suspect) =>
        replayBehaviour(trace, by, mustHold(chapter)).violation?.property;
      const property = broken(suspect);
      // What the protocol of the chapter breaks itself in this run is not the fault of the variant.
      const toBlame = property !== undefined && property !== broken(chapter.node);
      return toBlame ? [`${trace.header.scenario}: ${property}`] : [];
    });
    t.deepEqual(broken, [], name);
  }
  t.end();
});

test('what is not in the zoo has a reason', (t) => {
  const reasons = [...notHere, ...variantsNotHere].map(({ because }) => because);
  t.ok(reasons.length > 0 && reasons.every((reason) => reason !== ''));
  t.end();
});
