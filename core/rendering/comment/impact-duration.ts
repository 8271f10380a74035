/** A time that is an estimate, in words: `about 40 s`, `about 4 min`, `about 3 h`. */
export function aboutSeconds(seconds: number): string {
  if (seconds < 1) return 'less than a second';
  if (seconds < 100) return `about ${Math.round(seconds)} s`;
  const minutes = seconds / 60;
  if (minutes < 100) return `about ${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 100 ? `about ${Math.round(hours)} h` : `about ${Math.round(hours / 24)} days`;
}
