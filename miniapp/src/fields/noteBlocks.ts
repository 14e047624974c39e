/** A piece of a line; `strong` where the text says `**so**`. */
export interface Span {
  text: string;
  strong: boolean;
}

/** One paragraph, or one list with a line for each entry. */
export interface Block {
  kind: 'paragraph' | 'list';
  lines: Span[][];
}

/** What a note says, block by block. Nothing in it is markup but `- ` at a line's start and `**` in pairs. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let apart = true;
  for (const line of text.split(/\r?\n/)) {
    const entry = /^\s*[-•]\s+(.*)$/.exec(line);
    const words = (entry?.[1] ?? line).trim();
    if (words === '') {
      apart = true;
      continue;
    }
    const kind = entry ? 'list' : 'paragraph';
    const last = blocks[blocks.length - 1];
    if (last && !apart && last.kind === kind) last.lines.push(spansOf(words));
    else blocks.push({ kind, lines: [spansOf(words)] });
    apart = false;
  }
  return blocks;
}

/** A pair that is not closed is no pair: its stars are shown as they are. */
function spansOf(line: string): Span[] {
  const pieces = line.split('**');
  const open = pieces.length % 2 === 0 ? pieces.length - 2 : -1;
  if (open >= 0) pieces.splice(open, 2, `${pieces[open] ?? ''}**${pieces[open + 1] ?? ''}`);
  return pieces.map((text, at) => ({ text, strong: at % 2 === 1 })).filter((span) => span.text !== '');
}
