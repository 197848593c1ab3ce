"""Functions of os.path that only look at the text take what no file name can hold."""
import os.path

for path in 'a\ud800//b/../c', '\ud800/./x', '//a\udfff/../../b', 'a\0b/../c', '/\0/..', b'a\0/../c':
    print(ascii(os.path.normpath(path)), ascii(os.path.splitroot(path)))
for name in 'exists', 'lexists', 'isdir', 'isfile', 'islink', 'isjunction', 'ismount':
    print(name, getattr(os.path, name)('a\ud800'), getattr(os.path, name)('a\0'))
