# A search that would take for ever lets the handlers of signals run, which may search themselves.
import re
import signal


def handler(number, frame):
    global calls
    calls += 1
    assert re.sub('b+', 'x', 'abba') == 'axa'
    assert re.match('(a+)+$', 'aaa').group(1) == 'aaa'
    if calls == 3:
        raise TimeoutError('enough')


calls = 0
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
try:
    re.match('(a+)+$', 'a' * 64 + 'b')
except TimeoutError as e:
    print(e, calls)
finally:
    signal.setitimer(signal.ITIMER_REAL, 0)
print(re.findall('(a|b)+c', 'abac bc'))
