// Reads a diagram back: where its rows and columns are, and the line of each message.

import type { Xml } from './xml.ts';
import { everyElement, readXml } from './xml.ts';

export interface Line {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  /** The path itself, and whatever is drawn with it. */
  readonly path: Xml;
  readonly group: Xml;
}

export class Picture {
  readonly root: Xml;
  readonly elements: readonly Xml[];

  constructor(svg: string) {
    this.root = readXml(svg);
    this.elements = everyElement(this.root);
  }

  /** Every element whose class holds this word. */
  withClass(word: string): Xml[] {
    return this.elements.filter(({ attributes }) => attributes.class?.split(' ').includes(word));
  }

  /** Every text in the picture. */
  get texts(): string[] {
    return this.elements.filter(({ name }) => name === 'text').map(({ text }) => text);
  }

  /** The ids of the messages that have a line. */
  get messages(): number[] {
    return this.elements.flatMap(({ attributes: { 'data-message': id } }) =>
      id === undefined ? [] : [Number(id)],
    );
  }

  line(message: number): Line {
    const group = this.elements.find(
      ({ attributes }) => attributes['data-message'] === String(message),
    );
    const path = group?.children[0];
    if (!group || !path) throw new Error(`m${message} has no line`);
    const [x1 = NaN, y1 = NaN, , , x2 = NaN, y2 = NaN] = (
      path.attributes.d?.match(/-?\d+(\.\d+)?/g) ?? []
    ).map(Number);
    return { from: [x1, y1], to: [x2, y2], path, group };
  }

  /** The height at which the gutter prints the number of a step. */
  row(step: number): number {
    const found = this.elements.find(
      ({ name, text, attributes }) =>
        name === 'text' && text === String(step) && attributes['text-anchor'] === 'end',
    );
    if (!found) throw new Error(`step ${step} has no row`);
    return Number(found.attributes.y) - 4;
  }

  /** Where the lifeline of a node is. */
  column(node: string): number {
    const found = this.withClass('name').find(({ text }) => text === node);
    if (!found) throw new Error(`${node} has no lifeline`);
    return Number(found.attributes.x);
  }
}
