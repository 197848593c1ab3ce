"""Installs pip from a wheel file.

CPython carries a wheel of pip; the packed library does not. It is looked for in the folder that PYVARIUM_WHEELS names,
in `wheels` beside the standard library, and where Debian has it.
"""
import glob
import os
import subprocess
import sys

FOLDERS = ('/usr/share/python-wheels',)


def _wheel():
    own = os.environ.get('PYVARIUM_WHEELS')
    beside = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(__file__))), 'wheels')
    for folder in ([own] if own else []) + [beside, *FOLDERS]:
        found = sorted(glob.glob(os.path.join(glob.escape(folder), 'pip-*-py3-none-any.whl')))
        if found:
            return found[-1]
    raise RuntimeError('there is no wheel of pip: put pip-*.whl into a folder and name it in PYVARIUM_WHEELS, '
                       'or make the environment with --without-pip')


def version():
    """The version of the wheel that would be installed."""
    return os.path.basename(_wheel()).split('-')[1]


def bootstrap(*, root=None, upgrade=False, user=False, altinstall=False, default_pip=False, verbosity=0):
    """Installs pip into the current environment."""
    _bootstrap(root=root, upgrade=upgrade, user=user, verbosity=verbosity)


def _bootstrap(*, root=None, upgrade=False, user=False, altinstall=False, default_pip=False, verbosity=0):
    wheel = _wheel()
    args = ['install', '--no-cache-dir', '--no-index', '--no-deps']
    if root:
        args += ['--root', root]
    if upgrade:
        args.append('--upgrade')
    if user:
        args.append('--user')
    if verbosity:
        args.append('-' + 'v' * verbosity)
    code = f'import runpy, sys; sys.path.insert(0, {wheel!r}); sys.argv[1:] = {args + [wheel]!r}; ' \
           'runpy.run_module("pip", run_name="__main__", alter_sys=True)'
    return subprocess.run([sys.executable, '-W', 'ignore::DeprecationWarning', '-c', code], check=True).returncode


def _main(argv=None):
    import argparse
    parser = argparse.ArgumentParser(prog='python -m ensurepip')
    parser.add_argument('--version', action='version', version=f'pip {version()}')
    parser.add_argument('-v', '--verbose', action='count', default=0, dest='verbosity')
    parser.add_argument('-U', '--upgrade', action='store_true')
    parser.add_argument('--user', action='store_true')
    parser.add_argument('--root')
    parser.add_argument('--altinstall', action='store_true')
    parser.add_argument('--default-pip', action='store_true')
    options = parser.parse_args(argv)
    return _bootstrap(**vars(options))
