import { Parser } from 'htmlparser2';
import { checkElement, elementOf, holdsHtml } from './check-element.ts';
import { body, voidElements } from './elements.ts';
import type { SourceFinding } from './findings.ts';
import { sourceFinding } from './findings.ts';
import type { Protected } from './liquid.ts';
import { isTag, marksIn } from './liquid.ts';

/** The content of a message, read and written anew; and the same with its Liquid tags in the text, for the text part. */
export type Content = { readonly mjml: string; readonly forText: string };

export type Source = {
  readonly file: string;
  readonly content: string;
  readonly liquid: Omit<Protected<unknown>, 'texts'>;
  /** The line of the file that the content begins on. */
  readonly firstLine: number;
};

type Open = { readonly name: string; readonly line: number; readonly selfClosed: boolean };

/** The compiler writes attributes as its own language shows strings, so all but plain characters go in as entities. */
const attributeValue = (value: string): string =>
  value.replaceAll(/[^ !#-;=?-[\]-~]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);

/** Liquid may stand between the elements of a column and between sections; elsewhere the compiler lays out by counting. */
const takesTags = (name: string): boolean => name === body || name === 'mj-column';

/** Reads content as it would stand in the body, or in the one column, of a layout. */
const walk = ({ file, content, liquid, firstLine }: Source, root: string): Content | { readonly findings: readonly SourceFinding[] } => {
  const findings: SourceFinding[] = [];
  const out = { mjml: '', forText: '' };
  const stack: Open[] = [];
  const parent = (): string => stack.at(-1)?.name ?? root;
  const lineAt = (index: number): number => firstLine + liquid.restore(content.slice(0, index)).split('\n').length - 1;
  const write = (mjml: string, forText: string = mjml): void => {
    out.mjml += mjml;
    out.forText += forText;
  };
  const parser: Parser = new Parser({
    onopentag: (name, attributes) => {
      const line = lineAt(parser.startIndex);
      findings.push(...checkElement(name, attributes, parent(), liquid).map(([code, message]) => sourceFinding(code, file, message, { line })));
      stack.push({ name, line, selfClosed: content[parser.endIndex - 1] === '/' });
      const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeValue(value)}"`).join('');
      write(`<${name}${written}${voidElements.has(name) ? ' />' : '>'}`);
    },
    onclosetag: (name, implied) => {
      const open = stack.pop();
      if (voidElements.has(name)) return;
      if (implied && open?.selfClosed === false) {
        findings.push(sourceFinding('mjml.unclosed-element', file, `<${name}> is not closed`, { line: open.line }));
      }
      write(`</${name}>`);
    },
    ontext: (text) => {
      // An element that nobody knows is a finding already, and so is not its text.
      if (holdsHtml(parent()) || (stack.length > 0 && elementOf(parent()) === undefined)) write(text);
      else if (text.trim() !== '') {
        const marks = marksIn(text);
        if (takesTags(parent()) && marks.every((mark) => isTag(liquid.liquidOf(mark) ?? '')) && marks.join('') === text.replaceAll(/\s/gu, '')) {
          write(marks.map((mark) => `<!--${mark}-->`).join(''), marks.map((mark) => `<p>${mark}</p>`).join(''));
        } else {
          findings.push(sourceFinding('mjml.stray-text', file, `text stands in ${parent()}`, { line: lineAt(parser.startIndex + text.search(/\S/u)) }));
        }
      }
    },
  }, { xmlMode: true, decodeEntities: false });
  parser.end(content);
  return findings.length > 0 ? { findings } : out;
};

/** The content of a message: sections, or what stands in the one column that it is then given. */
export const readContent = (source: Source): ReturnType<typeof walk> => {
  if (/<mj-section\b/u.test(source.content)) return walk(source, body);
  const read = walk(source, 'mj-column');
  if ('findings' in read) return read;
  const framed = (content: string): string => `<mj-section css-class="card"><mj-column>${content}</mj-column></mj-section>`;
  return { mjml: framed(read.mjml), forText: framed(read.forText) };
};
