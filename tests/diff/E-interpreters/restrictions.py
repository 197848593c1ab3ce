# What code of an isolated interpreter may not do, and modules that cannot be imported there.
import _interpreters as I

CODE = '''if True:
    import signal, sys, threading, _thread, _imp, subprocess, syslog
    def attempt(f, *args, **kwargs):
        try:
            print(f.__name__, f(*args, **kwargs) is not None)
        except Exception as e:
            print(f.__name__, type(e).__name__, e)
    attempt(threading.Thread, daemon=True)
    attempt(_thread.start_joinable_thread, lambda: None, daemon=True)
    print(_thread.daemon_threads_allowed(), _thread._is_main_interpreter())
    attempt(signal.signal, signal.SIGINT, signal.SIG_IGN)
    attempt(signal.set_wakeup_fd, -1)
    attempt(subprocess.run, ['true'], preexec_fn=print)
    attempt(syslog.syslog, 'x')
    attempt(syslog.openlog)
    attempt(syslog.closelog)
    for name in ('faulthandler', '_tracemalloc', '_suggestions', '_decimal', 'array', '_sqlite3', '_interpreters'):
        attempt(__import__, name)
    print(_imp._override_multi_interp_extensions_check(-1))
    attempt(__import__, 'faulthandler')
    print(_imp._override_multi_interp_extensions_check(0))
'''
for config in ('isolated', 'legacy', I.new_config('isolated', allow_threads=False)):
    interp = I.create(config)
    print(config, I.exec(interp, CODE.replace("attempt(subprocess", "1 or attempt(subprocess") if config == 'legacy' else CODE))
    if config != 'legacy' and not isinstance(config, str):
        print(I.exec(interp, '_thread.start_new_thread(print, ())').formatted)
    I.destroy(interp)
