// names.ts: names of hosts, which the host's resolver is asked for.                            CPython: Modules/socketmodule.c
//
// Numeric addresses, localhost and this machine's own name need nobody. For others the thread waits; where the host has no
// resolver (a page), they stand for nothing.
import { PyErr_SetObject } from '../../core/errors.ts';
import { type HostAddress, type HostLookup, HostLookupError } from '../../core/host.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { host } from '../args.ts';
import { wait_for_result, wait_until } from '../blocking.ts';
import { AF_INET, AF_INET6, errors, raise_gaierror, resolve } from './address.ts';

export const EAI_NONAME = -2;
const MESSAGES: Readonly<Record<number, string>> = {
  [EAI_NONAME]: 'Name or service not known',
  [-3]: 'Temporary failure in name resolution',
  [-4]: 'Non-recoverable failure in name resolution',
};

type Naming = (name: string | null, service: string | null) => PyObject;
const NO_NAME: [null, null] = [null, null];

/** Numeric text and family. */
export type Found = [text: string, family: number];

export function unknown_name(code = EAI_NONAME): never {
  raise_gaierror(code, MESSAGES[code] ?? 'Unknown error');
}

/** The answer so far; what went wrong is a gaierror. `none` stands for one that says there is none. */
function answer_of<T>(lookup: HostLookup<T>, none: T | null = null): T | null {
  try {
    return lookup.answer();
  } catch (e) {
    if (!(e instanceof HostLookupError)) throw e;
    return none !== null && e.code === EAI_NONAME ? none : unknown_name(e.code);
  }
}

function begin(name: string, family: number): HostLookup<HostAddress[]> {
  const { sockets } = host();
  return sockets?.lookup?.(name, family) ?? unknown_name();
}

function numbers(list: readonly HostAddress[]): Found[] {
  return list.map(a => [a.host, a.family]);
}

/** Asks for a name in the midst of a native. */
export function look_up(name: string, family: number): Found {
  const lookup = begin(name, family);
  const found = wait_until(() => answer_of(lookup), [], -1n)!;
  return numbers(found)[0] ?? unknown_name();
}

/** What `result` makes of a name's addresses in a family (0: any), as the last act of a native. */
export function with_addresses(
  native: unknown,
  name: string,
  family: number,
  result: (found: Found[]) => PyObject,
): PyObject {
  const known = resolve(name, family);
  if (known !== null) return result([known]);
  const lookup = begin(name, family);
  const look = (): PyObject | null => {
    const found = answer_of(lookup);
    return found === null ? null : result(numbers(found));
  };
  return wait_for_result(native, look, [], `the address of ${name}`);
}

/** What `result` makes of an address's name (null: none) and service, as the last act of a native. */
export function with_name(native: unknown, [text, family]: Found, port: number, result: Naming): PyObject {
  if ((family === AF_INET && text.startsWith('127.')) || (family === AF_INET6 && text === '::1'))
    return result('localhost', null);
  const lookup: HostLookup<Parameters<Naming>> | undefined = host().sockets?.reverse?.({ family, host: text, port });
  if (lookup === undefined) return result(null, null);
  const look = (): PyObject | null => {
    const found = answer_of(lookup, NO_NAME);
    return found === null ? null : result(found[0], found[1]);
  };
  return wait_for_result(native, look, [], `the name of ${text}`);
}

/** CPython: set_herror, for an address that has no name */
export function raise_unknown_host(): never {
  const args = PyTuple_FromArraySteal([PyLong_FromLong(1), PyUnicode_FromString('Unknown host')]);
  try {
    PyErr_SetObject(errors.herror!, args);
  } finally {
    decref(args);
  }
}
