# An iterator that advances its csv reader; offsets beyond every buffer; seeds; a program in a folder of a zip file.
import csv
class R:
    def __iter__(self): return self
    def __next__(self):
        if self.reader is not None:
            reader, self.reader = self.reader, None
            next(reader)
        return ("a,b")
it=R(); r=csv.reader(it); it.reader=r
try: print(next(r))
except csv.Error as e: print(e)
try: print(next(r))
except csv.Error as e: print(e)
import struct
for off in (2**63-1, -2**63, 2**62):
    for f in (lambda: struct.pack_into('<I', bytearray(10), off, 1), lambda: struct.unpack_from('<I', b'0123456789', off)):
        try: print(f())
        except Exception as e: print(type(e), e)
import os, random, subprocess, sys, tempfile, zipfile
class Odd(int):
    def __abs__(self): return None
random.seed(Odd(5)); a = random.random(); random.seed(-5); print(a == random.random())
with tempfile.TemporaryDirectory() as d:
    z = os.path.join(d, "t.zip")
    with zipfile.ZipFile(z, "w") as f: f.writestr("package/inner/__main__.py", "import sys; print(__name__, sys.argv[1:], sys.path[0] == sys.argv[0])")
    for inner in ("package/inner", "package/none"):
        r = subprocess.run([sys.executable, os.path.join(z, inner), "a"], capture_output=True, text=True)
        print(r.returncode, r.stdout, r.stderr.replace(d, "<d>").replace(sys.executable, "EXE"))
