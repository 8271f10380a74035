/** One line of CSV (RFC 4180), as `COPY … CSV` writes it: null is nothing, an empty text is `""`. */
export function csvLine(fields: readonly (string | null)[]): string {
  return `${fields.map(field).join(',')}\n`;
}

function field(text: string | null): string {
  if (text === null) return '';
  if (text === '' || text === '\\.' || /[",\r\n]/.test(text)) return `"${text.replaceAll('"', '""')}"`;
  return text;
}
