"""Virtual environments: folders with an interpreter of their own to install packages for.

The packed library lacks CPython's venv; this one makes the same kind of environment (pyvenv.cfg, bin, lib, activate) and
takes the same options, but for copies of the interpreter, which only a link can stand for here.
"""
import os
import shutil
import subprocess
import sys
import types

ACTIVATE = """\
# Source this in a POSIX shell: . bin/activate
deactivate () {
    if [ -n "${_OLD_VIRTUAL_PATH+_}" ] ; then PATH="$_OLD_VIRTUAL_PATH"; export PATH; unset _OLD_VIRTUAL_PATH; fi
    if [ -n "${_OLD_VIRTUAL_PS1+_}" ] ; then PS1="$_OLD_VIRTUAL_PS1"; export PS1; unset _OLD_VIRTUAL_PS1; fi
    hash -r 2> /dev/null
    unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT
    if [ ! "${1-}" = "nondestructive" ] ; then unset -f deactivate; fi
}
deactivate nondestructive
VIRTUAL_ENV=@DIR@
VIRTUAL_ENV_PROMPT=@PROMPT@
export VIRTUAL_ENV VIRTUAL_ENV_PROMPT
_OLD_VIRTUAL_PATH="$PATH"
PATH="$VIRTUAL_ENV/bin:$PATH"
export PATH
if [ -z "${VIRTUAL_ENV_DISABLE_PROMPT-}" ] ; then
    _OLD_VIRTUAL_PS1="${PS1-}"
    PS1="($VIRTUAL_ENV_PROMPT) ${PS1-}"
    export PS1
fi
hash -r 2> /dev/null
"""


class EnvBuilder:
    """Makes environments; subclasses may override post_setup()."""

    def __init__(self, system_site_packages=False, clear=False, symlinks=True, upgrade=False, with_pip=False,
                 prompt=None, upgrade_deps=False, *, scm_ignore_files=frozenset()):
        self.system_site_packages = system_site_packages
        self.clear = clear
        self.symlinks = symlinks
        self.upgrade = upgrade
        self.with_pip = with_pip
        self.prompt = os.path.basename(os.getcwd()) if prompt == '.' else prompt
        self.upgrade_deps = upgrade_deps
        self.scm_ignore_files = frozenset(map(str.lower, scm_ignore_files))

    def create(self, env_dir):
        """Makes an environment in a folder."""
        context = self.ensure_directories(os.path.abspath(env_dir))
        self.create_configuration(context)
        self.setup_python(context)
        if self.with_pip:
            self._setup_pip(context)
        if not self.upgrade:
            self.setup_scripts(context)
            self.post_setup(context)
        if self.upgrade_deps:
            self.upgrade_dependencies(context)

    def ensure_directories(self, env_dir):
        if os.pathsep in os.fspath(env_dir):
            raise ValueError(f'Refusing to create a venv in {env_dir} because it contains the PATH separator '
                             f'{os.pathsep}.')
        if self.clear and os.path.isdir(env_dir):
            for name in os.listdir(env_dir):
                path = os.path.join(env_dir, name)
                if os.path.isdir(path) and not os.path.islink(path):
                    shutil.rmtree(path)
                else:
                    os.unlink(path)
        context = types.SimpleNamespace(env_dir=env_dir)
        context.env_name = os.path.basename(env_dir)
        context.prompt = self.prompt if self.prompt is not None else context.env_name
        context.executable = os.path.abspath(getattr(sys, '_base_executable', sys.executable))
        context.python_dir, context.python_exe = os.path.split(context.executable)
        context.inc_path = os.path.join(env_dir, 'include', 'python%d.%d' % sys.version_info[:2])
        context.lib_path = os.path.join(env_dir, 'lib', 'python%d.%d' % sys.version_info[:2], 'site-packages')
        context.bin_path = os.path.join(env_dir, 'bin')
        context.bin_name = 'bin'
        context.env_exe = context.env_exec_cmd = os.path.join(context.bin_path, context.python_exe)
        context.cfg_path = os.path.join(env_dir, 'pyvenv.cfg')
        for path in (context.inc_path, context.lib_path, context.bin_path):
            os.makedirs(path, exist_ok=True)
        lib64 = os.path.join(env_dir, 'lib64')
        if not os.path.lexists(lib64):
            os.symlink('lib', lib64)
        return context

    def create_configuration(self, context):
        lines = [
            f'home = {context.python_dir}',
            f'include-system-site-packages = {"true" if self.system_site_packages else "false"}',
            'version = %d.%d.%d' % sys.version_info[:3],
        ]
        if self.prompt is not None:
            lines.append(f'prompt = {self.prompt!r}')
        lines.append(f'executable = {os.path.realpath(sys.executable)}')
        lines.append(f'command = {sys.executable} -m venv {context.env_dir}')
        with open(context.cfg_path, 'w', encoding='utf-8') as f:
            f.write('\n'.join(lines) + '\n')
        if 'git' in self.scm_ignore_files:
            with open(os.path.join(context.env_dir, '.gitignore'), 'w', encoding='utf-8') as f:
                f.write('# Created by venv; see https://docs.python.org/3/library/venv.html\n*\n')

    def setup_python(self, context):
        def link(target, path):
            if os.path.lexists(path):
                os.unlink(path)
            os.symlink(target, path)
        link(context.executable, context.env_exe)
        for name in ('python', 'python3', 'python%d.%d' % sys.version_info[:2]):
            if name != context.python_exe:
                link(context.python_exe, os.path.join(context.bin_path, name))

    def setup_scripts(self, context):
        import shlex
        text = ACTIVATE.replace('@DIR@', shlex.quote(context.env_dir)).replace('@PROMPT@', shlex.quote(context.prompt))
        with open(os.path.join(context.bin_path, 'activate'), 'w', encoding='utf-8') as f:
            f.write(text)

    def _setup_pip(self, context):
        command = [context.env_exec_cmd, '-m', 'ensurepip', '--upgrade', '--default-pip']
        subprocess.check_output(command, stderr=subprocess.STDOUT)

    def upgrade_dependencies(self, context):
        subprocess.check_call([context.env_exec_cmd, '-m', 'pip', 'install', '--upgrade', 'pip'])

    def post_setup(self, context):
        """For subclasses."""


def create(env_dir, system_site_packages=False, clear=False, symlinks=True, with_pip=False, prompt=None,
           upgrade_deps=False, *, scm_ignore_files=frozenset()):
    """Makes a virtual environment in a folder."""
    EnvBuilder(system_site_packages, clear, symlinks, False, with_pip, prompt, upgrade_deps,
               scm_ignore_files=scm_ignore_files).create(env_dir)


def main(args=None):
    import argparse
    parser = argparse.ArgumentParser(prog='venv', description='Creates virtual Python environments in one or more '
                                     'target directories.')
    parser.add_argument('dirs', metavar='ENV_DIR', nargs='+', help='A directory to create the environment in.')
    parser.add_argument('--system-site-packages', action='store_true', help="Give access to the system's packages.")
    parser.add_argument('--symlinks', action='store_true', help='Link to the interpreter (always).')
    parser.add_argument('--clear', action='store_true', help='Empty the directory first.')
    parser.add_argument('--upgrade', action='store_true', help='Use an environment with this version of Python.')
    parser.add_argument('--without-pip', dest='with_pip', action='store_false', help='Skip installing pip.')
    parser.add_argument('--prompt', help='What the shell shows while the environment is active.')
    parser.add_argument('--upgrade-deps', action='store_true', help='Upgrade pip to the latest version.')
    parser.add_argument('--without-scm-ignore-files', dest='ignore', action='store_const', const=frozenset(),
                        default=frozenset(['git']), help='Write no ignore file.')
    options = parser.parse_args(args)
    if options.upgrade and options.clear:
        raise ValueError('you cannot supply --upgrade and --clear together.')
    builder = EnvBuilder(options.system_site_packages, options.clear, True, options.upgrade, options.with_pip,
                         options.prompt, options.upgrade_deps, scm_ignore_files=options.ignore)
    for folder in options.dirs:
        builder.create(folder)
