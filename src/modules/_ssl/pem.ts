// pem.ts: DER in text.                                                                                        RFC 7468

export interface PemBlock {
  label: string;
  der: Uint8Array;
}

/** The blocks of a text; null: one of them is damaged. */
export function pem_blocks(text: string): PemBlock[] | null {
  const out: PemBlock[] = [];
  const pattern = /^-----BEGIN ([A-Z0-9 ]+)-----\s*$([\s\S]*?)^-----END \1-----\s*?$/gm;
  const begun = text.match(/^-----BEGIN [A-Z0-9 ]+-----\s*$/gm)?.length ?? 0;
  for (const [, label, body] of text.matchAll(pattern)) {
    const headers = /^[A-Za-z-]+:[^\n]*\n/m.test(body!);
    const der = headers ? new Uint8Array(0) : decode(body!);
    if (der === null) return null;
    out.push({ label: label!, der });
  }
  return out.length === begun ? out : null;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64; null: it is damaged. */
function decode(body: string): Uint8Array | null {
  const digits = body.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(digits) || digits.length % 4 !== 0) return null;
  const padding = digits.endsWith('==') ? 2 : digits.endsWith('=') ? 1 : 0;
  const out = new Uint8Array((digits.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < digits.length; i += 4) {
    let bits = 0;
    for (let k = 0; k < 4; k++) bits = (bits << 6) | Math.max(0, DIGITS.indexOf(digits[i + k]!));
    for (let k = 0; k < 3 && at < out.length; k++) out[at++] = bits >> (16 - 8 * k);
  }
  return out;
}

function encode(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const n = Math.min(3, bytes.length - i);
    for (let k = 0; k < 4; k++) text += k <= n ? DIGITS[(bits >> (18 - 6 * k)) & 63] : '=';
  }
  return text;
}

export function is_certificate(label: string): boolean {
  return label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE';
}

export function pem_text(label: string, der: Uint8Array): string {
  const lines = encode(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
