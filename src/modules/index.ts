// index.ts: the native modules, by name. Adding a module is one line here.       CPython: Modules/config.c
import type { ModuleSpec } from '../core/spec.ts';
import { module as _abc } from './_abc.ts';
import { module as _ast } from './_ast.ts';
import { module as _asyncio } from './_asyncio.ts';
import { module as _bisect } from './_bisect.ts';
import { module as _blake2 } from './_blake2.ts';
import { module as _bz2 } from './_bz2.ts';
import { module as _capi } from './_capi.ts';
import { module as _codecs } from './_codecs.ts';
import { module as _collections } from './_collections.ts';
import { module as _contextvars } from './_contextvars.ts';
import { module as _csv } from './_csv.ts';
import { module as _curses } from './_curses.ts';
import { module as _curses_panel } from './_curses_panel.ts';
import { module as _datetime } from './_datetime.ts';
import { module as _decimal } from './_decimal.ts';
import { module as _elementtree } from './_elementtree.ts';
import { module as _functools } from './_functools.ts';
import { module as _hashlib } from './_hashlib.ts';
import { module as _heapq } from './_heapq.ts';
import { module as _hmac } from './_hmac.ts';
import { module as _imp } from './_imp.ts';
import { module as _interpchannels } from './_interpchannels.ts';
import { module as _interpqueues } from './_interpqueues.ts';
import { module as _interpreters } from './_interpreters.ts';
import { module as _io } from './_io.ts';
import { module as _json } from './_json.ts';
import { module as _locale } from './_locale.ts';
import { module as _lsprof } from './_lsprof.ts';
import { module as _lzma } from './_lzma.ts';
import { module as _md5 } from './_md5.ts';
import { cjk_modules, multibytecodec_module } from './_multibytecodec.ts';
import { module as _multiprocessing } from './_multiprocessing.ts';
import { module as _opcode } from './_opcode.ts';
import { module as _operator } from './_operator.ts';
import { module as _pickle } from './_pickle.ts';
import { module as _posixshmem } from './_posixshmem.ts';
import { module as _posixsubprocess } from './_posixsubprocess.ts';
import { module as _queue } from './_queue.ts';
import { module as _random } from './_random.ts';
import { module as _remote_debugging } from './_remote_debugging.ts';
import { module as _sha1 } from './_sha1.ts';
import { module as _sha2 } from './_sha2.ts';
import { module as _sha3 } from './_sha3.ts';
import { module as _signal } from './_signal.ts';
import { module as _socket } from './_socket.ts';
import { module as _sqlite3 } from './_sqlite3.ts';
import { module as _sre } from './_sre.ts';
import { module as _ssl } from './_ssl.ts';
import { module as _stat } from './_stat.ts';
import { module as _statistics } from './_statistics.ts';
import { module as _string } from './_string.ts';
import { module as _struct } from './_struct.ts';
import { module as _suggestions } from './_suggestions.ts';
import { module as _symtable } from './_symtable.ts';
import { module as _sysconfig } from './_sysconfig.ts';
import { module as _thread } from './_thread.ts';
import { module as _tokenize } from './_tokenize.ts';
import { module as _tracemalloc } from './_tracemalloc.ts';
import { module as _types } from './_types.ts';
import { module as _typing } from './_typing.ts';
import { module as _uuid } from './_uuid.ts';
import { module as _warnings } from './_warnings.ts';
import { module as _weakref } from './_weakref.ts';
import { module as _zoneinfo } from './_zoneinfo.ts';
import { module as _zstd } from './_zstd.ts';
import { module as array } from './array.ts';
import { module as atexit } from './atexit.ts';
import { module as binascii } from './binascii.ts';
import { module as builtins } from './builtins.ts';
import { module as cmath } from './cmath.ts';
import { module as errno } from './errno.ts';
import { module as faulthandler } from './faulthandler.ts';
import { module as fcntl } from './fcntl.ts';
import { module as gc } from './gc.ts';
import { module as grp } from './grp.ts';
import { module as itertools } from './itertools.ts';
import { module as marshal } from './marshal.ts';
import { module as math } from './math.ts';
import { module as mmap } from './mmap.ts';
import { module as posix } from './posix.ts';
import { module as pwd } from './pwd.ts';
import { module as pyexpat } from './pyexpat.ts';
import { memory_module, module as pyvarium, tools_module } from './pyvarium.ts';
import { module as readline } from './readline.ts';
import { module as resource } from './resource.ts';
import { module as select } from './select.ts';
import { module as sys } from './sys.ts';
import { module as syslog } from './syslog.ts';
import { module as termios } from './termios.ts';
import { module as time } from './time.ts';
import { module as unicodedata } from './unicodedata.ts';
import { module as zlib } from './zlib.ts';

/** All native modules; a function, since some of them (sys) ask for the list themselves. */
export function native_modules(): readonly ModuleSpec[] {
  return [
    _abc,
    _ast,
    _asyncio,
    _bisect,
    _blake2,
    _bz2,
    _capi,
    _codecs,
    _collections,
    _contextvars,
    _csv,
    _curses,
    _curses_panel,
    _datetime,
    _decimal,
    _elementtree,
    _functools,
    _hashlib,
    _heapq,
    _hmac,
    _tracemalloc,
    _uuid,
    _imp,
    _interpchannels,
    _interpqueues,
    _interpreters,
    _io,
    _json,
    _locale,
    _lsprof,
    _lzma,
    _md5,
    multibytecodec_module,
    ...cjk_modules(),
    _multiprocessing,
    _opcode,
    _operator,
    _pickle,
    _posixshmem,
    _posixsubprocess,
    _queue,
    _random,
    _remote_debugging,
    _sha1,
    _sha2,
    _sha3,
    _signal,
    _socket,
    _sqlite3,
    _sre,
    _ssl,
    _stat,
    _statistics,
    _string,
    _suggestions,
    _struct,
    _symtable,
    _sysconfig,
    _thread,
    _tokenize,
    _types,
    _typing,
    _warnings,
    _weakref,
    _zoneinfo,
    _zstd,
    array,
    atexit,
    binascii,
    builtins,
    cmath,
    errno,
    faulthandler,
    fcntl,
    gc,
    grp,
    itertools,
    marshal,
    math,
    mmap,
    posix,
    memory_module,
    tools_module,
    pwd,
    pyvarium,
    pyexpat,
    readline,
    resource,
    select,
    sys,
    syslog,
    termios,
    time,
    unicodedata,
    zlib,
  ];
}

let by_name: Map<string, ModuleSpec> | null = null;

export function native_module(name: string): ModuleSpec | null {
  by_name ??= new Map(native_modules().map(m => [m.name, m]));
  return by_name.get(name) ?? null;
}
