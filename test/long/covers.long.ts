// What covers for a rule: searched again, with each of the others that see to it left out.

import test from 'tape';
import { isTold, wouldRefuse } from '../../lib/why/cover.ts';
import { lacking } from '../../lib/rules/node.ts';
import { costlyPartnerOf, partnerInRuns, partnerOf } from '../../lib/why/partner.ts';
import { nameOf, partOf } from '../../lib/why/question.ts';
import { readVerdicts } from '../../tools/verdicts.ts';
import { chapterNamed, ownRuns } from '../support.ts';

for (const verdict of readVerdicts()) {
  if (verdict.verdict !== 'redundant') continue;
  const { cover, partner } = verdict;
  const chapter = chapterNamed(verdict.chapter);
  const name = `${verdict.chapter} ${nameOf(verdict)}`;
  if (cover) {
    test(`${name}: nobody can tell, as long as those are there that see to it`, (t) => {
      // What was found in runs holds as far as they go.
      t.notOk(
        isTold(chapter.node, verdict, cover.in === 'runs' ? 4_000 : 40_000),
        'nobody can tell',
      );
      for (const guard of cover.guards) {
        const without = lacking(chapter.node, guard);
        const matters = cover.refused === 0 ? wouldRefuse : isTold;
        t.ok(matters(without, verdict), `without ${nameOf(guard)}`);
      }
      t.end();
    });
  }
  if (partner) {
    test(`${name}: the one that covers for it is found again`, (t) => {
      const part = partOf(verdict);
      if (partner.run !== undefined) {
        t.deepEqual(partnerInRuns(chapter, part, ownRuns(chapter)), partner);
      } else {
        const found = partner.breaks === undefined ? costlyPartnerOf : partnerOf;
        t.deepEqual(found(chapter, part), partner);
      }
      t.end();
    });
  }
}
