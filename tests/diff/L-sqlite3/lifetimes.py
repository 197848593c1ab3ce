# Who holds whom, and what is closed when.
import gc
import sqlite3
import sys
import threading
import warnings
import weakref

con = sqlite3.connect(':memory:')
before = sys.getrefcount(con)
cur = con.cursor()
print(sys.getrefcount(con) - before, cur.connection is con)
ref = weakref.ref(cur)
del cur
print(ref(), sys.getrefcount(con) - before)
cur = con.execute('SELECT 1 UNION SELECT 2')
print(sys.getrefcount(cur), sys.getrefcount(con) - before)
value = ['parameter']
sqlite3.register_adapter(list, str)
count = sys.getrefcount(value)
print(con.execute('SELECT ?', (value,)).fetchone(), sys.getrefcount(value) - count)
cur.close()
row = con.execute('SELECT 500').fetchone()
print(sys.getrefcount(row), sys.getrefcount(row[0]))


def function():
    return 1


count = sys.getrefcount(function)
con.create_function('f', 0, function)
con.set_trace_callback(function)
con.set_trace_callback(None)
print(sys.getrefcount(function) - count)
con.create_function('f', 0, print)
print(sys.getrefcount(function) - count)
con.create_collation('c', function)
con.set_progress_handler(function, 10)
con.set_authorizer(lambda *args: 0)
print(sys.getrefcount(function) - count)
con.close()
print(sys.getrefcount(function) - count)


class Instances:
    alive = 0

    def __init__(self):
        Instances.alive += 1

    def __del__(self):
        Instances.alive -= 1

    def step(self, value):
        pass

    def finalize(self):
        return Instances.alive


con = sqlite3.connect(':memory:')
con.create_aggregate('count_instances', 1, Instances)
print(con.execute('SELECT count_instances(column1) FROM (VALUES (1), (2)) GROUP BY column1').fetchall(), Instances.alive)


class Connection(sqlite3.Connection):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label = 'mine'

    def cursor(self, factory=None):
        return super().cursor(factory or Cursor)


class Cursor(sqlite3.Cursor):
    def __del__(self):
        print('cursor ends')


mine = sqlite3.connect(':memory:', factory=Connection)
print(mine.label, type(mine.cursor()).__name__)
ref = weakref.ref(mine)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    del mine
    gc.collect()
    print(ref(), [str(w.message).split(' at ')[0] for w in caught])
del con
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    gc.collect()
    print(len(caught))

con = sqlite3.connect(':memory:', cached_statements=1)
statements = [con('SELECT 1'), con('SELECT 1')]
print(statements[0] is statements[1], type(statements[0]).__name__)
blob_holder = con.executescript("CREATE TABLE t(b); INSERT INTO t VALUES (x'0011')")
blob = con.blobopen('t', 'b', 1)
ref = weakref.ref(blob)
del blob
print(ref())


def in_thread():
    try:
        con.execute('SELECT 1')
    except sqlite3.ProgrammingError as e:
        print(str(e)[:82])


thread = threading.Thread(target=in_thread)
thread.start()
thread.join()
con.close()
shared = sqlite3.connect(':memory:', check_same_thread=False)
shared.execute('CREATE TABLE t(a)')
lock = threading.Lock()


def insert(i):
    for _ in range(20):
        with lock:
            shared.execute('INSERT INTO t VALUES (?)', (i,))


threads = [threading.Thread(target=insert, args=(i,)) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(shared.execute('SELECT a, count(*) FROM t GROUP BY a').fetchall())
shared.close()
print(gc.isenabled(), issubclass(sqlite3.Row, tuple), sqlite3.Connection.__basicsize__, sqlite3.Cursor.__basicsize__, sqlite3.Row.__basicsize__)
