// The captions of a diagram: a few words beside each mark, and the numbered spots that lie between
// the lifelines.

import { sayAct, sayResult } from '../../words/words.ts';
import type { Trace, TraceStep } from '../../trace/trace.ts';
import { crashesWithin } from '../../trace/trace.ts';
import type { Arrow } from './arrows.ts';
import { tipBox } from './arrows.ts';
import type { Box } from './geometry.ts';
import { boxAround, boxAt, grown, lineAlong, pointAtHeight } from './geometry.ts';
import type { Layout } from './layout.ts';
import type { Marker } from './markers.ts';
import { circle, smallCircle } from './markers.ts';
import type { Place } from './placement.ts';
import { placeAll, placesAround } from './placement.ts';
import { fontSize, sayContent, sayIds, widthOf } from './words.ts';

/** A numbered circle between the lifelines: a message is lost or duplicated there. */
export interface Spot {
  readonly step: number;
  readonly type: 'drop' | 'duplicate';
  readonly box: Box;
}

export interface Caption {
  readonly lines: readonly string[];
  /** The step to print as a number before the words; the marks carry their own. */
  readonly number?: number;
  readonly lost?: boolean;
}

export type PlacedCaption = Caption & { readonly place: Place };

interface Wanted {
  readonly of: Caption;
  readonly places: readonly Place[];
}

/** The spots of the steps that lose or duplicate a message. */
export function spotsOf(trace: Trace, layout: Layout, arrows: readonly Arrow[]): readonly Spot[] {
  return trace.steps.flatMap(({ step, act, message: id }): Spot[] => {
    const arrow = arrows.find(({ journey }) => journey.id === id);
    if (!arrow || (act.type !== 'drop' && act.type !== 'duplicate')) return [];
    const size = layout.isSmall(step) ? smallCircle : circle;
    const on = pointAtHeight(arrow.curve, layout.y(step));
    const at = act.type === 'drop' ? { ...on, x: on.x + arrow.direction * (size / 2 + 9) } : on;
    return [{ step, type: act.type, box: boxAt(at, size, size) }];
  });
}

/** Every caption with its place. */
export function captionsOf(
  trace: Trace,
  layout: Layout,
  markers: ReadonlyMap<number, Marker>,
  arrows: readonly Arrow[],
  spots: readonly Spot[],
): readonly PlacedCaption[] {
  const { width, gutter, top, bottom } = layout;
  const wanted = [
    ...trace.steps.filter(isWorldAct).map(bandCaption),
    ...trace.steps.flatMap(stepCaption),
    ...stubCaptions(),
  ];
  const placed = placeAll(wanted, {
    canvas: { left: gutter, top: top - 8, right: width - 4, bottom: bottom - 4 },
    boxes: [
      ...[...markers.values()].map(({ box }) => box),
      ...spots.map(({ box }) => box),
      ...arrows.filter(({ journey }) => journey.end.type !== 'in flight').map(tipBox),
    ],
    lines: arrows.map(({ curve }) => lineAlong(curve)),
    lifelines: layout.nodes.map((node) => layout.x(node)),
  });
  return placed.map(({ of, place }) => ({ ...of, place }));

  function stepCaption(record: TraceStep): Wanted[] {
    const { step, act, event, message: id, copy } = record;
    const crash = crashesWithin(record) ? ['crashes'] : [];
    const mark = markers.get(step)?.box ?? spots.find((spot) => spot.step === step)?.box;
    if (!mark) return [];
    const arrow = arrows.find(({ journey }) => journey.id === id);
    const around = (lines: readonly string[], lost = false): Wanted[] => [
      wantedAround(mark, { lines: fitting(lines, step), lost }, arrow?.direction ?? 1),
    ];
    switch (act.type) {
      case 'deliver':
        return event && 'from' in event && id !== undefined
          ? around([event.type, [sayContent(id, event), ...crash].join(' · '), ...answers(record)])
          : [];
      case 'drop':
        return arrow
          ? around(
              [act.message.type, `${sayContent(arrow.journey.id, arrow.journey.message)} · lost`],
              true,
            )
          : [];
      case 'duplicate':
        return around(['duplicated', `m${id} · copy m${copy}`]);
      case 'timeout':
        return around([`${act.timer} timeout`, ...crash]);
      case 'request':
        return around([
          act.client === undefined ? 'client request' : `${act.client} asks`,
          [act.command, ...crash].join(' · '),
          ...answers(record),
        ]);
      case 'change':
        return around(['change of voters', [act.voters.join(' '), ...crash].join(' · ')]);
      case 'transfer':
        return around(['transfer', [`${act.target} shall lead`, ...crash].join(' · ')]);
      case 'crash':
        return around(['crashes']);
      case 'restart':
        return around(['restarts']);
      case 'partition':
      case 'heal':
      case 'cut':
        return [];
    }
  }

  /** As many of the lines as the row of a step has room for. */
  function fitting(lines: readonly string[], step: number): readonly string[] {
    return layout.isSmall(step) ? lines.slice(0, 1) : lines;
  }

  /** The act that cuts or heals links, somewhere on its row. */
  function bandCaption(step: TraceStep): Wanted {
    const text = sayAct(step);
    const size = widthOf(text, fontSize + 1) + circle + 22;
    const y = layout.y(step.step);
    const between = Math.max(layout.nodes.length - 1, 1);
    const places = layout.nodes.slice(0, between).map((node, index): Place => {
      const x = layout.x(node) + layout.column / 2;
      return { box: boxAt({ x, y }, size, circle + 4), anchor: 'start', cost: index * 10 };
    });
    return { of: { lines: [text], number: step.step }, places };
  }

  /** One caption for all messages of a step that end the same way in the same direction. */
  function stubCaptions(): Wanted[] {
    const groups = new Map<string, Arrow[]>();
    for (const arrow of arrows) {
      const { sentAt, end, message } = arrow.journey;
      if (end.type !== 'cut' && end.type !== 'in flight') continue;
      const key = [sentAt, arrow.direction, end.type, message.type].join();
      groups.set(key, [...(groups.get(key) ?? []), arrow]);
    }
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { message, sentAt, end } = first.journey;
      const receivers = group.map(({ journey }) => journey.message.to).join(', ');
      const ids = group.map(({ journey }) => journey.id);
      const lost = end.type === 'cut';
      const fate = lost ? 'lost' : 'in flight';
      const lines = [`${message.type} to ${receivers}`, `${sayIds(ids)} · ${fate}`];
      const ends = group.map(({ curve }) => curve.to);
      const room = fitting(lines, sentAt);
      return [wantedAround(grown(boxAround(ends), 6), { lines: room, lost }, first.direction)];
    });
  }
}

/** What a step tells clients that have a name. */
const answers = ({ effects = [] }: TraceStep): string[] =>
  effects.flatMap((effect) => {
    if (effect.type !== 'answer' || effect.client === undefined) return [];
    const { command, applied, leaderId, result } = effect;
    const told = applied ? sayResult(command, result) : `ask ${leaderId ?? 'again'}`;
    return [`tells ${effect.client}: ${told}`];
  });

const lineHeight = fontSize + 2;

function wantedAround(mark: Box, of: Caption, side: 1 | -1): Wanted {
  const width = Math.max(...of.lines.map((line) => widthOf(line)));
  return { of, places: placesAround(mark, width, of.lines.length * lineHeight, side) };
}

const isWorldAct = ({ act }: TraceStep) =>
  act.type === 'partition' || act.type === 'heal' || act.type === 'cut';
