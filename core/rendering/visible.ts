/**
 * Characters that a reader cannot see but a machine obeys: controls, bidirectional overrides, zero-width and other ignorable
 * characters, tags, lone surrogates. Not tab, line feed and the variation selector that belongs to many emoji.
 */
const invisible = /(?!\t|\n|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Names every invisible character instead of obeying it: `⟨U+202E⟩`. Line ends become `\n`. */
export function makeVisible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(invisible, (character) => `⟨U+${codePoint(character)}⟩`);
}

/** As `makeVisible`, for text that must stay on one line. */
export function onOneLine(text: string): string {
  return makeVisible(text).replace(/\s+/gu, ' ');
}

/** JSON with every invisible character as an escape, so that it can be copied and still means the same. */
export function visibleJson(value: unknown, indent: number): string {
  return JSON.stringify(value, null, indent).replace(invisible, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
