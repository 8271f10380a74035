import { array, assert, constantFrom, oneof, pre, property, string } from 'fast-check';

import { describe, expect, it } from 'vitest';
import {
  fencedCode,
  htmlText,
  inlineCode,
  inlineCodeInCell,
  linkTarget,
  markdownProse,
  markdownText,
  shorten,
} from '../../../core/rendering/markdown.ts';
import { onOneLine } from '../../../core/rendering/visible.ts';
import { elementsIn, renderedHtml, visibleText } from './rendered-html.ts';

const nasty = oneof(
  constantFrom(
    '@acme/platform',
    '<img src=x onerror=alert(1)>',
    '](javascript:alert(1))',
    '![x](http://a.example/p.png)',
    '```\n# heading\n```',
    '</details>',
    '\u202Eevil',
    '| a | b |\n|---|---|',
    '$x$ $`y`$',
    '#12 GH-12 acme/repo#3',
    'https://evil.example www.evil.example a@b.example',
    ':white_check_mark:',
    '- item\n1. one\n> quote\n# head\n=== \n***',
    '[^1] [x]: http://a.example',
    '\\',
    '`',
    '|',
    '&lt;b&gt; &#64;x',
  ),
  string({ unit: 'grapheme', maxLength: 30 }),
  string({ unit: 'binary', maxLength: 30 }),
);
const hostile = array(nasty, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));

/** What GitHub's page filters look for in text outside code. */
const linkedByGitHub = /@[A-Za-z0-9]|#\d|\bGH-\d|:\/\/|\bwww\.|:[\w+-]+:/;

describe('markdownText', () => {
  it('makes no element, mention, link, emoji or mathematics, whatever the text', () => {
    assert(
      property(hostile, (text) => {
        const html = renderedHtml(`Before ${markdownText(text)} after`);
        expect(elementsIn(html).filter((name) => name !== 'span')).toEqual(['p']);
        expect(visible(html)).toBe(oneSpace(`Before ${onOneLine(text)} after`));
        const seenByGitHub = html
          .replace(/<[^>]*>/g, '\n')
          .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
        expect(seenByGitHub).not.toMatch(linkedByGitHub);
        expect(seenByGitHub).not.toMatch(/\$[^\n]/);
      }),
    );
  });

  it('starts no list, heading, quote, rule or table at the beginning of a line', () => {
    assert(
      property(hostile, (text) => {
        const html = renderedHtml(`${markdownText(text.trimStart())}x`);
        expect(elementsIn(html).filter((name) => name !== 'span')).toEqual(['p']);
      }),
    );
  });

  it('stays within its cell of a table', () => {
    assert(
      property(hostile, hostile, (first, second) => {
        const html = renderedHtml(`| | |\n|---|---|\n| ${markdownText(first)} | ${inlineCodeInCell(second)} |\n`);
        expect(html.match(/<td/g)).toHaveLength(2);
        expect(elementsIn(html).filter((name) => !['span', 'code'].includes(name))).toEqual([
          'table',
          'tbody',
          'td',
          'th',
          'thead',
          'tr',
        ]);
      }),
    );
  });

  it('stays within its cell when a backslash stands before a bar', () => {
    const code = inlineCodeInCell('a\\| www.evil.example \\\\| b');
    const html = renderedHtml(`| |\n|---|\n| ${code} |\n`);
    expect(html.match(/<td/g)).toHaveLength(1);
    expect(html).not.toContain('<a');
    expect(visibleText(html)).toContain('a\\| www.evil.example \\\\| b');
  });

  it('leaves ordinary words readable in the source', () => {
    expect(markdownText('string → number, 3.0.0 (major)')).toBe('string → number, 3.0.0 (major)');
    expect(markdownText('claim_amount')).toBe('claim\\_amount');
  });
});

describe('inlineCode', () => {
  it('shows exactly the text, in one code element', () => {
    assert(
      property(hostile, (text) => {
        pre(onOneLine(text).trim() !== '');
        const html = renderedHtml(`a ${inlineCode(text)} b`);
        expect(elementsIn(html)).toEqual(['code', 'p']);
        expect(visible(html)).toBe(oneSpace(`a ${onOneLine(text)} b`));
      }),
    );
  });

  it('names what cannot be seen', () => {
    expect(inlineCode('')).toBe('(empty)');
    expect(inlineCode('   ')).toBe('(spaces)');
    expect(inlineCode('a\u202Eb')).toBe('`a⟨U+202E⟩b`');
    expect(inlineCode('a`b')).toBe('``a`b``');
  });
});

describe('fencedCode', () => {
  it('cannot be left from inside', () => {
    assert(
      property(hostile, (text) => {
        const html = renderedHtml(`${fencedCode('yaml', text)}\n\nafter`);
        expect(elementsIn(html)).toEqual(['code', 'p', 'pre']);
        expect(html.endsWith('</code></pre>\n<p>after</p>')).toBe(true);
      }),
    );
  });
});

describe('htmlText', () => {
  it('makes no element inside a summary, and ends no block', () => {
    assert(
      property(hostile, (text) => {
        const html = renderedHtml(`<details><summary>${htmlText(text)}</summary>\n\ninside\n\n</details>\n`);
        expect(elementsIn(html)).toEqual(['details', 'p', 'summary']);
        expect(html).toContain('<p>inside</p>');
      }),
    );
  });
});

describe('linkTarget', () => {
  it('keeps an address within its brackets', () => {
    const address = 'https://github.example/acme/claims/blob/abc/a (1)|[x]`<b>.json#L3';
    expect(
      renderedHtml(`| a |\n|---|\n| [x](${linkTarget(address)}) |\n`).match(/<a href="[^"]*#L3">x<\/a>/),
    ).not.toBeNull();
  });

  it('leaves the anchors of GitHub as they are, and no emphasis', () => {
    const anchor = 'https://github.example/acme/claims/pull/1#discussion_r17';
    expect(linkTarget(anchor)).toBe(anchor);
    expect(linkTarget('https://github.example/_a_/__b')).toBe('https://github.example/%5Fa%5F/%5F%5Fb');
  });

  it('refuses anything but http(s)', () => {
    expect(() => linkTarget('javascript:alert(1)')).toThrow(TypeError);
  });
});

describe('shorten', () => {
  it('says that it cut, and leaves no half characters', () => {
    expect(shorten('abcdef', 4)).toBe('abc…');
    expect(shorten('ab😀cd', 4)).toBe('ab…');
    expect(shorten('abc', 3)).toBe('abc');
  });
});

function visible(html: string): string {
  return oneSpace(visibleText(html));
}

function oneSpace(text: string): string {
  return text.replace(/[\s\u00a0]+/gu, ' ').trim();
}

describe('markdownProse', () => {
  it('shows words between backticks as code, and the rest as words', () => {
    expect(markdownProse('add `claim_amount_value` (number)')).toBe('add `claim_amount_value` (number)');
    expect(markdownProse('a ` b')).toBe('a \\` b');
  });

  it('makes nothing but code of a hostile text', () => {
    assert(
      property(hostile, (text) => {
        const html = renderedHtml(`Before ${markdownProse(text)} after`);
        expect(elementsIn(html).filter((name) => !['span', 'code'].includes(name))).toEqual(['p']);
        expect(html.replace(/<code>.*?<\/code>/gs, '\n').replace(/<[^>]*>/g, '\n')).not.toMatch(linkedByGitHub);
      }),
    );
  });
});
