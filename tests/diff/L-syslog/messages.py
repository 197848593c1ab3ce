# Arguments, masks, and what is shown on stderr. What reaches the log depends on the machine.
import sys
import syslog


def attempt(f, *args, **kwargs):
    try:
        print(f.__name__, args, kwargs, f(*args, **kwargs))
    except Exception as e:
        print(f.__name__, ascii(args), kwargs, type(e).__name__, e)


attempt(syslog.syslog)
attempt(syslog.syslog, 'a', 'b')
attempt(syslog.syslog, 1, 2, 3)
attempt(syslog.syslog, 5)
attempt(syslog.syslog, 1, 5)
attempt(syslog.syslog, 'a\0b')
attempt(syslog.syslog, '\ud800')
attempt(syslog.openlog, 5)
attempt(syslog.openlog, 'a', facility='x')
attempt(syslog.openlog, '\ud800')
attempt(syslog.setlogmask, 'x')
attempt(syslog.setlogmask, 1, 2)
for priority in 0, 5, 40, -1, 'x':
    attempt(syslog.LOG_MASK, priority)
    attempt(syslog.LOG_UPTO, priority)
attempt(syslog.setlogmask, 0)
attempt(syslog.setlogmask, 255)
attempt(syslog.closelog)
events = []
sys.addaudithook(lambda event, args: events.append((event, args)) if event.startswith('syslog') else None)
sys.stdout.flush()
syslog.openlog('me', syslog.LOG_PERROR)
syslog.syslog('hello')
syslog.syslog(syslog.LOG_ERR, 'with an end\n')
syslog.setlogmask(syslog.LOG_UPTO(syslog.LOG_ERR))
syslog.syslog('not shown')
syslog.closelog()
sys.argv = ['/some/where/program']
syslog.openlog(logoption=syslog.LOG_PERROR, facility=syslog.LOG_LOCAL7)
syslog.syslog(syslog.LOG_CRIT, 'by name')
print(events)
print(sorted((name, value) for name, value in vars(syslog).items() if name.startswith('LOG') and isinstance(value, int)))
