# The exceptions that modules written in C make: layout, size, weak references, bases.
import binascii, compression.zstd, decimal, io, locale, lzma, pickle, signal, struct, sys, termios, weakref, zlib
import xml.etree.ElementTree, xml.parsers.expat
import _hashlib, _hmac, _interpqueues, _interpreters, _queue, _sqlite3, _ssl

TYPES = (
    binascii.Error, binascii.Incomplete, struct.error, zlib.error, lzma.LZMAError, compression.zstd.ZstdError,
    pickle.PickleError, pickle.PicklingError, pickle.UnpicklingError, _hashlib.UnsupportedDigestmodError,
    _hmac.UnknownHashError, xml.parsers.expat.ExpatError, xml.etree.ElementTree.ParseError, locale.Error,
    signal.ItimerError, decimal.DecimalException, decimal.DivisionByZero, decimal.Underflow,
    io.UnsupportedOperation, _queue.Empty, termios.error, _sqlite3.Warning, _sqlite3.Error, _sqlite3.DataError,
    _ssl.SSLError, _ssl.SSLCertVerificationError, _ssl.SSLEOFError, _interpreters.InterpreterError,
    _interpreters.InterpreterNotFoundError, _interpreters.NotShareableError, _interpqueues.QueueError,
)

for t in TYPES:
    e = t('text')
    e.note = 1
    try:
        referenced = weakref.ref(e)() is e
    except TypeError as error:
        referenced = error
    bases = [b.__name__ for b in t.__bases__]
    print(t.__module__, t.__qualname__, t.__basicsize__, t.__dictoffset__, t.__weakrefoffset__, sys.getsizeof(e), bases, referenced)
