# subprocess and os: pipes, files, folders, environments, errors, signals to children.
import os
import subprocess
import sys

PY = sys.executable

print(subprocess.run(['echo', 'hi'], capture_output=True))
print(subprocess.run(['cat'], input=b'x' * 10, capture_output=True).stdout)
print(len(subprocess.run(['cat'], input=b'x' * 300_000, capture_output=True).stdout))
print(subprocess.run('echo out; echo err >&2', shell=True, stdout=-1, stderr=subprocess.STDOUT).stdout)
for command, options in [
    (['/nonexistent'], {}),
    (['no-such-program'], {}),
    (['/etc/passwd'], {}),
    (['/'], {}),
    (['ls'], {'cwd': '/nope'}),
    (['ls'], {'cwd': '/etc/passwd'}),
]:
    try:
        subprocess.run(command, **options)
    except OSError as e:
        print(type(e).__name__, e)
try:
    subprocess.run(['sleep', '5'], timeout=0.2)
except subprocess.TimeoutExpired as e:
    print(e)
try:
    subprocess.run(['sh', '-c', 'echo partial; exit 7'], check=True, capture_output=True)
except subprocess.CalledProcessError as e:
    print(e, e.stdout)

# Descriptors: passed by number, inherited or not.
r, w = os.pipe()
print(os.get_inheritable(r), os.get_inheritable(w))
code = 'import os, sys; n = int(sys.argv[1]); os.write(n, b"from child"); print(os.get_inheritable(n), sys.stdin.readline())'
p = subprocess.Popen([PY, '-c', code, str(w)], pass_fds=[w], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
os.close(w)
print(p.communicate('a line\n'), p.returncode)
print(os.read(r, 100), os.read(r, 100))
os.close(r)
code = '''
import os, sys
try:
    os.fstat(int(sys.argv[1]))
    print('open')
except OSError as e:
    print(e)
'''
r, w = os.pipe()
for close_fds in True, False:
    for inheritable in False, True:
        os.set_inheritable(w, inheritable)
        out = subprocess.run([PY, '-c', code, str(w)], close_fds=close_fds, capture_output=True, text=True)
        print(close_fds, inheritable, out.stdout)

# A pipeline, as in the documentation.
p1 = subprocess.Popen('echo a; echo b', shell=True, stdout=subprocess.PIPE)
p2 = subprocess.Popen(['sort', '-r'], stdin=p1.stdout, stdout=subprocess.PIPE)
p1.stdout.close()
print(p2.communicate(), p1.wait())

# Data written before the child has the pipe.
r, w = os.pipe()
os.write(w, b'early')
os.close(w)
print(subprocess.run(['cat'], stdin=r, capture_output=True).stdout)
os.close(r)

# Ends: exit codes and signals.
p = subprocess.Popen(['sleep', '10'])
print(p.poll())
p.terminate()
print(p.wait(), p.poll())
p = subprocess.Popen(['sleep', '10'], start_new_session=True)
print(os.getpgid(p.pid) == p.pid, os.getsid(p.pid) == p.pid)
os.killpg(p.pid, 9)
print(p.wait())
with os.popen('echo popen; exit 3') as f:
    print(os.system('exit 4'), f.read(), f.close())
print(os.waitstatus_to_exitcode(os.system('kill -9 $$')))
pid = os.posix_spawn('/bin/sh', ['sh', '-c', 'exit 5'], os.environ)
print(os.waitpid(pid, 0) == (pid, 5 << 8))
pid = os.posix_spawnp('sh', ['sh', '-c', 'echo to the file >&3'], {}, file_actions=[
    (os.POSIX_SPAWN_OPEN, 3, '/dev/null', os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, 1, 4), (os.POSIX_SPAWN_CLOSE, 0)])
got = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
print(got.si_status, got.si_code == os.CLD_EXITED, got.si_pid == pid)
print(os.wait() == (pid, 0))
for f in lambda: os.waitpid(-1, 0), lambda: os.waitpid(pid, os.WNOHANG), lambda: os.kill(pid, 0):
    try:
        print(f())
    except OSError as e:
        print(type(e).__name__, e)

print(subprocess.check_output(['env'], env={'A': '1', 'B': 'ü'}))
print(subprocess.check_output(['pwd'], cwd='/usr'))
print(subprocess.run(['sh', '-c', 'umask'], umask=0o27, capture_output=True).stdout)
os.putenv('PUT', 'yes')
print(subprocess.check_output('echo $PUT', shell=True))
print(subprocess.getstatusoutput('echo text; exit 2'))
