"""Descriptors for other processes: reduction.sendfds() and recvfds() call this in place of sendmsg() and recvmsg().

No descriptor can be sent over a socket here. The name that it has below /proc is, and the other process opens that anew: files
(with a position of its own) and pipes. Sockets have no such name: OSError.
"""
import array
import fcntl
import os
import socket
import struct

from _multiprocessing import descriptor_path

# Name, flags, position (-1: none).
RECORD = struct.Struct('=64siq')
KEPT_FLAGS = os.O_ACCMODE | os.O_APPEND


def send(sock, count, fds):
    """Sends a byte and what stands for the descriptors."""
    sock.sendall(count + b''.join(map(record_of, fds)))


def receive(sock):
    """The byte, and the new descriptors as ancillary data."""
    count = sock.recv(1)
    fds = array.array('i', [opened(received(sock, RECORD.size)) for _ in range(sum(count))])
    return count, [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds.tobytes())] if fds else []


def record_of(fd):
    try:
        position = os.lseek(fd, 0, os.SEEK_CUR)
    except OSError:
        position = -1
    return RECORD.pack(os.fsencode(descriptor_path(fd)), fcntl.fcntl(fd, fcntl.F_GETFL), position)


def received(sock, n):
    data = b''
    while len(data) < n:
        piece = sock.recv(n - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


def opened(record):
    name, flags, position = RECORD.unpack(record)
    fd = os.open(name.rstrip(b'\0'), flags & KEPT_FLAGS)
    if position > 0:
        os.lseek(fd, position, os.SEEK_SET)
    return fd
