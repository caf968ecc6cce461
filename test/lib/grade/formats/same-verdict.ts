// What a reader of any format must see in a report: as many passes, and the same score.

import { counts, scoreOf } from '../../../../lib/grade/report.ts';
import type { Report } from '../../../../lib/grade/report.ts';
import { everyReport } from './reports.ts';

export interface Seen {
  readonly passed: number;
  readonly failed: number;
  readonly points: number;
  readonly maxPoints: number;
}

const seenIn = ({ tests }: Report): Seen => {
  const passed = tests.filter(counts).length;
  return { passed, failed: tests.length - passed, ...scoreOf(tests) };
};

/** The reports of which a reader sees something else than they hold, and what it sees; empty when all is well. */
export function misread(read: (report: Report) => Seen): string[] {
  return everyReport.flatMap(([name, report]) => {
    const wanted = JSON.stringify(ordered(seenIn(report)));
    let seen: string;
    try {
      seen = JSON.stringify(ordered(read(report)));
    } catch (error) {
      seen = String(error);
    }
    return seen === wanted ? [] : [`${name}: ${seen} instead of ${wanted}`];
  });
}

const ordered = ({ passed, failed, points, maxPoints }: Seen) => [
  passed,
  failed,
  thousandth(points),
  thousandth(maxPoints),
];

const thousandth = (value: number): number => Math.round(value * 1000) / 1000;
