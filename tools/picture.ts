// Part of `npm run walkthroughs`: draws a screen of the stepper, as a node refuses its vote.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { chapter } from '../chapters/03-voting/chapter.ts';
import { record } from '../lib/scenario/record.ts';
import { scenarioOf } from '../lib/scenario/scenario.ts';
import { viewOf } from '../lib/stepper/keys.ts';
import { sceneOf } from '../lib/stepper/scene.ts';
import { screenOf } from '../lib/stepper/screen.ts';
import type { Line, Style } from '../lib/stepper/text.ts';
import { plainText, shown, widthOf } from '../lib/stepper/text.ts';

const size = { columns: 80, rows: 24 };
const cell = { width: 8.4, height: 19 };
const margin = 20;
const bar = 34;
const width = size.columns * cell.width + 2 * margin;
const height = bar + size.rows * cell.height + 2 * margin;

const fills: Readonly<Record<Style, string>> = {
  plain: '#d8dee9',
  strong: '#ffffff',
  quiet: '#9aa5b5',
  changed: '#d9a9ff',
  good: '#7fd88f',
  bad: '#ff8f80',
  accent: '#7cc7ff',
};
const bold: readonly Style[] = ['strong', 'changed', 'accent'];

/** The picture by its path. */
export function pictures(): ReadonlyMap<string, string> {
  return new Map([['docs/stepper.svg', stepperPicture()]]);
}

function stepperPicture(): string {
  const scene = sceneOf(chapter, record(chapter, scenarioOf(chapter, 'one-vote-a-term')).trace);
  const refused = scene.moments.findIndex(
    (moment) =>
      moment.kind === 'step' &&
      moment.record.fired?.some((verdict) => verdict.rule === 'grant-vote' && verdict.refused),
  );
  const place = chapter.scenarios.findIndex(({ name }) => name === scene.trace.header.scenario);
  const { lines } = screenOf(scene, viewOf(place, refused), chapter.scenarios.length, size);
  return drawing(lines, `npx tsx chapters/${chapter.name}/run.ts`);
}

function drawing(lines: readonly Line[], command: string): string {
  const words = lines.map(plainText).filter((text) => text !== '' && !text.startsWith('─'));
  const texts = lines.flatMap((segments, row) => drawLine(segments, row));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title words">
  <title id="title">The stepper in a terminal: ${escaped(words[0] ?? '')}</title>
  <desc id="words">
${words.map((text) => `    ${escaped(text)}\n`).join('')}  </desc>
  <rect width="${width}" height="${height}" rx="8" fill="#1d2430"/>
  <path d="M0 8a8 8 0 0 1 8-8h${width - 16}a8 8 0 0 1 8 8v${bar - 8}H0z" fill="#2e3848"/>
  <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
    <text x="${width / 2}" y="${bar / 2 + 5}" text-anchor="middle" fill="${fills.quiet}">${escaped(command)}</text>
${texts.map((text) => `    ${text}\n`).join('')}  </g>
</svg>
`;
}

/** The runs of a line, each put in its columns whatever the font's own widths are. */
function drawLine(segments: Line, row: number): string[] {
  const y = round(bar + margin + (row + 0.75) * cell.height);
  let column = 0;
  return segments.flatMap((segment) => {
    const start = column;
    const text = shown(segment);
    column += widthOf(text);
    return [...text.matchAll(/\S+(?: \S+)*/gu)].map(({ 0: run, index }) => {
      const x = round(margin + (start + widthOf(text.slice(0, index))) * cell.width);
      const length = round(widthOf(run) * cell.width);
      const weight = bold.includes(segment.style) ? ' font-weight="bold"' : '';
      return (
        `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs" ` +
        `fill="${fills[segment.style]}"${weight}>${escaped(run)}</text>`
      );
    });
  });
}

const round = (length: number) => Math.round(length * 100) / 100;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

if (require.main === module) {
  for (const [path, text] of pictures()) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
