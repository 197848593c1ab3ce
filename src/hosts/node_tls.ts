// node_tls.ts: TLS as the interpreter's thread sees it: by orders to the watcher, which has Node's (node_tls_worker.ts).
import * as crypto from 'node:crypto';
import * as tls from 'node:tls';
import {
  type HostKeyProblem,
  type HostTls,
  type HostTlsConnection,
  type HostTlsContext,
  HostTlsError,
  type HostTlsOpening,
  type HostTlsPair,
  type HostTlsSettings,
  type HostTlsTurn,
} from '../core/host_tls.ts';
import type { NodeEvents } from './node_events.ts';
import type { TlsOrder } from './node_tls_shared.ts';

/** Node's OpenSSL takes no weaker keys unless it is told to. */
const LEAST_RSA_BITS = 1024;

class Context implements HostTlsContext {
  private readonly events: NodeEvents;
  private readonly number: number;
  constructor(events: NodeEvents, number: number) {
    this.events = events;
    this.number = number;
  }

  open(opening: HostTlsOpening): HostTlsConnection {
    const connection = this.events.new_id();
    ask(this.events, { op: 'open', connection, context: this.number, opening });
    return new Connection(this.events, connection);
  }

  close(): void {
    this.events.tell({ do: 'tls', id: 0, tls: { op: 'forget', context: this.number } });
  }
}

class Connection implements HostTlsConnection {
  private readonly events: NodeEvents;
  private readonly number: number;
  constructor(events: NodeEvents, number: number) {
    this.events = events;
    this.number = number;
  }

  turn(input: Uint8Array | null, plain: Uint8Array | null, last: boolean): HostTlsTurn {
    return ask(this.events, { op: 'turn', connection: this.number, input, plain, last });
  }

  close(): void {
    this.events.tell({ do: 'tls', id: 0, tls: { op: 'close', connection: this.number } });
  }
}

function ask(events: NodeEvents, order: TlsOrder): HostTlsTurn {
  const { code, tls: answer } = events.ask({ do: 'tls', tls: order });
  if (code !== '' || answer === undefined || 'reason' in answer)
    throw new HostTlsError(code, answer !== undefined && 'reason' in answer ? answer.reason : '');
  return answer;
}

export class NodeTls implements HostTls {
  private readonly events: NodeEvents;
  constructor(events: NodeEvents) {
    this.events = events;
  }

  get version(): string {
    return process.versions.openssl;
  }

  context(settings: HostTlsSettings): HostTlsContext {
    const context = this.events.new_id();
    ask(this.events, { op: 'context', context, settings });
    return new Context(this.events, context);
  }

  check_curve(name: string): void {
    try {
      tls.createSecureContext({ ecdhCurve: name });
    } catch (e) {
      const { code, message } = e as NodeJS.ErrnoException;
      throw new HostTlsError(code ?? '', message);
    }
  }

  check_pair({ cert, key, passphrase }: HostTlsPair): { kind: string } | { problem: HostKeyProblem } {
    let leaf: crypto.X509Certificate;
    let secret: crypto.KeyObject;
    try {
      leaf = new crypto.X509Certificate(cert);
      secret = crypto.createPrivateKey({ key, format: 'pem', ...(passphrase === null ? {} : { passphrase }) });
    } catch {
      return { problem: 'no key' };
    }
    if (!leaf.checkPrivateKey(secret)) return { problem: 'mismatch' };
    const bits = secret.asymmetricKeyDetails?.modulusLength;
    if (bits !== undefined && bits < LEAST_RSA_BITS) return { problem: 'too small' };
    return { kind: secret.asymmetricKeyType ?? '' };
  }

  roots(): readonly string[] {
    return tls.rootCertificates;
  }
}
