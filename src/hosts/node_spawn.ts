// node_spawn.ts: starting programs and learning how they ended.
//
// The watcher thread starts them (node_watcher.ts), because only an event loop is told when a child ends. Node tells
// whether a program could be started, but not in which step it failed: folder and file are looked at before.
import * as fs from 'node:fs';
import { errno_number } from '../core/errno.ts';
import { HostError, type HostSpawn, type HostWaited } from '../core/host.ts';
import type { NodeEvents } from './node_events.ts';
import { type FdTable, host_error, host_path } from './node_fd.ts';

/** Made when first used: a start-up snapshot may hold none. */
const coders = { strict: null as InstanceType<typeof TextDecoder> | null };

/** Bytes as text, which is all that Node passes on; null if they are none. */
function text_or_null(bytes: Uint8Array): string | null {
  try {
    coders.strict ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return coders.strict.decode(bytes);
  } catch {
    return null;
  }
}

function text(bytes: Uint8Array): string {
  return text_or_null(bytes) ?? fail('EILSEQ', 'exec');
}

/** A shell's assignment of arbitrary bytes to a variable. Command substitution drops newlines at the end: hence the dot. */
function assignment(name: string, bytes: Uint8Array): string {
  let octal = '';
  for (const b of bytes) octal += `\\${b.toString(8).padStart(3, '0')}`;
  return `${name}=$(printf '${octal}.'); ${name}=\${${name}%.}`;
}

/**
 * What Node cannot do, a shell does, which then becomes the program: arguments and variables that are no text, signals
 * that stay ignored. The program's argv[0] is its file then. `own`: variables that shells set by themselves.
 */
function shell_arguments(
  file: Uint8Array,
  args: Uint8Array[],
  env: Uint8Array[],
  own: string[],
  ignore_signals: boolean,
): string[] {
  const lines = ignore_signals ? ["trap '' PIPE XFSZ"] : [];
  const given = ['sh'];
  /** How the script calls a value: what is text the shell gets as it is. */
  const word = (bytes: Uint8Array): string => {
    const value = text_or_null(bytes);
    if (value !== null) return `"\${${given.push(value) - 1}}"`;
    const name = `v${lines.length}`;
    lines.push(assignment(name, bytes));
    return `"$${name}"`;
  };
  const entries = env.map(word);
  const command = [...(entries.length > 0 ? ['/usr/bin/env', ...entries] : []), word(file), ...args.map(word)];
  if (own.length > 0) lines.push(`unset ${own.join(' ')}`);
  return ['-c', `${lines.join('\n')}\nexec ${command.join(' ')}`, ...given];
}

function fail(name: string, what: string): never {
  throw new HostError(errno_number(name), what);
}

/** The first file that is there, as execve() in turn would find it. */
function find_program(files: Uint8Array[], cwd: Uint8Array | null): Uint8Array {
  let found: HostError | null = null;
  for (const file of files) {
    const path = cwd === null || file[0] === 0x2f ? host_path(file) : Buffer.concat([cwd, Buffer.from('/'), file]);
    try {
      const st = fs.statSync(path);
      if (!st.isFile()) fail('EACCES', 'exec');
      fs.accessSync(path, fs.constants.X_OK);
      check_format(path);
      return file;
    } catch (e) {
      const error = host_error(e);
      if (error.errno === errno_number('ENOEXEC')) throw error;
      // A file that may not be run says more than one that is not there.
      const missing = error.errno === errno_number('ENOENT') || error.errno === errno_number('ENOTDIR');
      if (found === null || !missing) found = new HostError(error.errno, 'exec');
    }
  }
  throw found ?? new HostError(errno_number('ENOENT'), 'exec');
}

/** execvp(), which Node uses, gives a text without `#!` to a shell; execve() refuses it. */
function check_format(path: Buffer): void {
  let fd: number;
  try {
    fd = fs.openSync(path, 'r');
  } catch {
    return; // may be run, not read
  }
  try {
    const head = Buffer.alloc(4);
    const n = fs.readSync(fd, head, 0, 4, 0);
    const script = n >= 2 && head[0] === 0x23 && head[1] === 0x21;
    if (script || (n === 4 && head.toString('latin1') === '\x7fELF')) return;
  } finally {
    fs.closeSync(fd);
  }
  if (process.platform === 'linux' && !has_binary_formats()) fail('ENOEXEC', 'exec');
}

/** Whether the system runs other kinds of files too. */
function has_binary_formats(): boolean {
  try {
    return fs.readdirSync('/proc/sys/fs/binfmt_misc').some(name => name !== 'register' && name !== 'status');
  } catch {
    return false;
  }
}

export function spawn(request: HostSpawn, fds: FdTable, events: NodeEvents): number {
  if (request.process_group >= 0) fail('ENOSYS', 'Node cannot start a program in another process group');
  if (request.cwd !== null) {
    try {
      if (!fs.statSync(host_path(request.cwd)).isDirectory()) fail('ENOTDIR', 'chdir');
      fs.accessSync(host_path(request.cwd), fs.constants.X_OK);
    } catch (e) {
      throw new HostError(host_error(e).errno, 'chdir');
    }
  }
  const file = find_program(request.files, request.cwd);
  const env: Record<string, string> = {};
  const odd_env: Uint8Array[] = [];
  for (const entry of request.env) {
    const pair = text_or_null(entry);
    if (pair === null) {
      odd_env.push(entry);
      continue;
    }
    const at = pair.indexOf('=', 1);
    if (at > 0) env[pair.slice(0, at)] = pair.slice(at + 1);
  }
  const args = request.argv.slice(1);
  const odd = odd_env.length > 0 || [file, ...request.argv].some(bytes => text_or_null(bytes) === null);
  const shells_own = ['PWD', 'OLDPWD', 'SHLVL'].filter(name => env[name] === undefined);
  const by_shell = odd || !request.restore_signals;
  const order = {
    file: by_shell ? '/bin/sh' : text(file),
    argv0: by_shell ? 'sh' : text(request.argv[0] ?? file),
    args: by_shell ? shell_arguments(file, args, odd_env, shells_own, !request.restore_signals) : args.map(text),
    env,
    fds: request.fds.map(fd => (fd < 0 ? -1 : fds.hostfd(fd))),
    detached: request.new_session,
    ...(request.cwd === null ? {} : { cwd: text(request.cwd) }),
    ...(request.uid < 0 ? {} : { uid: request.uid }),
    ...(request.gid < 0 ? {} : { gid: request.gid }),
  };
  // A relative name is one of the folder that the program starts in.
  if (!order.file.includes('/')) order.file = `./${order.file}`;
  const umask = request.umask >= 0 ? process.umask(request.umask) : -1;
  try {
    const { pid, code } = events.ask({ do: 'spawn', order });
    if (pid < 0) throw new HostError(Math.max(errno_number(code), 1), 'exec');
    events.children.add(pid);
    return pid;
  } finally {
    if (umask >= 0) process.umask(umask);
  }
}

/** A child that ended. CPython: waitpid(2) with WNOHANG */
export function wait(pid: number, keep: boolean, events: NodeEvents): HostWaited | null {
  events.drain();
  let child = pid;
  if (pid === -1) {
    if (events.children.size === 0) fail('ECHILD', 'no children');
    child = events.ended.keys().next().value ?? -1;
  } else if (!events.children.has(pid)) fail('ECHILD', 'no such child');
  const status = events.ended.get(child);
  if (status === undefined) return null;
  if (!keep) {
    events.ended.delete(child);
    events.children.delete(child);
  }
  return { pid: child, status };
}

/** A field of /proc/PID/stat, counted from 0 as proc(5) lists them less one. */
export function process_field(pid: number, index: number): number {
  let stat: string;
  try {
    stat = fs.readFileSync(`/proc/${pid === 0 ? 'self' : pid}/stat`, 'latin1');
  } catch (e) {
    const error = host_error(e);
    throw error.errno === errno_number('ENOENT') ? new HostError(errno_number('ESRCH'), 'no such process') : error;
  }
  // The second field, the name, may hold blanks.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[index - 2]);
}
