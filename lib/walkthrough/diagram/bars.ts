// A bar plot that compares two runs node by node, in the look of the diagrams. One series is filled
// and the other hatched, and every bar carries its count.

import { list } from '../text.ts';
import { styleOf } from './style.ts';
import { element, textElement } from './svg.ts';
import { widthOf } from './words.ts';

export interface Series {
  readonly name: string;
  /** A count for each node; undefined where there is none to give. */
  readonly counts: ReadonlyMap<string, number | undefined>;
}

export interface Plot {
  readonly title: string;
  /** What is counted: `round trips`. */
  readonly unit: string;
  readonly series: readonly [Series, Series];
}

const width = 640;
const left = 60;
const right = 60;
const bar = 18;
const gap = 16;
const legend = { height: 46, box: 18 };
const margin = 14;

const plotStyle = `
.first{fill:var(--leader);stroke:var(--leader);stroke-width:1.5}
.second{fill:url(#hatched);stroke:var(--candidate);stroke-width:1.5}
.hatch{stroke:var(--candidate);stroke-width:2}
`.trimEnd();

/** Draws the plot. The same counts give the same text. */
export function barPlotOf({ title, unit, series }: Plot): string {
  const nodes = [...series[0].counts.keys()];
  const counts = series.flatMap((each) => [...each.counts.values()].map((count) => count ?? 0));
  const scale = (width - left - right) / Math.max(1, ...counts);
  const group = 2 * bar + gap;
  const height = legend.height + nodes.length * group + margin;
  const bars = nodes.flatMap((node, index) => {
    const top = legend.height + index * group + gap / 2;
    const name = { class: 'name', x: left - 20, y: top + bar + 5, 'text-anchor': 'end' };
    return [
      textElement('text', name, node),
      ...series.flatMap(({ counts }, at) => {
        const count = counts.get(node);
        const y = top + at * bar;
        const length = scale * (count ?? 0);
        const place = { x: left, y: y + 1.5, width: length, height: bar - 3 };
        const says = count === undefined ? 'never' : String(count);
        return [
          element('rect', { class: at === 0 ? 'first' : 'second', ...place }),
          textElement('text', { class: 'strong', x: left + length + 6, y: y + bar - 5 }, says),
        ];
      }),
    ];
  });
  const axis = element('path', {
    class: 'follower',
    d: `M${left},${legend.height - 2} V${height - margin + 2}`,
  });
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': 'title desc',
    },
    textElement('title', { id: 'title' }, title),
    textElement('desc', { id: 'desc' }, describe(unit, series, nodes)),
    element('style', {}, styleOf(false) + plotStyle),
    element(
      'pattern',
      {
        id: 'hatched',
        width: 6,
        height: 6,
        patternUnits: 'userSpaceOnUse',
        patternTransform: 'rotate(45)',
      },
      element('path', { class: 'hatch', d: 'M1,0 V6' }),
    ),
    element('rect', {
      class: 'panel',
      x: 0.5,
      y: 0.5,
      width: width - 1,
      height: height - 1,
      rx: 8,
    }),
    ...drawLegend(series),
    ...bars,
    axis,
  );
  return `${svg}\n`;
}

/** The plot in words. */
export const describe = (unit: string, series: Plot['series'], nodes: readonly string[]): string =>
  series
    .map(({ name, counts }) => {
      const each = nodes.map((node) => `${node} ${counts.get(node) ?? 'never'}`);
      return `${name}: ${unit} ${list(each)}.`;
    })
    .join(' ');

function drawLegend(series: Plot['series']): string[] {
  let x = left;
  return series.flatMap(({ name }, at) => {
    const place = { x, y: 14, width: legend.box, height: bar - 5 };
    const text = { x: x + legend.box + 6, y: 25 };
    x += legend.box + 30 + widthOf(name);
    return [
      element('rect', { class: at === 0 ? 'first' : 'second', ...place }),
      textElement('text', text, name),
    ];
  });
}
