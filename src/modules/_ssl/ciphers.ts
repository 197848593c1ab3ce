// ciphers.ts: cipher suites, and which of them a list chooses.                      OpenSSL: doc/man1/openssl-ciphers.pod.in
//
// Node tells which suite a connection has, not which ones a list allows: that is found here, by OpenSSL's rules.

export interface Cipher {
  /** As in the protocol; OpenSSL's own number has 0x03000000 above it. */
  id: number;
  name: string;
  protocol: string;
  kx: string;
  au: string;
  enc: string;
  mac: string;
  bits: number;
  symmetric: string;
  digest: string | null;
  kea: string;
  auth: string;
}

/** Those that Node has: id, name and least protocol, in the order of OpenSSL's list ALL. */
const SUITES = `4866 TLS_AES_256_GCM_SHA384 TLSv1.3
4867 TLS_CHACHA20_POLY1305_SHA256 TLSv1.3
4865 TLS_AES_128_GCM_SHA256 TLSv1.3
49196 ECDHE-ECDSA-AES256-GCM-SHA384 TLSv1.2
49200 ECDHE-RSA-AES256-GCM-SHA384 TLSv1.2
159 DHE-RSA-AES256-GCM-SHA384 TLSv1.2
52393 ECDHE-ECDSA-CHACHA20-POLY1305 TLSv1.2
52392 ECDHE-RSA-CHACHA20-POLY1305 TLSv1.2
52394 DHE-RSA-CHACHA20-POLY1305 TLSv1.2
49195 ECDHE-ECDSA-AES128-GCM-SHA256 TLSv1.2
49199 ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2
158 DHE-RSA-AES128-GCM-SHA256 TLSv1.2
49188 ECDHE-ECDSA-AES256-SHA384 TLSv1.2
49192 ECDHE-RSA-AES256-SHA384 TLSv1.2
107 DHE-RSA-AES256-SHA256 TLSv1.2
49187 ECDHE-ECDSA-AES128-SHA256 TLSv1.2
49191 ECDHE-RSA-AES128-SHA256 TLSv1.2
103 DHE-RSA-AES128-SHA256 TLSv1.2
49162 ECDHE-ECDSA-AES256-SHA TLSv1.0
49172 ECDHE-RSA-AES256-SHA TLSv1.0
57 DHE-RSA-AES256-SHA SSLv3
49161 ECDHE-ECDSA-AES128-SHA TLSv1.0
49171 ECDHE-RSA-AES128-SHA TLSv1.0
51 DHE-RSA-AES128-SHA SSLv3
157 AES256-GCM-SHA384 TLSv1.2
156 AES128-GCM-SHA256 TLSv1.2
61 AES256-SHA256 TLSv1.2
60 AES128-SHA256 TLSv1.2
53 AES256-SHA SSLv3
47 AES128-SHA SSLv3`;

const EXCHANGES: [prefix: string, kx: string, au: string, kea: string, auth: string][] = [
  ['TLS_', 'any', 'any', 'kx-any', 'auth-any'],
  ['ECDHE-ECDSA-', 'ECDH', 'ECDSA', 'kx-ecdhe', 'auth-ecdsa'],
  ['ECDHE-RSA-', 'ECDH', 'RSA', 'kx-ecdhe', 'auth-rsa'],
  ['DHE-RSA-', 'DH', 'RSA', 'kx-dhe', 'auth-rsa'],
  ['', 'RSA', 'RSA', 'kx-rsa', 'auth-rsa'],
];

function cipher_of(line: string): Cipher {
  const [id, name, protocol] = line.split(' ') as [string, string, string];
  const [, kx, au, kea, auth] = EXCHANGES.find(([prefix]) => name.startsWith(prefix))!;
  const bits = name.includes('128') ? 128 : 256;
  const common = { id: Number(id), name, protocol, kx, au, kea, auth, bits };
  if (name.includes('CHACHA20'))
    return {
      ...common,
      enc: 'CHACHA20/POLY1305(256)',
      mac: 'AEAD',
      bits: 256,
      symmetric: 'chacha20-poly1305',
      digest: null,
    };
  if (name.includes('GCM'))
    return { ...common, enc: `AESGCM(${bits})`, mac: 'AEAD', symmetric: `aes-${bits}-gcm`, digest: null };
  const hash = name.endsWith('SHA384') ? 'SHA384' : name.endsWith('SHA256') ? 'SHA256' : 'SHA1';
  return { ...common, enc: `AES(${bits})`, mac: hash, symmetric: `aes-${bits}-cbc`, digest: hash.toLowerCase() };
}

const made: { all: Cipher[] | null } = { all: null };

export function all_ciphers(): readonly Cipher[] {
  made.all ??= SUITES.split('\n').map(cipher_of);
  return made.all;
}

export function cipher_by_name(name: string): Cipher | null {
  return all_ciphers().find(c => c.name === name) ?? null;
}

/** As SSL_CIPHER_description shows it. */
export function cipher_description(c: Cipher): string {
  const protocol = c.protocol === 'TLSv1.0' ? 'TLSv1' : c.protocol;
  const cells = [c.name.padEnd(30), protocol.padEnd(7), `Kx=${c.kx.padEnd(8)}`, `Au=${c.au.padEnd(5)}`];
  return [...cells, `Enc=${c.enc.padEnd(22)}`, `Mac=${c.mac}`].join(' ');
}

/** What words of lists stand for; a word that is not here is a suite's name, or stands for none. */
const WORDS: Readonly<Record<string, (c: Cipher) => boolean>> = {
  ALL: () => true,
  HIGH: () => true,
  COMPLEMENTOFDEFAULT: () => false,
  RSA: c => c.kx === 'RSA' && c.au === 'RSA',
  kRSA: c => c.kx === 'RSA',
  aRSA: c => c.au === 'RSA',
  aECDSA: c => c.au === 'ECDSA',
  ECDSA: c => c.au === 'ECDSA',
  kDHE: c => c.kx === 'DH',
  kEDH: c => c.kx === 'DH',
  DH: c => c.kx === 'DH',
  DHE: c => c.kx === 'DH',
  EDH: c => c.kx === 'DH',
  kECDHE: c => c.kx === 'ECDH',
  kEECDH: c => c.kx === 'ECDH',
  ECDH: c => c.kx === 'ECDH',
  ECDHE: c => c.kx === 'ECDH',
  EECDH: c => c.kx === 'ECDH',
  AES: c => c.enc.startsWith('AES'),
  AES128: c => c.enc.startsWith('AES') && c.bits === 128,
  AES256: c => c.enc.startsWith('AES') && c.bits === 256,
  AESGCM: c => c.enc.startsWith('AESGCM'),
  CHACHA20: c => c.enc.startsWith('CHACHA20'),
  SHA: c => c.mac === 'SHA1',
  SHA1: c => c.mac === 'SHA1',
  SHA256: c => c.mac === 'SHA256',
  SHA384: c => c.mac === 'SHA384',
  'TLSv1.2': c => c.protocol === 'TLSv1.2',
  'TLSv1.0': c => c.protocol === 'TLSv1.0',
  TLSv1: c => c.protocol === 'TLSv1.0',
  SSLv3: c => c.protocol === 'SSLv3',
};

/** Expands DEFAULT at the beginning. */
const DEFAULT = 'ALL:!COMPLEMENTOFDEFAULT:!eNULL';

/** The suites that a list allows, best first. TLS 1.3's are not for lists to choose. */
export function choose_ciphers(list: string): Cipher[] {
  const older = all_ciphers().filter(c => c.protocol !== 'TLSv1.3');
  const banned = new Set<Cipher>();
  let chosen: Cipher[] = [];
  for (const element of list.replace(/^DEFAULT\b/, DEFAULT).split(/[:, ;]+/)) {
    if (element === '@STRENGTH') chosen = [...chosen].sort((a, b) => b.bits - a.bits);
    if (element === '' || element[0] === '@') continue;
    const op = '!-+'.includes(element[0]!) ? element[0]! : '';
    const words = element.slice(op.length).split('+');
    const meant = (c: Cipher): boolean => words.every(w => WORDS[w]?.(c) ?? c.name === w);
    const found = older.filter(meant);
    if (op === '!') for (const c of found) banned.add(c);
    if (op === '!' || op === '-') chosen = chosen.filter(c => !found.includes(c));
    else if (op === '+') chosen = [...chosen.filter(c => !found.includes(c)), ...chosen.filter(c => found.includes(c))];
    else chosen.push(...found.filter(c => !banned.has(c) && !chosen.includes(c)));
  }
  return chosen;
}
