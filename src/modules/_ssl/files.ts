// files.ts: certificates and keys of files and folders.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { HostError } from '../../core/host.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { host, system } from '../args.ts';
import { fs_bytes, PyOS_FSPath } from '../posix/path.ts';
import { read_whole } from '../whole_file.ts';
import { latin1, Malformed } from './der.ts';
import { is_certificate, pem_blocks } from './pem.ts';
import { parse_certificate, type X509 } from './x509.ts';

const utf8 = new TextEncoder();

/** A path's bytes. `what`: named in the error. */
export function path_bytes(o: PyObject, what: string): Uint8Array {
  let path: PyObject;
  try {
    path = PyOS_FSPath(o);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_TypeError)) throw e;
    PyErr_Clear(e);
    PyErr_SetString(PyExc_TypeError, `${what} should be a valid filesystem path`);
  }
  try {
    return fs_bytes(path);
  } finally {
    decref(path);
  }
}

/** A whole file as text, a character for each byte; OSError. */
export function file_text(path: Uint8Array): string {
  return latin1(system(() => read_whole(path)));
}

/** The certificates and revocation lists of a text; null: it is damaged. */
export function read_trusted(text: string): { certificates: X509[]; crls: Uint8Array[] } | null {
  const blocks = pem_blocks(text);
  if (blocks === null) return null;
  try {
    return {
      certificates: blocks.filter(b => is_certificate(b.label)).map(b => parse_certificate(b.der)),
      crls: blocks.filter(b => b.label === 'X509 CRL').map(b => b.der),
    };
  } catch (e) {
    if (e instanceof Malformed) return null;
    throw e;
  }
}

/** The certificates of a folder whose files are named by hashes (openssl rehash). */
export function read_folder(folder: string): X509[] {
  const { files } = host();
  const found: X509[] = [];
  try {
    for (const { name } of files.readdir(utf8.encode(folder))) {
      const text = latin1(name);
      if (!/^[0-9a-f]{8}\.\d+$/.test(text)) continue;
      found.push(...(read_trusted(latin1(read_whole(utf8.encode(`${folder}/${text}`))))?.certificates ?? []));
    }
  } catch (e) {
    // A folder that is not there has no certificates.
    if (!(e instanceof HostError)) throw e;
  }
  return found;
}

const PLACES = ['/usr/lib/ssl', '/etc/ssl', '/etc/pki/tls', '/usr/local/ssl'];
const R_OK = 4;

function there(path: string): boolean {
  try {
    return host().files.access(utf8.encode(path), R_OK);
  } catch (e) {
    if (e instanceof HostError) return false;
    throw e;
  }
}

/** Where a system keeps the certificates that it trusts. */
export function default_places(): { file: string; folder: string } {
  const place = PLACES.find(p => there(`${p}/certs`)) ?? PLACES[0]!;
  return { file: `${place}/cert.pem`, folder: `${place}/certs` };
}

/** A variable of the environment. */
function variable(name: string): string | null {
  const found = host()
    .process.environ()
    .find(([key]) => latin1(key) === name);
  return found === undefined ? null : new TextDecoder().decode(found[1]);
}

/** What is trusted by default, as far as it is there. */
export function default_trust(): { certificates: X509[]; folder: string | null } {
  const places = default_places();
  const file = variable('SSL_CERT_FILE') ?? places.file;
  const folder = variable('SSL_CERT_DIR') ?? places.folder;
  const trusted = there(file) ? read_trusted(file_text(utf8.encode(file))) : null;
  return { certificates: trusted?.certificates ?? [], folder: there(folder) ? folder : null };
}
