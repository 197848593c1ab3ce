"""The tools of Pyvarium: every stage of a program, its bytecode and its costs, as Python objects.

Where a function takes a target, that is a source text, a pathlib.Path of a file, or something that has code: a function,
method, class, generator, coroutine, frame, traceback, module or code object.  Functions that have been running show
what the specialising interpreter made of them.

What the functions give are Records: attributes named as in the JSON of ``pyvarium TOOL --json``.

    >>> from pyvarium import tools
    >>> [step.after for step in tools.stack('a + b')[0].instructions if step.opname == 'BINARY_OP']
    [['a + b']]
"""

import binascii
import json
import linecache
import marshal
import os
import pathlib
import types

from pyvarium import _tools

__all__ = [
    'Profile', 'Profiler', 'Record', 'Run', 'ToolError', 'analyze', 'analyze_files', 'code', 'compare', 'dis', 'page',
    'passes', 'run_stack', 'scopes', 'stack', 'text', 'tokens', 'tree',
]


class ToolError(ValueError):
    """A tool cannot do what it is asked for."""


class Record:
    """What a tool tells: its fields are attributes, and items by name."""

    def __init__(self, fields):
        self.__dict__.update(fields)

    def __getitem__(self, name):
        return self.__dict__[name]

    def __iter__(self):
        return iter(self.__dict__)

    def __len__(self):
        return len(self.__dict__)

    def __eq__(self, other):
        if not isinstance(other, Record):
            return NotImplemented
        return self.__dict__ == other.__dict__

    __hash__ = None

    def keys(self):
        return self.__dict__.keys()

    def items(self):
        return self.__dict__.items()

    def __repr__(self):
        return f'{type(self).__name__}({", ".join(f"{name}={value!r}" for name, value in self.items())})'

    def json(self, indent=None):
        """The record as JSON."""
        return json.dumps(self, default=vars, indent=indent)


def _request(do, target=None, **request):
    return json.dumps({'do': do, 'target': target, **request}, default=vars)


def _answer(reply):
    reply = json.loads(reply, object_hook=Record)
    if 'error' in reply:
        raise ToolError(reply.error)
    return reply.answer


def _ask(do, target=None, **request):
    try:
        return _answer(_tools.answer(_request(do, target, **request)))
    except ToolError:
        # A syntax error is raised as the compiler raises it, with all that it knows.
        if target is not None and 'source' in target:
            compile(target['source'], target['filename'], request.get('mode', 'exec'), dont_inherit=True)
        raise


# --- targets -----------------------------------------------------------------------------------------------------------

def _code_of(x):
    """The code object of something that has one, or None."""
    for _ in range(10):
        if isinstance(x, types.CodeType):
            return x
        for name in ('__func__', '__wrapped__', '__code__', 'gi_code', 'cr_code', 'ag_code', 'f_code', 'tb_frame',
                     'fget'):
            inner = getattr(x, name, None)
            if inner is not None:
                x = inner
                break
        else:
            return None
    return None


def _all_code(code):
    """A code object and those in it, each once, outer ones first."""
    yield code
    seen = []
    for const in code.co_consts:
        if isinstance(const, types.CodeType) and not any(const is other for other in seen):
            seen.append(const)
            yield from _all_code(const)


def _base64(data):
    return binascii.b2a_base64(data, newline=False).decode()


def _file_target(path, function=None):
    path = os.fspath(path)
    with open(path, 'rb') as file:
        data = file.read()
    if path.endswith('.pyc'):
        return {'filename': path, 'code': _base64(data[16:])}
    from importlib.util import decode_source
    return {'filename': path, 'source': decode_source(data), 'function': function}


def _target(x, filename='<string>', function=None):
    if isinstance(x, str):
        return {'filename': filename, 'source': x, 'function': function}
    if isinstance(x, (bytes, bytearray)):
        from importlib.util import decode_source
        return {'filename': filename, 'source': decode_source(bytes(x)), 'function': function}
    if isinstance(x, pathlib.PurePath):
        return _file_target(x, function)
    if isinstance(x, types.ModuleType):
        if getattr(x, '__file__', None) is None:
            raise ToolError(f'{x.__name__}: this module has no file')
        return _file_target(x.__file__, function)
    if isinstance(x, type):
        module = vars(__import__('sys').modules.get(x.__module__)) if x.__module__ else {}
        return _file_target(module.get('__file__') or '', function or x.__qualname__)
    code = _code_of(x)
    if code is None:
        raise TypeError(f'a source, path, function, class, module or code object is wanted, not {type(x).__name__}')
    target = {'filename': code.co_filename, 'function': code.co_qualname, 'code': _base64(marshal.dumps(code)),
              'adaptive': [_base64(each._co_code_adaptive) for each in _all_code(code)]}
    names = getattr(x, '__globals__', None)
    if names is not None:
        target['globals'] = list(names)
    lines = linecache.getlines(code.co_filename, names)
    if lines:
        target['source'] = ''.join(lines)
    return target


def _source_target(x, filename, function):
    """A target for a tool that needs the source."""
    target = _target(x, filename, function)
    if 'source' not in target:
        raise ToolError(f'{target["filename"]}: the source is not at hand')
    target.pop('code', None)
    return target


# --- stages --------------------------------------------------------------------------------------------------------------

def tokens(source, filename='<string>'):
    """The tokens of a source, as the compiler sees them."""
    return _ask('tokens', _source_target(source, filename, None))


def tree(source, filename='<string>', *, mode='exec'):
    """The syntax tree as Records; ast.parse gives the same as objects that can be compiled."""
    return _ask('ast', _source_target(source, filename, None), mode=mode)


def scopes(source, filename='<string>'):
    """The scopes of a source: what each name is, and why."""
    return _ask('symtable', _source_target(source, filename, None))


def passes(target, filename='<string>', *, function=None, optimize=0):
    """The control-flow graph of each unit, and what each pass of the optimiser changes."""
    return _ask('cfg', _source_target(target, filename, function), optimize=optimize)


def dis(target, filename='<string>', *, function=None, adaptive=False, optimize=0):
    """The instructions of a code object, nested ones in `nested`; adaptive: as the interpreter has specialised them."""
    return _ask('dis', _target(target, filename, function), optimize=optimize, options={'adaptive': adaptive})


def code(target, filename='<string>', *, function=None, optimize=0):
    """Every attribute of a code object, its tables decoded."""
    return _ask('code', _target(target, filename, function), optimize=optimize)


# --- the value stack -------------------------------------------------------------------------------------------------------

def stack(target, filename='<string>', *, function=None, optimize=0):
    """The value stack before and after each instruction, in words; a Record for each code object, outer ones first."""
    return _ask('stack', _target(target, filename, function), optimize=optimize)


class Run(Record):
    """One run of a function: `steps` with the real values, `more` uncounted ones, and what came of it in `result`."""

    def __str__(self):
        return self.text


def run_stack(function, /, *args, steps=200, **kwargs):
    """Calls the function and records its stack and locals at each of its first instructions."""
    target = _target(function)
    target.pop('adaptive', None)
    _ask('start steps', target, options={'steps': steps})
    try:
        result = function(*args, **kwargs)
    finally:
        record = _ask('stop steps', target)
    return Run({**vars(record), 'result': result})


# --- analysis ----------------------------------------------------------------------------------------------------------------

def analyze(target, filename='<string>', *, function=None, optimize=0):
    """Size, complexity, cost, specialisation and findings; a Record for each function, outer ones first."""
    return _ask('analyze', _target(target, filename, function), optimize=optimize)


def analyze_files(*paths):
    """The same, in short, of all .py files below the paths: `totals`, `functions`, `findings`."""
    return _ask('analyze files', paths=[os.fspath(path) for path in paths])


def compare(*targets, html=False):
    """Functions or sources side by side, instructions aligned; with html the page that shows it."""
    return _ask('compare', targets=[_target(each) for each in targets], format='html' if html else 'data')


def page(target, filename='<string>', *, function=None, optimize=0):
    """The HTML page with source, tree, graph, bytecode and stack in linked columns."""
    found = _target(target, filename, function)
    if 'source' in found:
        found.pop('code', None)
    return _ask('visualize', found, format='html', optimize=optimize)


_NAMES = {'tokens': 'tokens', 'tree': 'ast', 'scopes': 'symtable', 'passes': 'cfg'}


def text(what, target, filename='<string>', *, function=None, optimize=0, width=100, color=False, **options):
    """What the command line shows: `what` is the name of a tool (`ast`, `stack`) or of a function of this module."""
    what = _NAMES.get(what, what)
    found = (_source_target if what in _NAMES.values() else _target)(target, filename, function)
    return _ask(what, found, format='text', width=width, color=color, optimize=optimize, options=options)


# --- profiles -----------------------------------------------------------------------------------------------------------------

class Profile(Record):
    """What a Profiler has seen."""

    def __str__(self):
        return self.text()

    def _export(self, format, **request):
        return _ask('export profile', profile=self, format=format, **request)

    def text(self, *, sort='own', limit=20, width=100, color=False):
        """The report, as `pyvarium profile` writes it."""
        return self._export('text', width=width, color=color, options={'sort': sort, 'limit': limit})

    def html(self):
        """The page with flame graph and timeline."""
        return self._export('html')

    def speedscope(self):
        """A file for speedscope.app."""
        return self._export('speedscope')

    def collapsed(self):
        """Stacks for flamegraph.pl."""
        return self._export('collapsed')

    def trace(self):
        """A file for Perfetto and chrome://tracing; its timeline wants a Profiler with events=True."""
        return self._export('trace')

    def pstats(self):
        """The contents of a file for pstats and its viewers."""
        return binascii.a2b_base64(self._export('pstats'))

    def stats(self):
        """A pstats.Stats."""
        import pstats

        class Loaded:
            stats = marshal.loads(self.pstats())

            def create_stats(self):
                pass

        return pstats.Stats(Loaded())

    def compare(self, old):
        """What changed since another profile, as text; instructions and calls are exact."""
        return self._export('compare', old=old)

    @staticmethod
    def load(path):
        """A profile that json() or `pyvarium profile --json` wrote."""
        with open(path, encoding='utf-8') as file:
            return Profile(vars(json.load(file, object_hook=Record)))


_DONE = '{"answer":null}'


class Profiler:
    """Profiles what runs between start() and stop(), or in a with statement.

    lines: time each line; memory: count allocations by line and type; sample: look at the stack every so many
    milliseconds instead of counting; events: keep begin and end of each call for a timeline.
    """

    def __init__(self, name='profiler', *, lines=False, memory=False, sample=0, events=False):
        self.name = name
        self.profile = None
        # Made here, so that little more than the user's own code runs while it is being profiled.
        options = {'lines': lines, 'memory': memory, 'sample': sample, 'events': events}
        self._start = _request('start profile', options=options)
        self._stop = _request('stop profile', {'filename': name})

    def start(self):
        reply = _tools.answer(self._start)
        if reply != _DONE:
            _answer(reply)

    def stop(self):
        """Ends it, and gives the Profile."""
        reply = _tools.answer(self._stop)
        self.profile = Profile(vars(_answer(reply)))
        return self.profile

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exc_info):
        self.stop()

    def run(self, function, /, *args, **kwargs):
        """Calls the function, profiled; gives what it returns."""
        with self:
            return function(*args, **kwargs)
