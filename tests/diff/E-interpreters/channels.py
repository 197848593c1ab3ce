# _interpchannels: both ends, closing and releasing them, what waits, what becomes of items whose interpreter ends.
import _interpchannels as C
import _interpreters as I
import threading


def t(f, *a, **k):
    try:
        out = repr(f(*a, **k))
    except BaseException as e:
        out = f'{type(e).__qualname__}: {e} | cause {e.__cause__!r}'
    print(f.__name__, a, k, out)


def info(c):
    i = C.get_info(c)
    print(i, i.num_interp_both, i.num_interp_both_released, i.num_interp_both_send_released,
          i.num_interp_both_recv_released, i.send_associated, i.send_released, i.recv_associated, i.recv_released)


t(C.create)
c = C.create(3)
t(C.create, 7)
t(C.create, 3, 0)
t(C.create, 1, 5)
t(C.create, -1)
t(C.list_all)
t(C.send, c, 1, blocking=False)
t(C.recv, c)
t(C.recv, c)
t(C.recv, c, 'd')
info(c)
t(C.get_channel_defaults, c)
t(C.get_count, c)
t(C.send, c, [1], blocking=False)
t(C.send, c, [1], fallback=0, blocking=False)
t(C.recv, c)
t(C.send, c, 1, timeout=.01)
t(C.get_count, c)
t(C.send, c, 1, timeout='x')
t(C.send, c, 1, blocking=False, timeout=1)
t(C.send, c, 1, timeout=-1)
t(C.send, c, 1, 3, blocking=False)
t(C.send, c, 1, 9, blocking=False)
info(c)
t(C.close, c)
t(C.close, c, send=True)
info(c)
t(C.close, c, send=True)
t(C.send, c, 1, blocking=False)
t(C.recv, c)
t(C.recv, c)
t(C.close, c)
info(c)
t(C.get_count, c)
t(C.list_interpreters, c, send=True)

d = C.create(3)
t(C.release, d, send=True, recv=True)
t(C.release, d)
e = C.create(3)
t(C.send, e, 1, blocking=False)
t(C.release, e, send=True)
t(C.send, e, 1, blocking=False)
t(C.recv, e)
f = C.create(3)
t(C.send, f, 1, blocking=False)
t(C.close, f, force=True)
info(f)
g = C.create(3)
t(C.send_buffer, g, bytearray(b'abc'), blocking=False)
m, _ = C.recv(g)
print(bytes(m), type(m.obj).__name__, m.readonly)
t(C.send_buffer, g, 5, blocking=False)
t(C.destroy, g)
t(C.destroy, g)
t(C.send, g, 1)
t(C._channel_id, 50)
t(C._channel_id, 50, force=True)
t(C._channel_id, e, send=False, recv=False)
t(C._channel_id, 'x')
t(C._channel_id, -1)
print(repr(e), repr(e.send), repr(C._channel_id(e, recv=True)), str(e), int(e), e.end, e.send.end, e == int(e),
      hash(e) == hash(int(e)), e.send == e, e == 1.0, e == 'x', e != e)

# A sender waits for the receiver, in whatever interpreter.
h = C.create(3)
received = []
thread = threading.Thread(target=lambda: received.append(C.send(h, 'waited for')))
thread.start()
while C.get_count(h) == 0:
    pass
i = I.create()
print(I.exec(i, f'import _interpchannels as C; print(C.recv({int(h)}))'))
thread.join()
print(received, C.list_interpreters(h, send=True) == [0], C.list_interpreters(h, send=False) == [i])
closed = []


def sender():
    try:
        C.send(h, 1)
    except Exception as e:
        closed.append(f'{type(e).__name__}: {e}')


thread = threading.Thread(target=sender)
thread.start()
while C.get_count(h) == 0:
    pass
C.close(h, force=True)
thread.join()
print(closed)

# Ends go to other interpreters; items outlive theirs, or not.
for op in (1, 2, 3):
    j = C.create(op)
    C.recv(j, None)
    k = I.create()
    I.exec(k, 'import _interpchannels as C; C.send(j, 5, blocking=False)\n'
              'print(j, j.end, j.send.end)', {'j': j})
    info(j)
    I.destroy(k)
    info(j)
    t(C.recv, j)
    t(C.recv, j, 'none')
t(C._register_end_types, 1, 2)
