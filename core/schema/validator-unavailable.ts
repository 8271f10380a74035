/** ajv cannot judge, which says nothing about the schema or the document: callers answer `undecided`. */
export class ValidatorUnavailable extends Error {
  override readonly name = 'ValidatorUnavailable';
}
