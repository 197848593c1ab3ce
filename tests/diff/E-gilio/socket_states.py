# What calls that do not fit a socket's state raise, and how connections are made that nobody waits for.
import errno
import os
import select
import socket
import tempfile


def ask(label, call):
    try:
        result = call()
    except Exception as e:
        result = type(e).__name__, getattr(e, 'errno', None), str(e)
    print(label, result)


server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen()
address = server.getsockname()
client = socket.socket()
ask('new: shutdown 9', lambda: client.shutdown(9))
ask('new: shutdown 1', lambda: client.shutdown(1))
ask('new: accept', lambda: client.accept())
ask('listening: shutdown 9', lambda: server.shutdown(9))
client.connect(address)
other, _ = server.accept()
for how in -1, 3, 9, 2**31, 'a':
    ask(f'connected: shutdown {how}', lambda: client.shutdown(how))
ask('connected: accept', lambda: client.accept())
ask('accepted: accept', lambda: other.accept())
ask('connected: listen', lambda: client.listen())
ask('connected: bind', lambda: client.bind(('127.0.0.1', 0)))
ask('connected: connect', lambda: client.connect(address))
ask('connected: connect_ex', lambda: client.connect_ex(address))
ask('listening: connect', lambda: server.connect(client.getsockname()))
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ask('datagrams: accept', lambda: datagrams.accept())
ask('datagrams: listen', lambda: datagrams.listen())
ask('datagrams: shutdown 1', lambda: datagrams.shutdown(1))
ask('datagrams: shutdown 9', lambda: datagrams.shutdown(9))
bound = socket.socket()
bound.bind(('127.0.0.1', 0))
ask('bound: accept', lambda: bound.accept())
ask('bound: shutdown', lambda: bound.shutdown(2))
a, b = socket.socketpair()
ask('pair: shutdown 9', lambda: a.shutdown(9))
ask('pair: accept', lambda: a.accept())
ask('pair: shutdown 1', lambda: a.shutdown(1))
ask('pair: shutdown 1', lambda: a.shutdown(1))
ask('pair: listen', lambda: a.listen())


def new():
    s = socket.socket()
    s.setblocking(False)
    return s


def ready(s):
    return [len(found) for found in select.select([s], [s], [s], 5)]


def error(s):
    return errno.errorcode.get(s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))


one = new()
ask('connect_ex', lambda: errno.errorcode[one.connect_ex(address)])
ask('ready', lambda: ready(one))
ask('error', lambda: error(one))
ask('peer', lambda: one.getpeername() == address)
ask('connect_ex', lambda: one.connect_ex(address))
two = new()
ask('connect', lambda: two.connect(address))
ask('ready', lambda: ready(two))
ask('connect_ex', lambda: two.connect_ex(address))
ask('connect_ex', lambda: two.connect_ex(address))
refused = bound.getsockname()
three = new()
ask('refused: connect_ex', lambda: errno.errorcode[three.connect_ex(refused)])
ask('refused: ready', lambda: ready(three))
ask('refused: error', lambda: error(three))
ask('refused: error', lambda: error(three))
ask('refused: send', lambda: three.send(b'x'))
poll = select.poll()
four = new()
poll.register(four, select.POLLIN | select.POLLOUT)
ask('new: poll', lambda: [event for _, event in poll.poll(0)])
ask('refused: connect_ex', lambda: errno.errorcode[four.connect_ex(refused)])
ask('refused: poll', lambda: [event for _, event in poll.poll(1000)])
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 's')
    local = socket.socket(socket.AF_UNIX)
    local.bind(path)
    local.listen()
    five = socket.socket(socket.AF_UNIX)
    five.setblocking(False)
    ask('local: connect_ex', lambda: five.connect_ex(path))
    ask('local: connect_ex', lambda: errno.errorcode[socket.socket(socket.AF_UNIX).connect_ex(path + 'x')])
    ask('local, listening: connect', lambda: local.connect(path))
for s in server, client, other, datagrams, bound, a, b, one, two, three, four, local, five:
    s.close()
