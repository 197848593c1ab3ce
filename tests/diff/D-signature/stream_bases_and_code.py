"""Signatures of the stream base classes and of code.replace; class method descriptors cannot be pickled."""
import inspect
import io
import pickle
import types

for cls in io.IOBase, io.RawIOBase, io.BufferedIOBase, io.TextIOBase:
    print(cls.__name__, inspect.signature(cls))
for name in 'replace', '__replace__':
    method = getattr(types.CodeType, name)
    print(inspect.signature(method), method.__text_signature__)


class Stream(io.IOBase):
    def __init__(self, x):
        self.x = x


print(Stream(3).x)
try:
    io.IOBase.__mro__[1](1)
except TypeError as e:
    print(e)
try:
    (lambda: 1).__code__.replace(x=1)
except TypeError as e:
    print(e)

for descr in dict.__dict__['fromkeys'], bytearray.__dict__['maketrans']:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        try:
            pickle.dumps(descr, protocol)
        except TypeError as e:
            print(protocol, e)
