/**
 * The one HTML table of a comment, two versions side by side in `<pre>` cells, for so many columns of a terminal. Of the words between
 * the sides only the mark of what breaks is kept: the signs say the rest.
 */
export function tableForTerminal(html: string, columns: number, unescape: (text: string) => string): string[] {
  const width = Math.floor((columns - 3) / 2);
  return [...html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].flatMap(([, row = '']) => {
    const cells = [...row.matchAll(/<(?:td|th)[^>]*>(?:<pre>)?([\s\S]*?)(?:<\/pre>)?<\/(?:td|th)>/g)].map(
      ([, cell = '']) => unescape(cell).split('\n'),
    );
    if (cells.length === 1) return [`  ${cells[0]?.join(' ')}`];
    const [left = [], words = [], right = []] = cells;
    return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
      const between = words[at]?.includes('✖') ? '✖' : '│';
      return `${fit(left[at] ?? '', width).padEnd(width)} ${between} ${fit(right[at] ?? '', width)}`.trimEnd();
    });
  });
}

function fit(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
