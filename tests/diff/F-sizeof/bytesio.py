# BytesIO: size of its buffer as it is written, cut and shared.
import io,sys
s=sys.getsizeof
f=io.BytesIO()
for n in (1,2,5,20,1,1,1,100,200,30): f.write(b"x"*n); print(s(f), end=" ")
f.getvalue(); print(s(f)); f.write(b"q"); print(s(f)); f.truncate(5); print(s(f)); f.seek(300); f.write(b"a"); print(s(f)); f.getbuffer(); print(s(f)); f.truncate(0); print(s(f))
f=io.BytesIO(b"abc"); print(s(f)); f.write(b"z"); print(s(f)); f.seek(0,2); f.write(b"abcdefgh"); print(s(f)); f.read(); f.getvalue(); print(s(f)); g=f.getvalue(); print(s(f)); f.write(b""); print(s(f)); f.seek(0); f.write(b"1"); print(s(f)); f.close()
