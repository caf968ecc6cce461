// What holds for the diagram of every recorded run.

import test from 'tape';
import {
  drawEveryMessage,
  hideNothing,
  markEveryStep,
  tellInWords,
} from '../lib/walkthrough/diagrams-read.ts';
import { recorded as runs } from '../support.ts';

test('every diagram tells in words what it shows', async (t) => {
  await tellInWords(t, runs);
});

test('every message of a run is one line in its diagram', async (t) => {
  await drawEveryMessage(t, runs);
});

test('every step of a run is one mark in its diagram', async (t) => {
  await markEveryStep(t, runs);
});

test('no caption hides another or a mark', (t) => {
  hideNothing(t, runs);
  t.end();
});
