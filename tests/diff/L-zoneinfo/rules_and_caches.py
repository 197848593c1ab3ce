"""zoneinfo's C part: TZ strings and what is wrong with them, folds after the last change, and the caches."""
import datetime
import io
import os
import struct
import sys
import tempfile
import zoneinfo


def tz(s, trans=(), types=((0,0,'UTC'),)):
    out = b''
    abbr=b''.join(t[2].encode()+b'\0' for t in types)
    pos=[]; p=0
    for t in types: pos.append(p); p+=len(t[2])+1
    for v in (1,2):
        tr = trans
        out += b'TZif2'+b'\0'*15 + struct.pack('>6l',0,0,0,len(tr),len(types),len(abbr))
        out += b''.join(struct.pack('>l' if v==1 else '>q', t[0]) for t in tr)
        out += bytes(t[1] for t in tr)
        for t,q in zip(types,pos): out+=struct.pack('>lbb',t[0],t[1],q)
        out += abbr
    return out+b'\n'+s+b'\n'
def show(s, *a):
    try: z=zoneinfo.ZoneInfo.from_file(io.BytesIO(tz(s,*a)))
    except Exception as e: print(s, type(e).__name__, e); return
    r=[]
    for m in range(1,13):
        for d in (datetime.datetime(2020,m,9,1,tzinfo=z), datetime.datetime(2020,m,9,1,tzinfo=datetime.timezone.utc).astimezone(z) if 1 else None):
            try: r.append((str(d.utcoffset()), str(d.dst()), d.tzname(), d.fold))
            except Exception as e: r.append(repr(e))
    print(s, r[0], r[13])
for s in ["AAA","AB C3"," A B 3","AAA4BB B,J60/2,J300/2","AAA24","AAA25","AAA24:59:59","AAA24:60","AAA24:59:60","AAA-24","A3","AAA24BBB,J60/2,J300/2","AAA-24BBB,J60/2,J300/2","AAA4BBB24,J60/2,J300/2","AAA-24:59:59BBB,J60/2,J300/2","AAA4BBB,J60/2,J300/-167:59:59","AAA4BBB,J60/2,J300/168","AAA4BBB,J60/2:60,J300/2","AAA4BBB,J60/2:5,J300/2","AAA4BBB,0/2,J300/2","AAA4BBB,366,J300/2","AAA4BBB,365,J300/2","<+03>-3","<>3","<a_b>3","AAA3:5","AAA4BBB,M03.2.0/2,M11.1.0/3","AAA4BBB,M3.02.0,M11.1.0","AAA3,M3.2.0,M11.1.0","AAA4BBB,J060,J300","AAA4BBB,J0060,J300","AAA4BBB,J60/1,J300,","AAA4BBB,J60/1000,J300","AAA4BBB,J60/+2,J300", "AAA0004", "AAA004","AAA+4BBB+3,M3.5.0/-1,M10.5.0/0"]: show(s.encode())
show("ABÀC3".encode()); show(b"A\xff3")
show(b"<-03>3", ((218246400,1),), ((0,0,'-00'),(-10800,0,'-03')))
z=zoneinfo.ZoneInfo.from_file(io.BytesIO(tz(b"<-03>3", ((218246400,1),), ((0,0,'-00'),(-10800,0,'-03')))))
for h in range(-1,8):
    d=(datetime.datetime(1976,12,1,0,30,tzinfo=datetime.timezone.utc)+datetime.timedelta(hours=h)).astimezone(z); print(d, d.fold, d.utcoffset())
z=zoneinfo.ZoneInfo.from_file(io.BytesIO(tz(b"EST5EDT,M3.2.0,M11.1.0", ((218246400,0),(318246400,1)), ((0,0,'-00'),(-10800,0,'-03')))))
for h in range(-1,8):
    d=(datetime.datetime.fromtimestamp(318246400,datetime.timezone.utc)+datetime.timedelta(hours=h)).astimezone(z); print(d, d.fold, d.utcoffset(), d.tzname())


class Z(datetime.datetime):
    def replace(self, *args, **kwargs):
        print('replace', args, kwargs)
        return super().replace(*args, **kwargs)


folder = tempfile.TemporaryDirectory()
os.mkdir(os.path.join(folder.name, 'Test'))
for name in 'One', 'Two':
    with open(os.path.join(folder.name, 'Test', name), 'wb') as file:
        file.write(tz(b'CET-1CEST,M3.5.0,M10.5.0/3', ((0, 0),), ((3600, 0, 'CET'),)))
zoneinfo.reset_tzpath([folder.name])
one = zoneinfo.ZoneInfo('Test/One')
print(repr(one.fromutc(Z(2020, 10, 25, 1, 30, tzinfo=one))))


class K(zoneinfo.ZoneInfo):
    pass


print(type(K._weak_cache), hasattr(zoneinfo.ZoneInfo, '_weak_cache'))
two = K('Test/Two')
print(list(K._weak_cache), K('Test/Two') is two)


class Cache:
    def get(self, key, default=None):
        return 1337 if found else default

    def setdefault(self, key, zone):
        print(key, type(zone))
        return 1338

    def pop(self, *args):
        print('pop', args)

    def clear(self, *args):
        print('clear', args)


K._weak_cache = Cache()
for found in True, False:
    try:
        K('Test/One')
    except RuntimeError as e:
        print(e)
K.clear_cache(only_keys=['UTC', 3])
K.clear_cache()
del K._weak_cache
for bad in lambda: K('Test/One'), K.clear_cache:
    try:
        bad()
    except AttributeError as e:
        print(e)
for bad in 3, None, [], 'Test/Thr\ud800ee', 'Test':
    try:
        zoneinfo.ZoneInfo(bad)
    except TypeError as e:
        print(e)
    except zoneinfo.ZoneInfoNotFoundError:
        print('not found')


class S(str):
    pass


zoneinfo.ZoneInfo.clear_cache()
one = zoneinfo.ZoneInfo(S('Test/One'))
print(zoneinfo.ZoneInfo('Test/One') is one, type(one.key))
zoneinfo.ZoneInfo.clear_cache(only_keys=['Test/One'])
print(zoneinfo.ZoneInfo('Test/One') is one)
try:
    zoneinfo.ZoneInfo.__init_subclass__()
except TypeError as e:
    print(e)

# Where datetime is the Python one, zoneinfo has to be, too.
for name in '_zoneinfo', 'datetime':
    del sys.modules[name]
sys.modules['_datetime'] = None
try:
    import _zoneinfo
except AttributeError as e:
    print(e)
