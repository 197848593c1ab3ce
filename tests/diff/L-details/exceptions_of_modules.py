# The exceptions that modules written in C make: layout, size, weak references, bases.
import binascii, compression.zstd, decimal, io, locale, lzma, pickle, signal, struct, sys, termios, weakref, zlib
import xml.etree.ElementTree, xml.parsers.expat
import _hashlib, _hmac, _queue

TYPES = (
    binascii.Error, binascii.Incomplete, struct.error, zlib.error, lzma.LZMAError, compression.zstd.ZstdError,
    pickle.PickleError, pickle.PicklingError, pickle.UnpicklingError, _hashlib.UnsupportedDigestmodError,
    _hmac.UnknownHashError, xml.parsers.expat.ExpatError, xml.etree.ElementTree.ParseError, locale.Error,
    signal.ItimerError, decimal.DecimalException, decimal.DivisionByZero, decimal.Underflow,
    io.UnsupportedOperation, _queue.Empty, termios.error,
)

for t in TYPES:
    e = t()
    assert weakref.ref(e)() is e
    e.note = 1
    bases = [b.__name__ for b in t.__bases__]
    print(t.__module__, t.__qualname__, t.__basicsize__, t.__dictoffset__, t.__weakrefoffset__, sys.getsizeof(e), bases)
