/** One element of an XML file: either elements in it, or a text. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string | null;
}

/** element('Set', { Name: 'Mailbox' }) is <Set Name="Mailbox"/>; a string in place of children is its text. */
export function element(
  name: string,
  attributes: Record<string, string> = {},
  content: XmlElement[] | string = [],
): XmlElement {
  return typeof content === 'string'
    ? { name, attributes, children: [], text: content }
    : { name, attributes, children: content, text: null };
}

/** The element and all below it, in the order in which they stand. */
export const walkXml = (top: XmlElement): XmlElement[] => [top, ...top.children.flatMap(walkXml)];

/** The file, two spaces a level. Texts and attributes are escaped, so that no text can become an element. */
export function printXml(top: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print(top, '')}`;
}

function print({ name, attributes, children, text }: XmlElement, indent: string): string {
  const start = `${indent}<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escape(value)}"`)
    .join('')}`;
  if (text !== null) return `${start}>${escape(text)}</${name}>\n`;
  if (children.length === 0) return `${start}/>\n`;
  return `${start}>\n${children.map((child) => print(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
