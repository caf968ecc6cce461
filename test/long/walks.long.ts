// On random walks, from fresh nodes and from where recorded runs stand, the search and the safety properties agree at every step: with clients whose
// history is judged, with snapshots, and with members that change.

import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { readRequest } from '../../tools/explore-request.ts';
import { agreeOnWalks, walked } from '../lib/explore/walks.ts';
import { chapterNamed } from '../support.ts';

const starts = [
  [
    '9',
    '--from',
    '9/stale-read:36',
    '--ask',
    'Ben x=2',
    '--ask',
    'Ann x? index',
    '--ask',
    'Ben x?',
  ],
  ['9', '--from', '9/executed-once:26', '--ask', 'Ann x+=a again', '--ask', 'Bob x? index'],
  ['10', '--from', '10/suffix-stays:16'],
  ['10', '--from', '10/snapshot-instead:17'],
  ['11', '--from', '11/leads-from-outside:13', '--changes', '3', '--transfers', '1'],
  ['11', '--from', '11/machine-replaced:13', '--changes', '3', '--transfers', '1'],
];

for (const name of walked) {
  test(`${name}: on three walks each, the search and the safety properties agree at every step`, (t) => {
    const broken = agreeOnWalks(t, chapterNamed(name), 3);
    t.ok(broken > 0, `${broken} walks break a property`);
    t.end();
  });
}

for (const args of starts) {
  test(`${args.join(' ')}: the search and the safety properties agree at every step`, (t) => {
    const { problem, chapter } = readRequest(chapters, [...args, '--log', '4', '--terms', '2']);
    const { node, ...setting } = problem;
    t.ok(node.init('A', []), 'each rule and condition is missing in turn');
    const broken = agreeOnWalks(t, chapter, 3, setting);
    t.ok(broken > 0, `${broken} walks break a property`);
    t.end();
  });
}
