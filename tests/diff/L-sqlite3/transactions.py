# When transactions begin and end, and what connections see of each other's.
import os
import sqlite3
import tempfile

folder = tempfile.mkdtemp()
path = os.path.join(folder, 'x.db')


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f'{type(e).__name__}: {e} {getattr(e, "sqlite_errorname", None)}'


one = sqlite3.connect(path, timeout=0.05)
two = sqlite3.connect(path, timeout=0.05)
one.execute('CREATE TABLE t(a)')
print(sorted(os.listdir(folder)))
one.execute('INSERT INTO t VALUES (1)')
print(one.in_transaction, sorted(os.listdir(folder)))
print(two.execute('SELECT * FROM t').fetchall(), attempt(two.execute, 'INSERT INTO t VALUES (2)'))
two.rollback()
one.commit()
print(two.execute('SELECT * FROM t').fetchall())
reader = two.execute('SELECT a FROM t UNION SELECT 2')
print(reader.fetchone())
one.execute('INSERT INTO t VALUES (3)')
print(attempt(one.commit), one.in_transaction)
reader.close()
print(attempt(one.commit), one.in_transaction)
two.isolation_level = None
two.execute('BEGIN EXCLUSIVE')
print(attempt(lambda: one.execute('SELECT * FROM t').fetchall()))
two.execute('ROLLBACK')
print(one.execute('SELECT * FROM t').fetchall())

for level in '', 'deferred', 'IMMEDIATE', 'Exclusive', None:
    con = sqlite3.connect(':memory:', isolation_level=level)
    traced = []
    con.set_trace_callback(traced.append)
    con.execute('CREATE TABLE t(a)')
    con.execute('INSERT INTO t VALUES (1)')
    con.execute('SELECT * FROM t').fetchall()
    con.executescript('UPDATE t SET a = 2')
    con.execute('-- comment\n/* more */ delete from t')
    con.rollback()
    print(repr(con.isolation_level), traced, con.in_transaction)
    con.close()

for autocommit in True, False, sqlite3.LEGACY_TRANSACTION_CONTROL:
    con = sqlite3.connect(':memory:', autocommit=autocommit)
    traced = []
    con.set_trace_callback(traced.append)
    con.execute('CREATE TABLE t(a)')
    con.execute('INSERT INTO t VALUES (1)')
    con.commit()
    with con:
        con.execute('INSERT INTO t VALUES (2)')
    try:
        with con:
            con.execute('INSERT INTO t VALUES (3)')
            raise KeyError
    except KeyError:
        pass
    print(con.autocommit, con.in_transaction, con.execute('SELECT * FROM t').fetchall())
    con.autocommit = True
    con.autocommit = False
    con.autocommit = sqlite3.LEGACY_TRANSACTION_CONTROL
    con.close()
    print(traced)
print(attempt(lambda: sqlite3.connect(':memory:', autocommit=2)), attempt(lambda: sqlite3.connect(':memory:', isolation_level='odd')))
print(attempt(setattr, one, 'isolation_level', 5), attempt(delattr, one, 'isolation_level'))

one.execute('PRAGMA foreign_keys = ON')
one.executescript('CREATE TABLE p(k PRIMARY KEY); CREATE TABLE c(r REFERENCES p(k) DEFERRABLE INITIALLY DEFERRED)')
try:
    with one:
        one.execute('INSERT INTO c VALUES (5)')
except sqlite3.IntegrityError as e:
    print(e, e.sqlite_errorname, one.in_transaction)
one.execute('SAVEPOINT s')
one.execute('INSERT INTO p VALUES (1)')
one.execute('ROLLBACK TO s')
one.execute('RELEASE s')
print(one.execute('SELECT count(*) FROM p').fetchone())
one.close()

# A write-ahead log: readers and a writer at the same time.
print(two.execute('PRAGMA journal_mode = WAL').fetchone(), sorted(os.listdir(folder)) != ['x.db'])
three = sqlite3.connect(path, timeout=0.05)
reader = two.execute('SELECT a FROM t UNION SELECT 2')
print(reader.fetchone())
three.execute('INSERT INTO t VALUES (4)')
three.commit()
print(reader.fetchall(), two.execute('SELECT a FROM t').fetchall())
three.execute('INSERT INTO t VALUES (5)')
print(attempt(two.execute, 'INSERT INTO t VALUES (6)'), two.execute('SELECT count(*) FROM t').fetchone())
three.close()
print(two.execute('SELECT count(*) FROM t').fetchone(), two.execute('PRAGMA integrity_check').fetchone())
two.close()
print(os.listdir(folder))
read_only = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
print(attempt(read_only.execute, 'INSERT INTO t VALUES (6)'), read_only.execute('SELECT count(*) FROM t').fetchone())
read_only.close()
print(attempt(lambda: sqlite3.connect(f'file:{path}x?mode=rw', uri=True)))
for name in os.listdir(folder):
    os.remove(os.path.join(folder, name))
os.rmdir(folder)
