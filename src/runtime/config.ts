// config.ts: the command line and the PYTHON* variables, as CPython reads them.  CPython: Python/initconfig.c, Python/getopt.c, Modules/getpath.py
//
// A pure function of arguments, environment and what files exist: parse_command_line. Nothing is run or printed here.

import type { PyConfig } from '../core/tstate.ts';

/** What to run. */
export type Command =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'string'; readonly source: string }
  | { readonly kind: 'module'; readonly name: string }
  | { readonly kind: 'stdin' };

export interface Start {
  readonly kind: 'run';
  readonly config: PyConfig;
  readonly command: Command;
  /** -x */
  readonly skip_first_line: boolean;
  /** PYTHONHASHSEED. */
  readonly hash_seed: string | undefined;
}

/** A command line that is answered without starting the interpreter. */
export type Answer =
  | { readonly kind: 'version'; readonly long: boolean }
  | { readonly kind: 'help'; readonly what: 'options' | 'env' | 'xoptions' | 'all' }
  | { readonly kind: 'usage'; readonly message: string }
  /** A value that cannot be used: start-up ends with this message. */
  | { readonly kind: 'fatal'; readonly message: string };

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the interpreter is started: an absolute path. */
  readonly executable: string;
  /** The launcher itself, where `executable` is a link to it. */
  readonly base_executable: string;
  /** The folder with the packed standard library (`lib/python3.14` below it). */
  readonly prefix: string;
  readonly exists: (path: string) => boolean;
}

class Refused {
  readonly answer: Answer;
  constructor(answer: Answer) {
    this.answer = answer;
  }
}

function usage(message: string): never {
  throw new Refused({ kind: 'usage', message });
}

function fatal(message: string): never {
  throw new Refused({ kind: 'fatal', message });
}

/** Options that take an argument. */
const WITH_ARGUMENT = 'cmWX';
const PLAIN = 'bBdEhiIJOPqRsStuvVx?';

/** What options say, before the environment is looked at. */
interface Options {
  counts: Record<string, number>;
  warn: string[];
  x: Record<string, string | true>;
  command: Command | null;
  check_hash_based_pycs: string;
  /** Index of the first argument that is the program's. */
  rest: number;
}

function parse_options(args: readonly string[]): Options {
  const options: Options = {
    counts: {},
    warn: [],
    x: {},
    command: null,
    check_hash_based_pycs: 'default',
    rest: args.length,
  };
  const { counts } = options;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '-' || !arg.startsWith('-')) {
      options.rest = i;
      return options;
    }
    if (arg === '--') {
      options.rest = i + 1;
      return options;
    }
    if (arg.startsWith('--')) {
      if (arg === '--help') counts['h'] = 1;
      else if (arg === '--version') counts['V'] = (counts['V'] ?? 0) + 1;
      else if (arg === '--help-env') throw new Refused({ kind: 'help', what: 'env' });
      else if (arg === '--help-xoptions') throw new Refused({ kind: 'help', what: 'xoptions' });
      else if (arg === '--help-all') throw new Refused({ kind: 'help', what: 'all' });
      else if (arg === '--check-hash-based-pycs') {
        const value = args[++i];
        if (value === undefined) usage('Argument expected for the --check-hash-based-pycs option');
        if (!['always', 'never', 'default'].includes(value)) {
          usage("--check-hash-based-pycs must be one of 'default', 'always', or 'never'");
        }
        options.check_hash_based_pycs = value;
      } else usage(`Unknown option: ${arg}`);
      continue;
    }
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at]!;
      if (WITH_ARGUMENT.includes(letter)) {
        const value = at + 1 < arg.length ? arg.slice(at + 1) : args[++i];
        if (value === undefined) usage(`Argument expected for the -${letter} option`);
        if (letter === 'c' || letter === 'm') {
          options.command = letter === 'c' ? { kind: 'string', source: `${value}\n` } : { kind: 'module', name: value };
          options.rest = i + 1;
          return options;
        }
        if (letter === 'W') options.warn.push(value);
        else {
          const equals = value.indexOf('=');
          if (equals < 0) options.x[value] = true;
          else options.x[value.slice(0, equals)] = value.slice(equals + 1);
        }
        break;
      }
      if (!PLAIN.includes(letter)) usage(`Unknown option: -${letter}`);
      counts[letter] = (counts[letter] ?? 0) + 1;
    }
  }
  return options;
}

/** Allocations between collections in a stress run (`-X gc-stress=N`; without a number: 1), 0 for none. */
function gc_stress(option: string | true | undefined): number {
  if (option === undefined) return 0;
  if (option === true) return 1;
  if (!/^[0-9]+$/.test(option)) fatal('-X gc-stress=N: N must be a number of allocations');
  return Number(option);
}

const UNITS: Record<string, number> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes (`-X memory-limit=SIZE`, or PYVARIUM_MEMORY_LIMIT): a number, with K, M or G; 0: no limit. undefined: not said. */
function memory_limit(env: string | undefined, option: string | true | undefined): number | undefined {
  const text = option ?? env;
  if (text === undefined || text === '') return undefined;
  const match = text === true ? null : /^(\d+)([KMG]?)$/i.exec(text);
  if (match === null) fatal('-X memory-limit=SIZE: SIZE must be a number of bytes, or end in K, M or G');
  const bytes = Number(match[1]) * UNITS[match[2]!.toUpperCase()]!;
  return bytes === 0 ? Infinity : bytes;
}

/** CPython: config_init_import_time */
function import_time(env: string | undefined, option: string | true | undefined): number {
  const value = option ?? (env === undefined || env === '' ? '0' : env);
  if (value === true || !/^[+-]?\d+$/.test(value)) return 1;
  const n = Number(value);
  if (option !== undefined && n !== 0 && n !== 1 && n !== 2) {
    fatal('config_init_import_time: -X importtime: values other than 1 and 2 are reserved for future use.');
  }
  return n === 2 ? 2 : n === 0 ? 0 : 1;
}

/** CPython: config_init_import */
function use_frozen_modules(env: string | undefined, option: string | true | undefined): boolean {
  const value = option ?? (env === undefined || env === '' ? 'on' : env);
  if (value === true || value === 'on' || value === '') return true;
  if (value !== 'off') {
    const what = option === undefined ? 'PYTHON_FROZEN_MODULES' : 'option -X frozen_modules';
    fatal(`bad value for ${what} (expected "on" or "off")`);
  }
  return false;
}

/** Frames that tracemalloc keeps, 0 for no tracing. CPython: config_init_tracemalloc */
function tracemalloc_frames(env: string | undefined, option: string | true | undefined): number {
  const frames = (text: string, what: string): number => {
    const n = /^\s*[+-]?\d+$/.test(text) ? Number(text) : -1;
    if (n < 0 || n > 0x7fffffff) fatal(`config_init_tracemalloc: ${what}: invalid number of frames`);
    if (n > 65535) {
      fatal("init_interp_main: can't start tracemalloc: ValueError: the number of frames must be in range [1; 65535]");
    }
    return n;
  };
  if (option === true) return 1;
  if (option !== undefined) return frames(option, '-X tracemalloc=NFRAME');
  return env === undefined || env === '' ? 0 : frames(env, 'PYTHONTRACEMALLOC');
}

/** A variable that counts: its number if it is one above 0, else 1 for any other text. CPython: _Py_get_env_flag */
function env_flag(value: string | undefined): number {
  if (value === undefined || value === '') return 0;
  const n = /^\s*[+-]?\d+$/.test(value) ? Number(value) : 1;
  return n < 0 ? 1 : n;
}

/** How many processors the program is told of; -1: as many as there are. CPython: config_init_cpu_count */
function cpu_count(variable: string | undefined, option: string | true | undefined): number {
  const parse = (text: string): number | null =>
    text === 'default' ? -1 : /^\d+$/.test(text) && Number(text) >= 1 && Number(text) < 2 ** 31 ? Number(text) : null;
  let n: number | null = -1;
  if (variable !== undefined && variable !== '') n = parse(variable);
  if (n !== null && option !== undefined) n = option === true ? null : parse(option);
  if (n === null) {
    fatal('config_init_cpu_count: -X cpu_count=n option: n is missing or an invalid number, n must be greater than 0');
  }
  return n;
}

function int_max_str_digits(env: string | undefined, option: string | true | undefined): number {
  const check = (text: string, what: string): number => {
    const n = /^\d+$/.test(text) ? Number(text) : -1;
    if (n !== 0 && (n < 640 || n > 0x7fffffff)) fatal(what);
    return n;
  };
  if (option !== undefined) {
    const message = `config_init_int_max_str_digits: -X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.`;
    return option === true ? fatal(message) : check(option, message);
  }
  if (env !== undefined && env !== '') {
    return check(
      env,
      'config_init_int_max_str_digits: PYTHONINTMAXSTRDIGITS: invalid limit; must be >= 640 or 0 for unlimited.',
    );
  }
  return 4300;
}

/** The virtual environment whose `bin` the interpreter is started from, or null. CPython: Modules/getpath.py */
function find_venv(s: Surroundings): string | null {
  const bin = s.executable.slice(0, s.executable.lastIndexOf('/'));
  const folder = bin.slice(0, bin.lastIndexOf('/'));
  return s.exists(`${bin}/pyvenv.cfg`) || s.exists(`${folder}/pyvenv.cfg`) ? folder : null;
}

/** Where the standard library is: [prefix, library folder]. PYTHONHOME names a prefix, or a Lib folder itself. */
function find_stdlib(s: Surroundings, home: string | null): [string, string | null] {
  if (home !== null) {
    const prefix = home.split(':')[0]!.replace(/(?<=.)\/+$/, '');
    const lib = `${prefix}/lib/python3.14`;
    if (s.exists(`${lib}/os.py`) || s.exists(`${lib}/os.pyc`)) return [prefix, lib];
    if (s.exists(`${prefix}/os.py`)) {
      const inside = prefix.endsWith('/lib/python3.14');
      return [inside ? prefix.slice(0, -'/lib/python3.14'.length) : prefix, prefix];
    }
    return [prefix, lib];
  }
  return [s.prefix, `${s.prefix}/lib/python3.14`];
}

/** Reads the command line (without the interpreter's own name). */
export function parse_command_line(args: readonly string[], s: Surroundings): Start | Answer {
  try {
    return start_of(args, s);
  } catch (e) {
    if (e instanceof Refused) return e.answer;
    throw e;
  }
}

function start_of(args: readonly string[], s: Surroundings): Start | Answer {
  const options = parse_options(args);
  const count = (letter: string): number => options.counts[letter] ?? 0;
  if (count('h') + count('?') > 0) return { kind: 'help', what: 'options' };
  if (count('V') > 0) return { kind: 'version', long: count('V') > 1 };

  const isolated = count('I') > 0;
  const ignore_environment = isolated || count('E') > 0;
  const env = (name: string): string | undefined => {
    const value = ignore_environment ? undefined : s.env[name];
    return value === '' ? undefined : value;
  };
  const flag = (letter: string, name: string): number => Math.max(count(letter), env_flag(env(name)));

  let hash_seed = env('PYTHONHASHSEED');
  if (
    hash_seed !== undefined &&
    hash_seed !== 'random' &&
    !(/^\d+$/.test(hash_seed) && Number(hash_seed) <= 4294967295)
  ) {
    fatal('config_init_hash_seed: PYTHONHASHSEED must be "random" or an integer in range [0; 4294967295]');
  }
  const x = options.x;
  // A run to be repeated repeats the order of sets, too.
  // -R asks for a random seed, whatever the environment says.
  if (count('R') > 0) hash_seed = 'random';
  if (hash_seed === undefined && x['gil-seed'] !== undefined) hash_seed = '0';
  const x_flag = (name: string): boolean => x[name] !== undefined;
  const dev_mode = x_flag('dev') || env('PYTHONDEVMODE') !== undefined;
  const bytes_warning = count('b');
  const warnoptions: string[] = [];
  if (dev_mode) warnoptions.push('default');
  for (const w of (env('PYTHONWARNINGS') ?? '').split(',')) if (w !== '') warnoptions.push(w);
  warnoptions.push(...options.warn);
  if (bytes_warning > 1) warnoptions.push('error::BytesWarning');
  else if (bytes_warning > 0) warnoptions.push('default::BytesWarning');
  const utf8 = x['utf8'] === undefined ? env('PYTHONUTF8') : x['utf8'] === true ? '1' : x['utf8'];
  if (utf8 !== undefined && utf8 !== '0' && utf8 !== '1')
    fatal(x['utf8'] === undefined ? 'invalid PYTHONUTF8 environment variable value' : 'invalid -X utf8 option value');

  let command = options.command;
  let argv: string[];
  if (command !== null) argv = [command.kind === 'string' ? '-c' : '-m', ...args.slice(options.rest)];
  else {
    const file = args[options.rest];
    if (file === undefined) argv = [''];
    else argv = args.slice(options.rest);
    command = file === undefined || file === '-' ? { kind: 'stdin' } : { kind: 'file', path: file };
  }

  const home = env('PYTHONHOME') ?? null;
  const [prefix, stdlib_dir] = find_stdlib(s, home);
  const io_encoding = env('PYTHONIOENCODING') ?? '';
  const colon = io_encoding.indexOf(':');
  const stdio_encoding = colon < 0 ? io_encoding : io_encoding.slice(0, colon);
  const stdio_errors = colon < 0 ? '' : io_encoding.slice(colon + 1);
  const prefix_option = x['pycache_prefix'];
  const pycache_prefix =
    prefix_option === undefined ? env('PYTHONPYCACHEPREFIX') : prefix_option === true ? '' : prefix_option;
  const inspect = count('i') > 0 ? 1 : env_flag(env('PYTHONINSPECT'));
  const config: PyConfig = {
    argv,
    orig_argv: [s.executable, ...args],
    executable: s.executable,
    base_executable: s.base_executable,
    prefix,
    venv: home === null ? find_venv(s) : null,
    stdlib_dir,
    home,
    pythonpath: (env('PYTHONPATH') ?? '').split(':').filter((p, _i, all) => p !== '' || all.length > 1),
    stdio_encoding: stdio_encoding === '' ? null : stdio_encoding,
    // An encoding without a handler of errors means strict.
    stdio_errors: stdio_errors !== '' ? stdio_errors : stdio_encoding !== '' ? 'strict' : null,
    warnoptions,
    xoptions: x,
    debug: Math.min(1, flag('d', 'PYTHONDEBUG')),
    inspect,
    interactive: count('i') > 0 ? 1 : 0,
    optimize: Math.min(2, flag('O', 'PYTHONOPTIMIZE')) as 0 | 1 | 2,
    dont_write_bytecode: count('B') > 0 || env('PYTHONDONTWRITEBYTECODE') !== undefined ? 1 : 0,
    no_user_site: isolated || count('s') > 0 || env('PYTHONNOUSERSITE') !== undefined ? 1 : 0,
    no_site: count('S') > 0 ? 1 : 0,
    ignore_environment: ignore_environment ? 1 : 0,
    verbose: flag('v', 'PYTHONVERBOSE'),
    bytes_warning,
    quiet: count('q'),
    hash_randomization: hash_seed === '0' ? 0 : 1,
    isolated: isolated ? 1 : 0,
    dev_mode,
    utf8_mode: utf8 === '1' ? 1 : 0,
    warn_default_encoding: x_flag('warn_default_encoding') || env('PYTHONWARNDEFAULTENCODING') !== undefined ? 1 : 0,
    safe_path: isolated || count('P') > 0 || env('PYTHONSAFEPATH') !== undefined,
    int_max_str_digits: int_max_str_digits(env('PYTHONINTMAXSTRDIGITS'), x['int_max_str_digits']),
    buffered_stdio: count('u') === 0 && env('PYTHONUNBUFFERED') === undefined,
    tracemalloc: tracemalloc_frames(env('PYTHONTRACEMALLOC'), x['tracemalloc']),
    gc_stress: gc_stress(x['gc-stress']),
    malloc_stats: env('PYTHONMALLOCSTATS') !== undefined,
    memory_limit: memory_limit(env('PYVARIUM_MEMORY_LIMIT'), x['memory-limit']),
    faulthandler: dev_mode || x_flag('faulthandler') || env('PYTHONFAULTHANDLER') !== undefined,
    import_time: import_time(env('PYTHONPROFILEIMPORTTIME'), x['importtime']),
    use_frozen_modules: use_frozen_modules(env('PYTHON_FROZEN_MODULES'), x['frozen_modules']),
    code_debug_ranges: !x_flag('no_debug_ranges') && env('PYTHONNODEBUGRANGES') === undefined,
    cpu_count: cpu_count(env('PYTHON_CPU_COUNT'), x['cpu_count']),
    pycache_prefix: pycache_prefix === undefined || pycache_prefix === '' ? null : pycache_prefix,
  };
  return { kind: 'run', config, command, skip_first_line: count('x') > 0, hash_seed };
}
