// decode.ts: what the parser asks of its surroundings when there is no interpreter: encodings, character names.
import { lookup_name } from '../../objects/unicode_data/names.ts';
import { PySyntaxError } from '../../parser/errors.ts';

/** The code point of a character's name, -1 if there is none. */
export function unicodeName(name: string): number {
  const points = lookup_name(name, false);
  return points === null || points.length !== 1 ? -1 : points[0]!;
}

/** The platform's decoders know the encodings that sources are in. Throws a SyntaxError for one that they do not know. */
export function decode(bytes: Uint8Array, encoding: string): string {
  const label = encoding.toLowerCase().replaceAll('_', '-');
  const refuse = (why: string): never => {
    throw new PySyntaxError('SyntaxError', why);
  };
  const make = (): { decode(bytes: Uint8Array): string } => {
    try {
      return new TextDecoder(/^latin-?1$|^l1$/.test(label) ? 'latin1' : label, { fatal: true });
    } catch {
      return refuse(`unknown encoding: ${encoding}`);
    }
  };
  const decoder = make();
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse(`(unicode error) '${encoding}' codec can't decode the source`);
  }
}
