# Functions of Python's in SQL, and what SQLite asks and tells while it works.
import sqlite3
import sys

con = sqlite3.connect(':memory:')
con.executescript('CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 5), (2, 4), (3, 3), (4, 2), (5, 1)')


def attempt(sql, *args):
    try:
        print(con.execute(sql, *args).fetchall())
    except Exception as e:
        print(type(e).__name__, '|', e, '|', getattr(e, 'sqlite_errorname', None))


con.create_function('kinds', -1, lambda *args: repr(args))
attempt("SELECT kinds(), kinds(1, 2.5, 'ä', x'00ff', NULL, 9223372036854775807)")
for name, value in {'i': 7, 'f': 1.5, 's': 'ß', 'b': b'\0\1', 'n': None, 'big': 2**64, 'odd': [], 'ba': bytearray(b'x'), 'neg': -(2**63)}.items():
    con.create_function('give_' + name, 0, lambda value=value: value)
    attempt(f'SELECT give_{name}(), typeof(give_{name}())')


def raising():
    raise ZeroDivisionError('in a function')


con.create_function('raising', 0, raising)
con.create_function('memory', 0, lambda: (_ for _ in ()).throw(MemoryError))
attempt('SELECT raising()')
attempt('SELECT memory()')
attempt('SELECT kinds(1) FROM missing')
attempt('SELECT give_i(1)')
con.create_function('give_i', 0, None)
attempt('SELECT give_i()')
con.create_function('square', 1, lambda x: x * x, deterministic=True)
con.execute('CREATE INDEX i ON t(square(a))')
attempt('SELECT a FROM t WHERE square(a) > 10')
try:
    con.create_function('kinds', 5000, len)
except sqlite3.ProgrammingError as e:
    print(e)


class Median:
    def __init__(self):
        self.values = []

    def step(self, value):
        self.values.append(value)

    def inverse(self, value):
        self.values.remove(value)

    def value(self):
        return sorted(self.values)[len(self.values) // 2]

    finalize = value


con.create_aggregate('median', 1, Median)
attempt('SELECT median(a), median(b) FROM t')
attempt('SELECT median(a) FROM t WHERE a > 100')
attempt('SELECT a % 2, median(b) FROM t GROUP BY 1')
con.create_window_function('wmedian', 1, Median)
attempt('SELECT a, wmedian(b) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t')
con.create_window_function('wmedian', 1, None)
attempt('SELECT wmedian(b) OVER () FROM t')


class Bad:
    def __init__(self):
        raise ValueError


class NoStep:
    pass


class BadStep(Median):
    def step(self, value):
        raise ValueError


class BadFinal(Median):
    def finalize(self):
        return object()


for cls in Bad, NoStep, BadStep, BadFinal:
    con.create_aggregate('bad', 1, cls)
    attempt('SELECT bad(a) FROM t')

con.create_collation('backwards', lambda x, y: (x < y) - (x > y))
attempt("SELECT column1 FROM (VALUES ('a'), ('ä'), ('c'), ('b')) ORDER BY 1 COLLATE backwards")
con.create_collation('backwards', lambda x, y: 1 / 0)
attempt("SELECT column1 FROM (VALUES ('a'), ('b')) ORDER BY 1 COLLATE backwards")
con.create_collation('backwards', None)
attempt("SELECT column1 FROM (VALUES ('a'), ('b')) ORDER BY 1 COLLATE backwards")


def authorizer(action, *names):
    if action == sqlite3.SQLITE_READ and names[1] == 'b':
        return sqlite3.SQLITE_IGNORE
    if action == sqlite3.SQLITE_DELETE:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_DROP_TABLE:
        raise ValueError
    return sqlite3.SQLITE_OK


con.set_authorizer(authorizer)
attempt('SELECT a, b FROM t LIMIT 2')
attempt('DELETE FROM t')
attempt('DROP TABLE t')
con.set_authorizer(lambda *args: 'no int')
attempt('SELECT 1')
con.set_authorizer(None)

traced = []
con.set_trace_callback(traced.append)
con.execute('SELECT ?, ?', ('it''s', 5)).fetchall()
con.execute('UPDATE t SET a = a')
con.commit()
con.set_trace_callback(None)
con.execute('SELECT 2')
print(traced)

steps = []
con.set_progress_handler(lambda: steps.append(1), 1)
con.execute('SELECT count(*) FROM t, t x, t y').fetchall()
print(len(steps) > 100)
con.set_progress_handler(lambda: len(steps) and 1, 1)
attempt('SELECT count(*) FROM t')
con.set_progress_handler(raising, 1)
attempt('SELECT count(*) FROM t')
con.set_progress_handler(None, 0)
attempt('SELECT count(*) FROM t')


def nested():
    return con.execute('SELECT max(a) FROM t').fetchone()[0]


con.create_function('nested', 0, nested)
attempt('SELECT nested() + 1')
cur = con.cursor()
con.create_function('recursive', 0, lambda: cur.execute('SELECT 1'))
sys.unraisablehook = lambda hook: print('unraisable:', hook.exc_type.__name__, hook.exc_value, '|', hook.err_msg.split(' at 0x')[0])
sqlite3.enable_callback_tracebacks(True)
try:
    cur.execute('SELECT recursive()')
except sqlite3.Error as e:
    print(e)
attempt('SELECT raising()')
con.set_authorizer(lambda *args: 1 / 0)
attempt('SELECT 1')
con.set_authorizer(None)
sqlite3.enable_callback_tracebacks(False)
attempt('SELECT raising()')


def interrupting():
    con.interrupt()


con.create_function('interrupting', 0, interrupting)
attempt('SELECT interrupting() FROM t')
con.close()
