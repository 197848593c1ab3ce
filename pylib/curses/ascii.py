"""The characters of ASCII: their names, and what kind each is of.

Functions take a character or its number, and those that give one give the same kind.
"""

controlnames = (
    'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US SP'
).split()

NUL, SOH, STX, ETX, EOT, ENQ, ACK, BEL, BS, HT, LF, VT, FF, CR, SO, SI = range(16)
DLE, DC1, DC2, DC3, DC4, NAK, SYN, ETB, CAN, EM, SUB, ESC, FS, GS, RS, US = range(16, 32)
SP = 32
DEL = 127
TAB = HT
NL = LF


def _ctoi(c):
    return ord(c) if isinstance(c, str) else c


def _like(c, code):
    """A character's number, or the character where that is what was asked about."""
    return chr(code) if isinstance(c, str) else code


def isdigit(c):
    return 48 <= _ctoi(c) <= 57


def isupper(c):
    return 65 <= _ctoi(c) <= 90


def islower(c):
    return 97 <= _ctoi(c) <= 122


def isalpha(c):
    return isupper(c) or islower(c)


def isalnum(c):
    return isalpha(c) or isdigit(c)


def isxdigit(c):
    return isdigit(c) or 65 <= _ctoi(c) <= 70 or 97 <= _ctoi(c) <= 102


def isascii(c):
    return 0 <= _ctoi(c) <= 127


def isblank(c):
    return _ctoi(c) in (HT, SP)


def isspace(c):
    return _ctoi(c) in (HT, LF, VT, FF, CR, SP)


def isctrl(c):
    return 0 <= _ctoi(c) < 32


def iscntrl(c):
    return isctrl(c) or _ctoi(c) == DEL


def isgraph(c):
    return 33 <= _ctoi(c) <= 126


def isprint(c):
    return 32 <= _ctoi(c) <= 126


def ispunct(c):
    return isgraph(c) and not isalnum(c)


def ismeta(c):
    return _ctoi(c) > 127


def ascii(c):
    return _like(c, _ctoi(c) & 0x7F)


def ctrl(c):
    return _like(c, _ctoi(c) & 0x1F)


def alt(c):
    return _like(c, _ctoi(c) | 0x80)


def unctrl(c):
    """How a character can be shown: ^C for a control character, ! before one with the eighth bit."""
    code = _ctoi(c)
    low = code & 0x7F
    if code == DEL:
        shown = '^?'
    elif isprint(low):
        shown = chr(low)
    else:
        shown = '^' + chr((low | 0x20) + 0x20)
    return '!' + shown if code & 0x80 else shown
