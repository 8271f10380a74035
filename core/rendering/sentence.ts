/** Messages come from many hands, with a full stop or without; readers get them with one. */
export function sentence(text: string): string {
  return /[.!?…:]$/.test(text) ? text : `${text}.`;
}
