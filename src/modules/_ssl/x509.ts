// x509.ts: what is in a certificate.                                                                          RFC 5280
//
// Only what Python shows is read; all of it is data, made into objects by certificate.ts.
import {
  BOOLEAN,
  GENERALIZED_TIME,
  INTEGER,
  latin1,
  Malformed,
  type Node,
  node_at,
  nodes,
  OBJECT,
  oid_text,
  parts,
  SEQUENCE,
  small_integer,
  string_text,
} from './der.ts';
import { object_by_oid } from './objects.ts';

/** A name: relative distinguished names, each of attributes (what, value). */
export type Name = [string, string][][];

export interface Extension {
  critical: boolean;
  value: Uint8Array;
}

export interface X509 {
  der: Uint8Array;
  subject: Name;
  issuer: Name;
  subject_der: Uint8Array;
  issuer_der: Uint8Array;
  /** As `version` shows it: 1 to 3. */
  version: number;
  serial: string;
  not_before: string;
  not_after: string;
  /** By dotted form. */
  extensions: Map<string, Extension>;
}

/** How OpenSSL shows an object: its long name, or its numbers. */
export function object_name(content: Uint8Array): string {
  const oid = oid_text(content);
  return object_by_oid(oid)?.long ?? oid;
}

function name_of(node: Node): Name {
  return parts(node).map(rdn =>
    parts(rdn).map((attribute): [string, string] => {
      const [type, value] = parts(attribute);
      if (type === undefined || value === undefined) throw new Malformed('name');
      return [object_name(type.content), string_text(value)];
    }),
  );
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As ASN1_TIME_print shows it. */
function time_text(node: Node | undefined): string {
  if (node === undefined) throw new Malformed('time');
  const text = latin1(node.content);
  const m =
    node.tag === GENERALIZED_TIME
      ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(\.\d+)?(Z?)/.exec(text)
      : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?()(Z?)/.exec(text);
  if (m === null) return 'Bad time value';
  const short = Number(m[1]);
  const year = node.tag === GENERALIZED_TIME ? short : short + (short < 50 ? 2000 : 1900);
  const day = m[3]!.replace(/^0/, ' ');
  return `${MONTHS[Number(m[2]) - 1]} ${day} ${m[4]}:${m[5]}:${m[6] ?? '00'}${m[7] ?? ''} ${year}${m[8] === 'Z' ? ' GMT' : ''}`;
}

function serial_text(content: Uint8Array): string {
  let hex = '';
  for (const b of content) hex += b.toString(16).padStart(2, '0');
  let n = BigInt(`0x${hex || '0'}`);
  const negative = (content[0] ?? 0) >= 0x80;
  if (negative) n = (1n << BigInt(content.length * 8)) - n;
  const digits = n.toString(16).toUpperCase();
  return `${negative ? '-' : ''}${digits.length % 2 === 1 ? '0' : ''}${digits}`;
}

export function parse_certificate(der: Uint8Array): X509 {
  const certificate = node_at(der, 0);
  if (certificate.tag !== SEQUENCE) throw new Malformed('certificate');
  const [body] = parts(certificate);
  const fields = parts(body);
  let i = 0;
  let version = 1;
  if (fields[0]?.tag === 0xa0) version = small_integer(parts(fields[i++]!)[0]!.content) + 1;
  const serial = fields[i++];
  i++; // the signature's algorithm
  const [issuer, validity, subject] = fields.slice(i, i + 3);
  if (serial?.tag !== INTEGER || issuer === undefined || subject === undefined) throw new Malformed('certificate');
  const [not_before, not_after] = parts(validity);
  const extensions = new Map<string, Extension>();
  const list = fields.find(f => f.tag === 0xa3);
  for (const e of list === undefined ? [] : parts(parts(list)[0])) {
    const [id, second, third] = parts(e);
    const value = third ?? second;
    if (id?.tag !== OBJECT || value === undefined) throw new Malformed('extension');
    const critical = third !== undefined && second!.tag === BOOLEAN && second!.content[0] !== 0;
    extensions.set(oid_text(id.content), { critical, value: value.content });
  }
  return {
    der: certificate.whole,
    subject: name_of(subject),
    issuer: name_of(issuer),
    subject_der: subject.whole,
    issuer_der: issuer.whole,
    version,
    serial: serial_text(serial.content),
    not_before: time_text(not_before),
    not_after: time_text(not_after),
    extensions,
  };
}

// --- extensions -----------------------------------------------------------------------------------------------------------

export const KEY_USAGE = '2.5.29.15';
export const SUBJECT_ALT_NAME = '2.5.29.17';
export const BASIC_CONSTRAINTS = '2.5.29.19';
export const CRL_DISTRIBUTION_POINTS = '2.5.29.31';
export const AUTHORITY_KEY = '2.5.29.35';
export const SUBJECT_KEY = '2.5.29.14';
export const AUTHORITY_INFO = '1.3.6.1.5.5.7.1.1';
const ACCESS_OCSP = '1.3.6.1.5.5.7.48.1';
const ACCESS_CA_ISSUERS = '1.3.6.1.5.5.7.48.2';
const URI = 0x86;

/** A general name: (kind, text), or a directory name. */
export type GeneralName = [kind: string, text: string] | [kind: 'DirName', name: Name];

function ip_text(b: Uint8Array): string {
  if (b.length === 4) return b.join('.');
  if (b.length !== 16) return '<invalid>';
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) groups.push(((b[i]! << 8) | b[i + 1]!).toString(16).toUpperCase());
  return groups.join(':');
}

/** CPython: _get_peer_alt_names */
export function alt_names(x: X509): GeneralName[] {
  const extension = x.extensions.get(SUBJECT_ALT_NAME);
  if (extension === undefined) return [];
  return parts(node_at(extension.value, 0)).map((n): GeneralName => {
    switch (n.tag) {
      case 0x81:
        return ['email', utf8(n.content)];
      case 0x82:
        return ['DNS', utf8(n.content)];
      case URI:
        return ['URI', utf8(n.content)];
      case 0xa4:
        return ['DirName', name_of(node_at(n.content, 0))];
      case 0x87:
        return ['IP Address', ip_text(n.content)];
      case 0x88:
        return ['Registered ID', object_name(n.content)];
      case 0xa0:
        return ['othername', '<unsupported>'];
      case 0xa3:
        return ['X400Name', '<unsupported>'];
      default:
        return ['EdiPartyName', '<unsupported>'];
    }
  });
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The addresses of who tells whether it was revoked, and of the issuer's certificate. CPython: _get_aia_uri */
export function authority_info(x: X509): { ocsp: string[]; ca_issuers: string[] } {
  const found = { ocsp: [] as string[], ca_issuers: [] as string[] };
  const extension = x.extensions.get(AUTHORITY_INFO);
  if (extension === undefined) return found;
  for (const access of parts(node_at(extension.value, 0))) {
    const [method, location] = parts(access);
    if (method === undefined || location?.tag !== URI) continue;
    const oid = oid_text(method.content);
    if (oid === ACCESS_OCSP) found.ocsp.push(utf8(location.content));
    else if (oid === ACCESS_CA_ISSUERS) found.ca_issuers.push(utf8(location.content));
  }
  return found;
}

/** CPython: _get_crl_dp */
export function crl_points(x: X509): string[] {
  const extension = x.extensions.get(CRL_DISTRIBUTION_POINTS);
  if (extension === undefined) return [];
  const out: string[] = [];
  for (const point of parts(node_at(extension.value, 0))) {
    const where = parts(point).find(f => f.tag === 0xa0);
    if (where === undefined) continue;
    const full = nodes(where.content).find(f => f.tag === 0xa0);
    for (const n of full === undefined ? [] : nodes(full.content)) if (n.tag === URI) out.push(utf8(n.content));
  }
  return out;
}

/** Whether others can be vouched for by it. OpenSSL: X509_check_ca */
export function is_ca(x: X509): boolean {
  const usage = x.extensions.get(KEY_USAGE);
  if (usage !== undefined) {
    const bits = node_at(usage.value, 0).content;
    if (((bits[1] ?? 0) & 0x04) === 0) return false;
  }
  const extension = x.extensions.get(BASIC_CONSTRAINTS);
  if (extension !== undefined) {
    const [first] = parts(node_at(extension.value, 0));
    return first?.tag === BOOLEAN && first.content[0] !== 0;
  }
  // Old roots say nothing.
  return (x.version === 1 && self_issued(x)) || usage !== undefined;
}

export function self_issued(x: X509): boolean {
  return same_bytes(x.subject_der, x.issuer_der);
}

export function same_bytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
