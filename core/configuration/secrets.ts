/** Whether a text is, or holds, the address of a database or a password, which must never be in a repository. */
export function looksLikeAddress(text: string): boolean {
  return (
    /[a-z][a-z0-9+.-]*:\/\//i.test(text) ||
    /\b(password|pwd|host|user|dbname)\s*=/i.test(text) ||
    /^[^\s@/]+:[^\s@]+@/.test(text)
  );
}
