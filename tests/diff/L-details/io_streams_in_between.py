"""Streams that Python code changes in the midst of a call, and arguments that no C string can hold."""
import codecs
import io

# write() asks a str subclass for its line ends; that may do anything to the stream.
for result in (None, 5, b'x', 'zz'):
    class Text(str):
        def replace(self, *args):
            print('replace', args)
            return result

    stream = io.TextIOWrapper(io.BytesIO(), newline='\r\n')
    try:
        print(stream.write(Text('a\nbbb')))
        stream.flush()
        print(stream.buffer.getvalue())
    except TypeError as e:
        print(repr(e))

readonly = io.BufferedReader(io.BytesIO())


def fail_init(stream):
    try:
        stream.__init__(readonly, encoding='nonexistent')
    except LookupError as e:
        print(e)


for action in (lambda s: s.close(), lambda s: s.detach(), lambda s: s.__init__(readonly), fail_init):
    stream = io.TextIOWrapper(io.BytesIO(), newline='\r\n')

    class Text(str):
        def replace(self, *args):
            action(stream)
            return 'a\r\n'

    try:
        print(stream.write(Text('a\n')))
    except Exception as e:
        print(repr(e))

# detach() while the stream is being closed.
wrapper = None


class Raw(io.RawIOBase):
    @property
    def closed(self):
        global wrapper
        if wrapper is not None:
            w, wrapper = wrapper, None
            w.detach()
        return False

    def flush(self):
        print('flush')

    def close(self):
        print('close')


raw = Raw()
wrapper = w = io.TextIOWrapper(raw)
print(w.close())
try:
    w.read()
except ValueError as e:
    print(e)


class DetachOnFlush(io.BufferedRandom):
    def flush(self):
        global wrapper
        if wrapper is not None:
            w, wrapper = wrapper, None
            w.detach()


for call in (
    lambda: w.truncate(0),
    lambda: w.close(),
    lambda: w.detach(),
    lambda: w.seek(0),
    lambda: w.tell(),
    lambda: w.reconfigure(line_buffering=True),
):
    wrapper = w = io.TextIOWrapper(DetachOnFlush(io.BytesIO()), encoding='utf-8')
    try:
        print(call())
    except Exception as e:
        print(repr(e))


# What is written by the binary stream meanwhile goes out before a large text.
class Reentrant(io.RawIOBase):
    stack = []
    written = False

    def writable(self):
        return True

    def write(self, data):
        if not self.written:
            self.written = True
            t.write('middle')
        self.stack.append(bytes(data))
        return len(data)


t = io.TextIOWrapper(Reentrant())
t.write('abc')
t.write('def')
t.write('g' * 8192)
t.flush()
print([(b[:6], len(b)) for b in Reentrant.stack])

# What C code takes as UTF-8.
for text in ('\udcfe', 'utf-8\0', 'x\udcfe'):
    for call in (
        lambda: io.TextIOWrapper(io.BytesIO(), encoding=text),
        lambda: io.TextIOWrapper(io.BytesIO(), errors=text),
        lambda: io.TextIOWrapper(io.BytesIO(), newline=text),
        lambda: io.TextIOWrapper(io.BytesIO()).reconfigure(encoding=text),
        lambda: io.TextIOWrapper(io.BytesIO()).reconfigure(errors=text),
        lambda: io.TextIOWrapper(io.BytesIO()).reconfigure(newline=text),
        lambda: open('/dev/null', encoding=text),
        lambda: codecs.lookup(text),
        lambda: codecs.lookup_error(text),
        lambda: ''.encode(text),
        lambda: b'a'.decode(text),
    ):
        try:
            result = call()
            print('no error')
        except Exception as e:
            print(repr(e))

# A closed raw stream: what was read ahead is still there.
for how in ('read', 'read1', 'peek', 'readline', 'readinto', 'tell', 'seek', 'flush'):
    raw = io.BytesIO(b'abcdef\nghi')
    b = io.BufferedReader(raw)
    b.read(1)
    raw.close()
    args = {'readinto': [bytearray(3)], 'tell': [], 'seek': [0], 'flush': []}.get(how, [3])
    try:
        print(how, getattr(b, how)(*args))
    except ValueError as e:
        print(how, e)


class Device(io.BytesIO):
    def tell(self):
        return 0

    def seek(self, *args):
        return 0


b = io.BufferedReader(Device(b'12'))
print(b.seek(0, 1), b.seek(1, 0), b.read(1), b.tell(), b.seek(0, 1))

# Reading behind what was written into the buffer.
raw = io.BytesIO(b'asdfghjkl')
rw = io.BufferedRandom(raw)
print(rw.read(4), rw.write(b'123f'), rw.seek(0), rw.read(), rw.tell(), raw.getvalue())
raw = io.BytesIO(b'abcdefghi')
rw = io.BufferedRandom(raw)
print(rw.read(2), rw.write(b'12'), rw.read(2), rw.tell(), rw.flush(), rw.tell(), rw.read())
