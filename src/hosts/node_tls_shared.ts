// node_tls_shared.ts: what the interpreter's thread and the watcher thread tell each other about TLS (docs/adr/0008-tls.md).
//
// The watcher holds contexts and connections of Node by number, which the interpreter's thread gives (node_tls.ts). Each turn is an
// order that is answered when the watcher's event loop has nothing left to do for it.
import type { HostTlsOpening, HostTlsSettings, HostTlsTurn } from '../core/host_tls.ts';

export type TlsOrder =
  /** (answered, as all with `id`) */
  | { op: 'context'; context: number; settings: HostTlsSettings }
  | { op: 'forget'; context: number }
  | { op: 'open'; connection: number; context: number; opening: HostTlsOpening }
  | { op: 'turn'; connection: number; input: Uint8Array | null; plain: Uint8Array | null; last: boolean }
  | { op: 'close'; connection: number };

/** What orders are answered with beside their code. */
export type TlsAnswer = HostTlsTurn | { reason: string };
