import type { ContactInput, Issue, OutdialError } from './index.js';

/** What a CSV file may come from: bytes, or text that was decoded already. */
export type CsvStream =
  | string
  | Uint8Array
  | Blob
  | ReadableStream<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>;

/** The fields of an input and the names of their columns: `{ phoneNumber: 'Phone', customFields: { plan: 'Plan' } }`. */
export type CsvMapping = { readonly phoneNumber: string } & {
  readonly [field: string]: string | null | undefined | { readonly [field: string]: string | null | undefined };
};

/** How a file is read. */
export interface CsvOptions<Input = ContactInput> {
  /** What stands between the fields, one character. Default: what finds the mapped columns of comma, semicolon, tab and bar. */
  delimiter?: string;
  /** Of bytes, by a name of the Encoding Standard: `'windows-1252'`. Default: UTF-8, or UTF-16 where they begin as it does; what is neither is refused. */
  encoding?: string;
  /** What is wrong with an input: `(input) => validateContact('truedy', input)`. Default: nothing but a missing number. */
  validate?: (input: Input) => readonly Issue[];
}

/** What became of one row, told apart by `ok`; `line` is where it begins in the file, from 1. */
export type CsvRow<Input = ContactInput> =
  | { line: number; ok: true; value: Input }
  | { line: number; ok: false; error: OutdialError };

/**
 * The rows of a CSV file, one at a time and in constant memory, as inputs of createContact. A bad row (a quote that is not
 * closed, other than the head's number of fields, no number, or what `validate` refuses) is a result with its line.
 *
 * @throws {OutdialError} invalid_input, by name, for a mapping whose column is missing or there twice, and for a stream that
 * cannot be read; the rows before were given
 * @example
 * const validate = (input) => validateContact('truedy', input);
 * for await (const row of readContactsCsv(file.stream(), { phoneNumber: 'Phone', firstName: 'First name' }, { validate })) {
 *   if (row.ok) console.log(row.value.phoneNumber);
 *   else console.error(row.line, row.error.message);
 * }
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function readContactsCsv<Input = ContactInput>(
  stream: CsvStream,
  mapping: CsvMapping,
  options?: CsvOptions<Input>,
): AsyncGenerator<CsvRow<Input>, void, undefined>;
