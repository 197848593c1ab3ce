# Whole databases: backups, dumps, bytes; blobs, limits and switches.
import sqlite3


def attempt(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '|', e, '|', getattr(e, 'sqlite_errorname', None))


con = sqlite3.connect(':memory:')
con.executescript('''
    CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT, b BLOB);
    INSERT INTO t VALUES (1, 'it''s', x'0102'), (2, 'zwei' || char(10), NULL), (3, 'ä', zeroblob(10));
    CREATE INDEX i ON t(s);
    CREATE VIEW v AS SELECT s FROM t;
    CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET s = upper(s) WHERE id = new.id; END;
    CREATE TABLE "odd ""name"(a DEFAULT 'x', b UNIQUE);
''')
print(*con.iterdump(), sep='\n')
print(*con.iterdump(filter='odd%'), sep='\n')
other = sqlite3.connect(':memory:')
other.executescript('\n'.join(con.iterdump()))
print(list(other.iterdump()) == list(con.iterdump()))

con.executemany('INSERT INTO t(s) VALUES (?)', [('x' * 500,)] * 100)
con.commit()
target = sqlite3.connect(':memory:')
progress = []
con.backup(target, pages=10, progress=lambda status, remaining, total: progress.append((status, remaining, total)))
print([p[0] for p in progress], progress[-1][1], all(a[1] > b[1] for a, b in zip(progress, progress[1:])))
print(target.execute('SELECT count(*), sum(length(s)) FROM t').fetchone())
attempt(con.backup, con)
attempt(con.backup, 5)
attempt(con.backup, target, name='missing')
attempt(con.backup, target, progress=5)
attempt(con.backup, target, pages=1, progress=lambda *args: 1 / 0)
target.close()
attempt(con.backup, target)

data = con.serialize()
print(data[:16], len(data) % 4096, type(data))
fresh = sqlite3.connect(':memory:')
fresh.deserialize(data)
print(fresh.execute('SELECT count(*) FROM t').fetchone())
fresh.execute('INSERT INTO t(s) VALUES (1)')
attempt(con.serialize, name='missing')
attempt(fresh.deserialize, b'no database' * 100)
fresh.close()

with con.blobopen('t', 'b', 3) as blob:
    print(len(blob), blob.tell(), blob.read(4), blob.tell(), blob[-1], blob[2:5])
    blob.seek(0)
    blob.write(b'hello')
    blob[5] = 33
    blob[6:8] = b'xy'
    blob[0:10:3] = b'ABCD'
    blob.seek(-2, 2)
    print(blob.read(), blob[:], blob.read())
    attempt(blob.write, b'more')
    attempt(blob.seek, 11)
    attempt(blob.seek, 0, 5)
    attempt(lambda: blob[10])
    attempt(lambda: blob['a'])
    attempt(blob.__setitem__, 0, 256)
    attempt(blob.__setitem__, 0, 'a')
    attempt(blob.__setitem__, slice(0, 2), b'abc')
    attempt(blob.__delitem__, 0)
print(con.execute('SELECT b FROM t WHERE id = 3').fetchone())
attempt(blob.read)
attempt(con.blobopen, 't', 'b', 2)
attempt(con.blobopen, 't', 'b', 999)
attempt(con.blobopen, 't', 'nothing', 1)
attempt(con.blobopen, 'missing', 'b', 1)
attempt(con.blobopen, 'v', 's', 1)
attempt(con.blobopen, 't', 's', 1)
attempt(con.blobopen, 't', 'b', 'x')
readonly = con.blobopen('t', 's', 1, readonly=True)
print(readonly.read())
attempt(readonly.write, b'x')
blob = con.blobopen('t', 'b', 1)
con.execute("UPDATE t SET b = 'other' WHERE id = 2")
print(blob[0])
con.execute('UPDATE t SET s = s WHERE id = 1')
attempt(blob.read)
attempt(len, blob)
con.commit()

print(con.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 20), con.getlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH))
attempt(con.execute, 'SELECT 1' + ' ' * 20)
attempt(con.executescript, 'SELECT 1' + ' ' * 20)
con.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 10000)
attempt(con.setlimit, 1111, 0)
print(con.getconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY))
con.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY)
print(con.getconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY), con.execute('PRAGMA foreign_keys').fetchone())
attempt(con.setconfig, 5)
con.execute("ATTACH ':memory:' AS extra")
con.execute('CREATE TABLE extra.e(a)')
print(con.execute('PRAGMA database_list').fetchall())
con.close()
