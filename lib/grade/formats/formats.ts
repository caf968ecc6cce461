// Every format a grader writes, by name.

import type { Report } from '../report.ts';
import { writeClassroom } from './classroom.ts';
import { writeExercism } from './exercism.ts';
import { writeGradescope } from './gradescope.ts';
import { writeJUnit } from './junit.ts';
import { writeTap } from './tap.ts';
import { writeText } from './text.ts';

export interface Format {
  /** One line, for a list of formats. */
  readonly says: string;
  /** Of a file in this format, without the dot. */
  readonly extension: string;
  /** The whole report. A partial one is as good: what has not run is `missing`. */
  readonly write: (report: Report) => string;
}

export const formatNames = ['text', 'tap', 'gradescope', 'classroom', 'junit', 'exercism'] as const;

export type FormatName = (typeof formatNames)[number];

export const formats: Readonly<Record<FormatName, Format>> = {
  text: { says: 'for people', extension: 'txt', write: (report) => writeText(report) },
  tap: { says: 'TAP version 14', extension: 'tap', write: writeTap },
  gradescope: { says: "Gradescope's results.json", extension: 'json', write: writeGradescope },
  classroom: { says: "GitHub Classroom's result", extension: 'json', write: writeClassroom },
  junit: { says: 'JUnit XML', extension: 'xml', write: writeJUnit },
  exercism: { says: "Exercism's results.json, version 3", extension: 'json', write: writeExercism },
};

/** Whether there is a format of this name. */
export const isFormatName = (name: string): name is FormatName =>
  formatNames.some((known) => known === name);
