# Values of other types: adapters, converters, __conform__, text factories.
import datetime
import decimal
import sqlite3
import warnings


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, '|', e)


con = sqlite3.connect(':memory:', detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES)
sqlite3.register_adapter(decimal.Decimal, str)
sqlite3.register_converter('decimal', lambda b: decimal.Decimal(b.decode()))
sqlite3.register_converter('bool', lambda b: bool(int(b)))
con.execute('CREATE TABLE t(d decimal(10, 2), b BOOL NOT NULL, s, n "Decimal")')
con.execute('INSERT INTO t VALUES (?, ?, ?, ?)', (decimal.Decimal('12.50'), True, 'text', None))
cur = con.execute('SELECT d, b, s, n, d + 1, d + 1 AS "e [decimal]", b AS "flag [bool]" FROM t')
print(cur.fetchone(), [d[0] for d in cur.description])


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __conform__(self, protocol):
        if protocol is sqlite3.PrepareProtocol:
            return f'{self.x};{self.y}'


class Other:
    def __conform__(self, protocol):
        raise TypeError('not me')


print(con.execute('SELECT ?', (Point(4.0, -3.2),)).fetchone())
attempt(con.execute, 'SELECT ?', (Other(),))
print(sqlite3.adapt(Point(1, 2)), sqlite3.adapt(5, int, 'alt'), sqlite3.adapt(object(), sqlite3.PrepareProtocol, 'alt'))
attempt(sqlite3.adapt, object())
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(con.execute('SELECT ? AS "x [date]", ? AS "y [timestamp]"', (datetime.date(2024, 2, 29), datetime.datetime(2024, 1, 2, 3, 4, 5, 678))).fetchone())
    print([str(w.message)[:60] for w in caught])


def failing(data):
    raise ValueError(data)


sqlite3.register_converter('failing', failing)
cur = con.execute('SELECT 5 AS "f [failing]"')
attempt(cur.fetchone)


class Int(int):
    pass


class Str(str):
    pass


print(con.execute('SELECT ?, typeof(?1), ?, typeof(?2), ?, ?', (Int(5), Str('s'), True, 1.0)).fetchone())
con.text_factory = bytes
print(con.execute("SELECT 'ä', x'ff'").fetchone())
con.text_factory = bytearray
print(con.execute("SELECT 'ä'").fetchone())
con.text_factory = lambda b: b.decode(errors='replace') + '!'
print(con.execute("SELECT CAST(x'61ff62' AS TEXT)").fetchone())
con.text_factory = str
attempt(lambda: con.execute("SELECT CAST(x'61ff62' AS TEXT) AS broken").fetchone())
con.text_factory = lambda b: 1 / 0
attempt(lambda: con.execute("SELECT 'a'").fetchone())


class Sequence:
    def __init__(self, *items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        if i == 1:
            raise KeyError('item 1')
        return self.items[i]


class Missing(dict):
    def __missing__(self, key):
        return key.upper()


con.text_factory = str
print(con.execute('SELECT ?', Sequence(7)).fetchone(), con.execute('SELECT :a, :b', Missing(a=1)).fetchone())
attempt(con.execute, 'SELECT ?, ?', Sequence(7, 8))
con.close()
