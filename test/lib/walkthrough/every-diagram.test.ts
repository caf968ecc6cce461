// What holds for the diagram of every recorded run. Every fourth is read here, and all by `npm run test:long`.

import test from 'tape';
import { recorded } from '../../support.ts';
import { drawEveryMessage, hideNothing, markEveryStep, tellInWords } from './diagrams-read.ts';

/** Of every chapter some. */
const runs = recorded.filter((_, place) => place % 4 === 0);

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
