import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { markdownForTerminal } from '../../../sandbox/demo/markdown-for-terminal.ts';

const show = (markdown: string, columns = 80): string[] =>
  markdownForTerminal(markdown, { colors: createColors(false), columns });

describe("a comment's markdown on a terminal", () => {
  it('keeps words and drops marks', () => {
    expect(show('### ✖ `claim` **breaks** [here](https://example.com/x)\n<!-- marker -->')).toEqual([
      '✖ claim breaks here',
    ]);
  });

  it('aligns the columns of a table', () => {
    expect(show('| a | b |\n|---|---|\n| longer | c |')).toEqual(['a       b', '─────────', 'longer  c']);
  });

  it('shows what is folded', () => {
    expect(show('<details><summary>Why <code>x</code> breaks</summary>\n\ntext\n</details>')).toEqual([
      '▾ Why x breaks',
      '',
      'text',
    ]);
  });

  it('numbers a list as markdown counts it', () => {
    expect(show('1. one\n1. two')).toEqual(['1. one', '2. two']);
  });

  it('sets two versions side by side', () => {
    const row = '<tr valign="top"><td><pre>1   {\n2 − &quot;a&quot;: 1</pre></td><td><pre>\n✖ changed</pre></td>';
    const next = '<td><pre>1   {\n2 + &quot;a&quot;: 1234567890</pre></td></tr>';
    expect(show(`<table>\n<tr><td colspan="3">line 2: 1 changed</td></tr>\n${row}${next}\n</table>`, 33)).toEqual([
      '  line 2: 1 changed',
      '1   {           │ 1   {',
      '2 − "a": 1      ✖ 2 + "a": 12345…',
    ]);
  });

  it('wraps long lines at words', () => {
    expect(show('aaaa bbbb cccc', 9)).toEqual(['aaaa bbbb', 'cccc']);
  });

  it('shows escaped characters as they are meant', () => {
    expect(show('a\\_b &lt;c&gt; &#64;team')).toEqual(['a_b <c> @team']);
  });
});
