// config.test.ts: the command line and the PYTHON* variables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, parse_command_line, type Start } from '../../../src/runtime/config.ts';

const PACKED = '/opt/pyvarium/dist';

function parse(args: string[], env: Record<string, string> = {}, files: string[] = []): Start | Answer {
  return parse_command_line(args, {
    env,
    executable: '/bin/py',
    base_executable: '/bin/py',
    prefix: PACKED,
    exists: path => files.includes(path),
  });
}

function start(args: string[], env: Record<string, string> = {}, files: string[] = []): Start {
  const parsed = parse(args, env, files);
  assert.equal(parsed.kind, 'run');
  return parsed as Start;
}

test('a file, a string, a module and standard input', () => {
  assert.deepEqual(start(['a.py', '-x', 'y']).command, { kind: 'file', path: 'a.py' });
  assert.deepEqual(start(['a.py', '-x', 'y']).config.argv, ['a.py', '-x', 'y']);
  assert.deepEqual(start(['-c', 'pass', '-O']).command, { kind: 'string', source: 'pass\n' });
  assert.deepEqual(start(['-c', 'pass', '-O']).config.argv, ['-c', '-O']);
  assert.deepEqual(start(['-mjson.tool', 'f']).command, { kind: 'module', name: 'json.tool' });
  assert.deepEqual(start(['-', 'x']).config.argv, ['-', 'x']);
  assert.deepEqual(start([]).command, { kind: 'stdin' });
  assert.deepEqual(start([]).config.argv, ['']);
  assert.deepEqual(start(['-Bc', 'x']).config.orig_argv, ['/bin/py', '-Bc', 'x']);
});

test('options that count, together and alone', () => {
  const { config } = start(['-OOBsSuvvq', 'f']);
  assert.equal(config.optimize, 2);
  assert.equal(config.dont_write_bytecode, 1);
  assert.equal(config.no_user_site, 1);
  assert.equal(config.no_site, 1);
  assert.equal(config.buffered_stdio, false);
  assert.equal(config.verbose, 2);
  assert.equal(config.quiet, 1);
  const isolated = start(['-I', 'f'], { PYTHONOPTIMIZE: '1', PYTHONPATH: '/x' }).config;
  assert.deepEqual(
    [isolated.isolated, isolated.ignore_environment, isolated.no_user_site, isolated.safe_path, isolated.optimize],
    [1, 1, 1, true, 0],
  );
  assert.deepEqual(isolated.pythonpath, []);
});

test('variables do what options do', () => {
  const { config, hash_seed } = start(['f'], {
    PYTHONOPTIMIZE: '2',
    PYTHONVERBOSE: 'yes',
    PYTHONHASHSEED: '0',
    PYTHONPATH: '/a:/b',
    PYTHONIOENCODING: 'latin-1:replace',
    PYTHONINTMAXSTRDIGITS: '640',
    PYTHONDONTWRITEBYTECODE: '',
  });
  assert.equal(config.optimize, 2);
  assert.equal(config.verbose, 1);
  assert.equal(config.hash_randomization, 0);
  assert.equal(hash_seed, '0');
  assert.deepEqual(config.pythonpath, ['/a', '/b']);
  assert.deepEqual([config.stdio_encoding, config.stdio_errors], ['latin-1', 'replace']);
  assert.equal(config.int_max_str_digits, 640);
  assert.equal(config.dont_write_bytecode, 0);
});

test('filters of warnings keep their order', () => {
  const { config } = start(['-X', 'dev', '-Wignore', '-W', 'error::X', '-b', 'f'], { PYTHONWARNINGS: 'once,always' });
  assert.deepEqual(config.warnoptions, ['default', 'once', 'always', 'ignore', 'error::X', 'default::BytesWarning']);
  assert.deepEqual(start(['-Xa=1', '-X', 'b', 'f']).config.xoptions, { a: '1', b: true });
});

test('the library: packed, below a prefix, or a folder itself', () => {
  const packed = start(['f']).config;
  assert.deepEqual([packed.prefix, packed.stdlib_dir], [PACKED, `${PACKED}/lib/python3.14`]);
  const below = start(['f'], { PYTHONHOME: '/usr' }, ['/usr/lib/python3.14/os.py']).config;
  assert.deepEqual([below.prefix, below.stdlib_dir], ['/usr', '/usr/lib/python3.14']);
  const itself = start(['f'], { PYTHONHOME: '/usr/lib/python3.14' }, ['/usr/lib/python3.14/os.py']).config;
  assert.deepEqual([itself.prefix, itself.stdlib_dir], ['/usr', '/usr/lib/python3.14']);
});

test('what is answered at once, and what is refused', () => {
  assert.deepEqual(parse(['-V']), { kind: 'version', long: false });
  assert.deepEqual(parse(['-VV']), { kind: 'version', long: true });
  assert.deepEqual(parse(['--help']), { kind: 'help', what: 'options' });
  assert.deepEqual(parse(['-Z']), { kind: 'usage', message: 'Unknown option: -Z' });
  assert.deepEqual(parse(['-c']), { kind: 'usage', message: 'Argument expected for the -c option' });
  assert.equal(parse(['f'], { PYTHONHASHSEED: 'abc' }).kind, 'fatal');
  assert.equal(parse(['f'], { PYTHONINTMAXSTRDIGITS: '5' }).kind, 'fatal');
});
