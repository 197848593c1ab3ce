# epoll objects in epoll objects: no circles; what is ready inside is ready outside.
import select, os
a,b,c=select.epoll(),select.epoll(),select.epoll()
a.register(b)
b.register(c)
for x,y in ((b,a),(c,a),(c,b),(a,c)):
    try: print(x.register(y))
    except OSError as e: print(e)
r,w=os.pipe(); c.register(r,1); print(a.poll(0)); os.write(w,b'x'); print([e for _,e in a.poll(1)], [e for _,e in b.poll(0)], [e for _,e in c.poll(0)])
