# Ports as getaddrinfo() takes them: numbers of any size, digits, names.
import socket

PORTS = [2**31 - 1, 2**31, 2**31 + 5, 2**32 - 1, 2**32, 2**32 + 7, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1]
PORTS += ['65536', '99999', '4294967296', '-1', 70000, '\ud800', True, b'80', 'http', 'no such', 1.5]
for port in PORTS:
    for flags in 0, socket.AI_NUMERICSERV:
        try:
            print(ascii(port), flags, socket.getaddrinfo('127.0.0.1', port, type=socket.SOCK_STREAM, flags=flags)[0][4])
        except (OSError, UnicodeError) as e:
            print(ascii(port), flags, repr(e))
