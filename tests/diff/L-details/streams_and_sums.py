# In-memory streams that are changed by what they are given, the ends of their positions, halves of surrogates, large products.
import codecs, io, math, random, statistics, sys

class Exporter:
    def __buffer__(self, flags):
        self.view = stream.getbuffer()
        return memoryview(b"A")
class Closer:
    def __init__(self, action): self.action = action
    def __index__(self):
        self.result = self.action()
        return 0

for name in ("write", "writelines"):
    stream, e = io.BytesIO(), Exporter()
    try: print(getattr(stream, name)(e if name == "write" else [e]))
    except BufferError as error: print(error)
for action in ("close", "getbuffer"):
    stream = io.BytesIO(b"abc")
    c = Closer(getattr(stream, action))
    try: print(stream.truncate(c))
    except (ValueError, BufferError) as error: print(type(error).__name__, error)
for stream in (io.BytesIO(b"abc"), io.StringIO("abc")):
    print(stream.seek(sys.maxsize), stream.read(4), stream.seek(sys.maxsize - 2), stream.read(), stream.seek(1), stream.read())
stream = io.BytesIO(b"abc"); print(stream.seek(sys.maxsize), stream.readinto(bytearray(2)))
try: stream.seek(3, 1)
except OverflowError as error: print(error)
for text in ("\ud901", "\udc02"):
    data = text.encode("utf-8", "surrogatepass")
    for i in (1, 2):
        d = codecs.getincrementaldecoder("utf-8")("surrogatepass")
        print(ascii(d.decode(data[:i])), ascii(d.decode(data[i:], True)))
d = codecs.getincrementaldecoder("utf-8")()
for chunk in (b"\xed", b"\xa4", b"x"):
    try: print(ascii(d.decode(chunk)))
    except UnicodeDecodeError as error: print(error)
big = sys.float_info.max
print(statistics._sqrtprod(big, big), math.sumprod((2.0 ** 511, -2.0 ** 511), (2.0 ** 512, 2.0 ** 512)))
random.seed(3)
for _ in range(200):
    a, b = random.uniform(-1, 1) * 2.0 ** random.randint(480, 511), random.uniform(-1, 1) * 2.0 ** random.randint(480, 511)
    h = math.sqrt(abs(a * b))
    print(math.sumprod((abs(a), h), (abs(b), -h)))
