// A small strict XML reader for the diagrams: it throws at anything that is not well formed.

export interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Xml[];
  text: string;
}

const tag = /^<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/;
const attribute = /([\w:-]+)="([^"]*)"/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** Reads a document with one root element. Throws, with the place, when it is not well formed. */
export function readXml(document: string): Xml {
  const outside: Xml = { name: '', attributes: {}, children: [], text: '' };
  const open: Xml[] = [outside];
  let rest = document;
  while (rest !== '') {
    const here = open.at(-1) ?? outside;
    const found = tag.exec(rest);
    if (!found) {
      const [text = ''] = /^[^<]*/.exec(rest) ?? [];
      if (text === '') throw new Error(`no tag: ${rest.slice(0, 60)}`);
      here.text += decode(text);
      rest = rest.slice(text.length);
      continue;
    }
    const [all, closing, name = '', written = '', empty] = found;
    rest = rest.slice(all.length);
    if (closing) {
      if (here.name !== name) throw new Error(`</${name}> closes <${here.name}>`);
      open.pop();
      continue;
    }
    const pairs = [...written.matchAll(attribute)].map(([, key = '', value = '']) => [key, value]);
    const keys = new Set(pairs.map(([key]) => key));
    if (keys.size < pairs.length) throw new Error(`<${name}> has an attribute twice`);
    const attributes = Object.fromEntries(
      pairs.map(([key = '', value = '']) => [key, decode(value)]),
    );
    const element = { name, attributes, children: [], text: '' };
    here.children.push(element);
    if (!empty) open.push(element);
  }
  const [root] = outside.children;
  if (!root || outside.children.length > 1) throw new Error('expected one root element');
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name}> is not closed`);
  if (outside.text.trim() !== '') throw new Error('there is text outside the root element');
  return root;
}

function decode(text: string): string {
  return text.replace(/&(\w*;?)/g, (all, name: string) => {
    const found = name.endsWith(';') ? entities[name.slice(0, -1)] : undefined;
    if (found === undefined) throw new Error(`unknown entity ${all}`);
    return found;
  });
}

/** Every element below this one, itself included. */
export const everyElement = (xml: Xml): Xml[] => [xml, ...xml.children.flatMap(everyElement)];
