// node_log.ts: messages for the system's log.
//
// It listens on the datagram socket /dev/log, which Node cannot open: logger(1) brings them there. As with C's library, a
// message is lost where there is no such socket.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { errno_number } from '../core/errno.ts';
import { HostError } from '../core/host.ts';

/** As logger(1) names them, by number. */
const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
const FACILITIES = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
];

export function log_message(priority: number, tag: string, pid: number | null, message: string): void {
  if (!fs.existsSync('/dev/log')) return;
  const facility = FACILITIES[priority >> 3] ?? `local${(priority >> 3) - 16}`;
  const argv = [
    '-t',
    tag,
    '-p',
    `${facility}.${LEVELS[priority & 7]}`,
    ...(pid === null ? [] : [`--id=${pid}`]),
    '--',
    message,
  ];
  if (spawnSync('logger', argv, { stdio: 'ignore' }).status !== 0) {
    throw new HostError(errno_number('ENOSYS'), 'logger(1), which brings messages to /dev/log, does not run');
  }
}
