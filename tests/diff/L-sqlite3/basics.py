# What a program does first with a database: tables, rows, parameters, rows by name, errors.
import sqlite3


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, '|', e, '|', getattr(e, 'sqlite_errorcode', None), getattr(e, 'sqlite_errorname', None))


con = sqlite3.connect(':memory:')
cur = con.cursor()
cur.execute('CREATE TABLE movie(title TEXT, year INTEGER, score REAL, poster BLOB)')
cur.execute("INSERT INTO movie VALUES ('Zwölf Äffchen', 1995, 8.0, x'00ff')")
print(cur.lastrowid, cur.rowcount, cur.description)
rows = [('Brazil', 1985, 7.9, None), ('Life of Brian', 1979, 8.0, b'\x01'), ('日本沈没', 1973, 6.9, bytearray(b'ab')), ('\U0001f600', -1, 1e300, memoryview(b'cd'))]
cur.executemany('INSERT INTO movie VALUES (?, ?, ?, ?)', rows)
print(cur.rowcount, con.in_transaction, con.total_changes)
con.commit()
print(con.in_transaction)
for row in con.execute('SELECT * FROM movie ORDER BY year'):
    print(row)
print(cur.execute('SELECT count(*), max(score), avg(year) FROM movie').fetchone())
print([d[0] for d in cur.description], cur.fetchone())
cur.execute('SELECT title FROM movie ORDER BY title')
print(cur.fetchmany(2), cur.fetchmany(2), cur.fetchmany(2), cur.fetchmany(2), cur.arraysize)
cur.arraysize = 3
print(len(cur.execute('SELECT 1 FROM movie').fetchmany()), len(cur.fetchall()), cur.fetchall())
print(con.execute('SELECT :a + :b, $c, @d', {'a': 1, 'b': 2.5, 'c': 'x', 'd': None, 'more': 1}).fetchone())
print(con.execute('SELECT ?2, ?1', ('one', 'two')).fetchone())
print(con.execute('SELECT ?', [2**63 - 1]).fetchone(), con.execute('SELECT ?', [-(2**63)]).fetchone(), con.execute('SELECT 9007199254740993').fetchone())
print(con.execute("SELECT '', x'', 1e999, -0.0, 'a' || char(0) || 'b'").fetchone())
print(con.execute('UPDATE movie SET score = score + 1 WHERE year < 1980').rowcount, con.execute('DELETE FROM movie WHERE year < 0').rowcount)
print(cur.executescript('''
    CREATE TABLE a(x); -- a comment; with a semicolon
    INSERT INTO a VALUES (1), (2); /* another; one */
    SELECT * FROM a;
''') is cur)
print(con.execute('SELECT * FROM a').fetchall())
print(con.execute('  -- nothing but a comment').fetchall(), con.execute('').description)
print(con.execute('INSERT INTO a VALUES (9) RETURNING x, x * 2').fetchall())

con.row_factory = sqlite3.Row
row = con.execute('SELECT title AS Name, year FROM movie ORDER BY year').fetchone()
print(row.keys(), row['name'], row['YEAR'], row[0], row[-1], row[:1], tuple(row), len(row), dict(row))
print(row == con.execute('SELECT title AS Name, year FROM movie ORDER BY year').fetchone(), row == tuple(row), hash(row) == hash(row), row != row)
attempt(lambda: row['nothing'])
attempt(lambda: row[5])
attempt(lambda: row[2**70])
attempt(lambda: row[1.5])
con.row_factory = lambda cursor, values: {d[0]: v for d, v in zip(cursor.description, values)}
print(con.execute('SELECT 1 AS a, 2 AS b').fetchone())
con.row_factory = None

attempt(con.execute, 'SELECT * FROM missing')
attempt(con.execute, 'SELEC 1')
attempt(con.execute, 'SELECT 1; SELECT 2')
attempt(con.execute, 'SELECT ?', ())
attempt(con.execute, 'SELECT ?', (1, 2))
attempt(con.execute, 'SELECT ?', {'a': 1})
attempt(con.execute, 'SELECT :a', {'b': 1})
attempt(con.execute, 'SELECT :a', (1,))
attempt(con.execute, 'SELECT ?', (object,))
attempt(con.execute, 'SELECT ?', (2**63,))
attempt(con.execute, 'SELECT ?', 5)
attempt(con.execute, 'SELECT ?', ('\ud800',))
attempt(con.execute, 'SELECT \0')
attempt(con.execute, b'SELECT 1')
attempt(con.executemany, 'SELECT 1', [])
attempt(con.executemany, 'INSERT INTO a VALUES (?)', 5)
attempt(con.executescript, b'')
attempt(con.executescript, 'SELECT 1\0')
attempt(con.executescript, 'INSERT INTO a VALUES (77); SELEC')
con.executescript('CREATE TABLE u(k INTEGER PRIMARY KEY, v NOT NULL CHECK (v > 0), w UNIQUE)')
con.execute('INSERT INTO u VALUES (1, 1, 1)')
attempt(con.execute, 'INSERT INTO u VALUES (1, 1, 2)')
attempt(con.execute, 'INSERT INTO u VALUES (2, NULL, 2)')
attempt(con.execute, 'INSERT INTO u VALUES (2, -1, 2)')
attempt(con.execute, 'INSERT INTO u VALUES (2, 1, 1)')
attempt(con.execute, "INSERT INTO u VALUES ('x', 1, 3)")
print(con.execute('SELECT * FROM u').fetchall())
attempt(sqlite3.connect)
attempt(sqlite3.connect, '/nonexistent/folder/x.db')
attempt(sqlite3.connect, 5.5)
attempt(sqlite3.Cursor, 5)
attempt(sqlite3.Row, cur, 5)
attempt(con.cursor, lambda c: 5)
attempt(setattr, cur, 'arraysize', -1)
attempt(delattr, con, 'row_factory')
uninitialized = sqlite3.Connection.__new__(sqlite3.Connection)
attempt(uninitialized.execute, 'SELECT 1')
attempt(uninitialized.close)
cur.close()
attempt(cur.execute, 'SELECT 1')
con.close()
con.close()
attempt(con.execute, 'SELECT 1')
attempt(con.cursor)
attempt(cur.fetchone)
print(sqlite3.complete_statement('SELECT 1;'), sqlite3.complete_statement("SELECT '1;"))
print(sqlite3.apilevel, sqlite3.paramstyle, sqlite3.threadsafety)
print(sorted((name, value) for name, value in vars(sqlite3).items() if name.startswith(('SQLITE_', 'PARSE_', 'LEGACY_'))))
