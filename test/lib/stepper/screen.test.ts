// The screens of the stepper: they fit, they hide nothing silently, and they need no colour.

import test from 'tape';
import { paint } from '../../../lib/stepper/ansi.ts';
import { viewOf } from '../../../lib/stepper/keys.ts';
import { screenOf } from '../../../lib/stepper/screen.ts';
import { plainText, widthOfLine } from '../../../lib/stepper/text.ts';
import { sayAct, sayMessage, sayValue } from '../../../lib/words/words.ts';
import {
  linesAt,
  panels,
  places,
  placesWhere,
  sample,
  stepWhere,
  textAt,
  usual,
} from './scenes.ts';

const sizes = [
  usual,
  { columns: 60, rows: 20 },
  { columns: 120, rows: 40 },
  { columns: 40, rows: 12 },
  { columns: 7, rows: 2 },
];

test('every screen of every scene fits its terminal, scrolled or not', (t) => {
  for (const size of sizes) {
    const wrong: string[] = [];
    for (const { scene, index, name } of sample(places, size === usual ? 300 : 100)) {
      for (const panel of index === 0 ? panels : (['step', 'why'] as const)) {
        const view = { ...viewOf(0, index), panel };
        const { maxScroll } = screenOf(scene, view, 2, size);
        for (const scroll of new Set([0, maxScroll])) {
          const { lines } = screenOf(scene, { ...view, scroll }, 2, size);
          if (lines.length > size.rows) wrong.push(`${name}: ${lines.length} lines`);
          const wide = lines.find((each) => widthOfLine(each) > size.columns);
          if (wide) wrong.push(`${name}: ${plainText(wide)}`);
        }
      }
    }
    t.same(wrong, [], `${size.columns}×${size.rows}`);
  }
  t.end();
});

test('what does not fit is announced, and scrolling reaches it', (t) => {
  const small = { columns: 60, rows: 20 };
  const longest = Math.max(...places.map(({ scene }) => scene.moments.length));
  const some = placesWhere(
    ({ scene, moment }) => scene.moments.length === longest && moment.kind !== 'question',
  );
  for (const { scene, index, name } of sample(some, 40)) {
    const view = { ...viewOf(0, index), panel: 'why' as const };
    const whole = screenOf(scene, view, 2, { ...small, rows: 200 }).lines.map(plainText);
    const { maxScroll } = screenOf(scene, view, 2, small);
    const seen = new Set<string>();
    for (let scroll = 0; scroll <= maxScroll; scroll++) {
      const lines = screenOf(scene, { ...view, scroll }, 2, small).lines.map(plainText);
      lines.forEach((each) => seen.add(each));
      const rule = lines.at(-2) ?? '';
      const says = [
        scroll > 0 ? `… ${scroll} more (↑)` : '',
        scroll < maxScroll ? `… ${maxScroll - scroll} more (↓)` : '',
      ];
      if (says.some((part) => !rule.includes(part))) t.fail(`${name}: ${rule}`);
      if (maxScroll === 0 && rule.includes('more')) t.fail(`${name}: ${rule}`);
    }
    const missing = whole.slice(0, -2).filter((each) => !seen.has(each));
    if (missing.length > 0) t.fail(`${name} never shows: ${missing.join(' / ')}`);
  }
  t.ok(
    some.some(({ scene, index }) => screenOf(scene, viewOf(0, index), 2, small).maxScroll > 0),
    'some screens do scroll',
  );
  t.end();
});

test('what the narrator says and asks can be read without scrolling, however much else there is', (t) => {
  const small = { columns: 60, rows: 20 };
  let crowded = 0;
  for (const { scene, moment, index, name } of sample(places, 500)) {
    const { lines, maxScroll } = screenOf(scene, viewOf(0, index), 2, small);
    if (maxScroll === 0) continue;
    const text = lines.map(plainText).join(' ').replace(/\s+/g, ' ');
    const words = [
      ...(moment.kind === 'question' ? [moment.question.asks] : []),
      ...(moment.kind === 'step' && moment.record.note ? [moment.record.note] : []),
    ];
    for (const part of words) {
      crowded++;
      if (!text.includes(part)) t.fail(`${name}: ${part}`);
    }
  }
  t.ok(crowded > 0);
  t.end();
});

test('five nodes and all the fields of chapter 3 fit one table', (t) => {
  const five = placesWhere(
    ({ scene }) => scene.chapter.name === '03-voting' && scene.trace.header.nodes.length === 5,
  );
  for (const place of five) {
    const heads = linesAt(place).filter((each) => each.trimStart().startsWith('node '));
    const rows = linesAt(place).filter((each) => /^[> ] [A-E]( |$)/.test(each));
    if (heads.length !== 1 || rows.length !== 5) t.fail(`${place.name}: ${heads.join(' / ')}`);
  }
  t.ok(linesAt(stepWhere(() => true)).some((each) => each.startsWith('> ')));
  t.end();
});

test('the columns of the table stand still from step to step', (t) => {
  const heads = new Map<unknown, Set<string>>();
  for (const place of sample(places)) {
    const all = heads.get(place.scene) ?? new Set();
    heads.set(place.scene, all.add(tableAt(linesAt(place))[0] ?? ''));
  }
  for (const all of heads.values()) t.equal(all.size, 1, [...all][0]);
  t.end();
});

/** The lines of the table: from its head to the next empty line. */
function tableAt(lines: readonly string[]): string[] {
  const rest = lines.slice(lines.findIndex((each) => each.startsWith('  node ')));
  return rest.slice(0, rest.indexOf(''));
}

test('without colour a screen has no escape sequence, with colour it has the same text', (t) => {
  const escapes = /\p{Cc}\[[0-9;]*m/gu;
  let coloured = 0;
  for (const { scene, index, name } of sample(places)) {
    for (const each of screenOf(scene, viewOf(0, index), 2, usual).lines) {
      const [bare, painted] = [paint(each, false), paint(each, true)];
      if (bare.includes('\u001b')) t.fail(`${name}: ${JSON.stringify(bare)}`);
      if (painted.replace(escapes, '') !== bare) t.fail(`${name}: ${JSON.stringify(painted)}`);
      if (painted !== bare) coloured++;
    }
  }
  t.ok(coloured > 0);
  t.end();
});

test('a change is marked with characters: the value before and after, or a star', (t) => {
  const marked = { arrows: 0, stars: 0, below: 0 };
  for (const place of sample(places)) {
    if (place.moment.kind !== 'step') continue;
    const { node, changed: all = {}, step } = place.moment.record;
    if (node === undefined) continue;
    // Whom a node sends to is not shown: in chapter 11 its configuration says so.
    const changed = Object.fromEntries(Object.entries(all).filter(([field]) => field !== 'peers'));
    for (const columns of [80, 60, 40]) {
      const table = tableAt(linesAt(place, {}, { columns, rows: 200 }))
        .join(' ')
        .split(/\s+/)
        .join(' ');
      for (const [field, value] of Object.entries(changed)) {
        const after = sayValue(value);
        const before = sayValue(place.scene.states[step - 1]?.[node]?.[field]);
        if (table.includes(` ${before} → ${after}`)) marked.arrows++;
        else if (table.includes(` *${after}`)) marked.stars++;
        else if (table.includes(` *${field} ${after}`)) marked.below++;
        else t.fail(`${place.name}: ${table}`);
      }
      const marks = [...table.matchAll(/→|\*/g)].length;
      if (marks !== Object.keys(changed).length) t.fail(`${place.name} marks too much: ${table}`);
      if (!table.includes(`> ${node} `)) t.fail(`${place.name} does not mark ${node}`);
    }
  }
  t.ok(marked.arrows > 0 && marked.stars > 0 && marked.below > 0);
  t.end();
});

test('messages in flight are there with ids and content, and those sent at this step have a star', (t) => {
  let stars = 0;
  for (const place of sample(places)) {
    const text = textAt(place);
    for (const { id, message, sentAt } of place.scene.inFlight[place.moment.step] ?? []) {
      const isNew = place.moment.kind === 'step' && sentAt === place.moment.step;
      const wanted = ` ${isNew ? '*' : ''}m${id} ${message.from}→${message.to} `;
      if (!text.includes(wanted)) t.fail(`${place.name} lacks ${wanted}: ${text}`);
      if (!text.includes(`${sayMessage(message)} `)) t.fail(`${place.name}: ${text}`);
      if (isNew) stars++;
    }
  }
  t.ok(stars > 0);
  t.end();
});

test('a crashed node is marked in words', (t) => {
  const crash = stepWhere(({ act }) => act.type === 'crash');
  const rows = (index: number) =>
    linesAt({ ...crash, index }).filter((each) => each.includes(`${crash.record.node} (down)`));
  t.equal(rows(crash.index - 1).length, 0);
  t.equal(rows(crash.index).length, 1);
  t.end();
});

test('a split network is shown until it heals', (t) => {
  const heal = stepWhere(({ act }) => act.type === 'heal');
  t.match(
    textAt({ ...heal, index: heal.index - 1 }),
    /Network The network splits: .* \(step \d+\)/,
  );
  t.notOk(textAt(heal).includes('Network The'));
  t.end();
});

test('each step says what happened, which rules fired, and the note', (t) => {
  for (const place of sample(placesWhere(({ moment }) => moment.kind === 'step'))) {
    if (place.moment.kind !== 'step') continue;
    const { record } = place.moment;
    const text = textAt(place);
    const fired = (record.fired ?? []).filter(({ refused }) => refused === undefined);
    const words = [
      sayAct(record),
      `Step ${record.step} of ${place.scene.trace.steps.length} · ${record.time} ms`,
      ...fired.map(({ rule }) => `✓ ${rule} fired`),
      ...(record.note === undefined ? [] : [`Note ${record.note}`]),
    ];
    for (const part of words) if (!text.includes(part)) t.fail(`${place.name} lacks: ${part}`);
  }
  t.match(textAt(stepWhere(({ note }) => note !== undefined)), /Note /);
  t.end();
});

test('the end shows the outcome, and which property was violated', (t) => {
  for (const place of placesWhere(({ moment }) => moment.kind === 'end')) {
    const { says, violates } = place.scene.trace.header.outcome;
    const text = textAt(place);
    t.ok(text.includes(`Outcome ${says}`), place.name);
    if (violates === undefined) t.notOk(text.includes('Violates'));
    else t.ok(text.includes(`Violates ${violates} does not hold in this run.`));
  }
  t.ok(placesWhere(({ scene }) => scene.trace.header.outcome.violates !== undefined));
  t.end();
});

test('a terminal that is too small is told how large it must be', (t) => {
  const [place] = places;
  if (!place) throw new Error('there is no place');
  const lines = linesAt(place, {}, { columns: 30, rows: 8 });
  t.match(lines.join(' '), /^This terminal has 30 columns and 8 rows\. .*needs 40 and 12\./);
  t.notOk(linesAt(place, {}, { columns: 40, rows: 12 }).join(' ').includes('This terminal'));
  t.end();
});
