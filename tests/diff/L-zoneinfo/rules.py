"""Time zones from files made here: changes, folds and gaps, and rules for ever."""
import datetime, io, struct, zoneinfo
D = datetime.datetime
UTC = datetime.timezone.utc

def tzif(changes, types, rule):
    abbr = b''.join(name.encode() + b'\0' for _, _, name in types)
    at = [abbr.index(name.encode() + b'\0') for _, _, name in types]
    def block(fmt):
        head = struct.pack('>4sc15x6l', b'TZif', b'2', 0, 0, 0, len(changes), len(types), len(abbr))
        body = struct.pack(f'>{len(changes)}{fmt}', *(t for t, _ in changes)) + bytes(i for _, i in changes)
        return head + body + b''.join(struct.pack('>lbb', off, dst, a) for (off, dst, _), a in zip(types, at)) + abbr
    return io.BytesIO(block('l') + block('q') + b'\n' + rule.encode() + b'\n')

def show(zone, years):
    for y in years:
        for m in range(1, 13):
            for d in (1, 8, 15, 26, 28):
                row = []
                for h in (0, 1, 2, 3, 23):
                    for fold in (0, 1):
                        t = D(y, m, d, h, 30, tzinfo=zone, fold=fold)
                        row.append((t.utcoffset(), t.dst(), t.tzname()))
                    u = D(y, m, d, h, 30, tzinfo=UTC).astimezone(zone)
                    row.append((u.replace(tzinfo=None).isoformat(), u.fold))
                if len(set(row[0::3])) > 1 or len(set(row[1::3])) > 1 or any(x[1] for x in row[2::3]) or d == 1:
                    print(y, m, d, [tuple(str(x) for x in r) for r in row[0::3]][:3], row[2::3])

day = 86400
zones = {
    'none': tzif([], [(3600, 0, 'ONE')], ''),
    'fixed rule': tzif([], [(3600, 0, 'ONE')], '<+03>-3'),
    'europe': tzif([(-1000 * day, 1), (900 * day, 2), (1100 * day, 1), (1270 * day, 2), (1470 * day, 1)], [(1234, 0, 'LMT'), (3600, 0, 'CET'), (7200, 1, 'CEST')], 'CET-1CEST,M3.5.0,M10.5.0/3'),
    'south': tzif([(0, 0)], [(36000, 0, 'A'), (37800, 1, 'B')], '<+1030>-10:30<+11>-11,M10.1.0,M4.1.0'),
    'negative': tzif([(0, 0)], [(3600, 0, 'IST')], 'IST-1GMT0,M10.5.0,M3.5.0/1'),
    'days': tzif([(0, 0)], [(-18000, 0, 'EST')], 'EST5EDT,J59/2,300/26'),
    'always': tzif([(0, 0)], [(3600, 0, 'X')], 'X3Y4,0/0,J365/23'),
}
for name, file in zones.items():
    zone = zoneinfo.ZoneInfo.from_file(file, key=name)
    print(name, repr(zone), str(zone), zone.utcoffset(None), zone.dst(None), zone.tzname(None))
    show(zone, (1960, 1967, 1972, 1973, 2023, 2024))
def attempt(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
zone = zoneinfo.ZoneInfo.from_file(tzif([], [(0, 0, 'A')], ''))
for rule in ('X', '5', 'A5B', 'A5B,', 'A5B,M1.1.1', 'A5B,M13.1.1,M1.1.1', 'A5B,M1.6.1,M1.1.1', 'A5B,M1.1.7,M1.1.1', 'A5B,J0,J1', 'A5B,J366,1', 'A5B,366,1', 'A99', 'A5B,1/168,2', '<A5', 'A5:99'):
    try: zoneinfo.ZoneInfo.from_file(tzif([], [(0, 0, 'A')], rule)); print(rule, 'accepted')
    except Exception as e: print(rule, type(e).__name__)
attempt(zoneinfo.ZoneInfo.from_file, io.BytesIO(b'')); attempt(zoneinfo.ZoneInfo.from_file, io.BytesIO(b'TZif'))
attempt(zone.__reduce__); attempt(zone.fromutc, 5); attempt(zone.fromutc, D(2020, 1, 1)); attempt(zone.utcoffset, 5); attempt(setattr, zone, 'key', 1)
attempt(zoneinfo.ZoneInfo); attempt(zoneinfo.ZoneInfo, 5); attempt(zoneinfo.ZoneInfo, '../x'); attempt(zoneinfo.ZoneInfo.clear_cache); attempt(zoneinfo.ZoneInfo.clear_cache, 1)
