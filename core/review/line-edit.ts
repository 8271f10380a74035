/** Lines of a file, from 1 and both inclusive, and what to write in their place, without the last line's end. */
export interface LineEdit {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly text: string;
}

/** The text with the edit in it. */
export function applyEdit(text: string, { firstLine, lastLine, text: written }: LineEdit): string {
  const lines = text.split('\n');
  return [...lines.slice(0, firstLine - 1), written, ...lines.slice(lastLine)].join('\n');
}
