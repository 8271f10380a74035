/** What to do instead of taking away what readers rely on. `what`: as in "without the pattern". */
export function takenAway(what: string): (subject: string) => string {
  return (subject) => `Let readers of ${subject} do without ${what} first, and take it away in the next version.`;
}
