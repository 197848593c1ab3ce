# select.epoll: registrations, edges, one shot, closed descriptors, arguments.
import select, os, socket, sys
def t(f,*x,**k):
    try: r=f(*x,**k); print(getattr(f,'__name__',f), x,k, '->', r if not isinstance(r,select.epoll) else 'epoll'); return r
    except BaseException as e: print(getattr(f,'__name__',f), x,k, type(e).__name__, e)
E=select.epoll
t(E,0); t(E,-1); t(E,-2); t(E,sizehint=5,flags=0); t(E,'a'); t(E,1,1); t(E,1,select.EPOLL_CLOEXEC); t(E,2**40)
ep=E(); print(ep.closed, ep.fileno()>2, os.get_inheritable(ep.fileno()), type(ep), sys.getsizeof(ep))
a,b=socket.socketpair()
A,B=a.fileno(),b.fileno()
t(ep.register,a); 
try: ep.register(a)
except OSError as e: print(e.errno, type(e).__name__, e)
for f in (ep.modify,): 
  try: f(b,1)
  except OSError as e: print(type(e).__name__, e)
try: ep.unregister(b)
except OSError as e: print(type(e).__name__, e)
for x in (99,-1,'a',None,2**40): t(ep.register,x); t(ep.modify,x,1); t(ep.unregister,x)
for m in (-1,2**32,'a',0): t(ep.modify,a,m) if m!=0 else None
ep.modify(a,1|4)
print([e for f,e in ep.poll(0)], [e for f,e in ep.poll(0.0)], ep.poll(0,1)==[(A,4)])
b.send(b'x')
print(ep.poll()==[(A,5)], ep.poll(None)==[(A,5)], ep.poll(timeout=1,maxevents=10)==[(A,5)])
for x in [(0,0),(0,-2),(0,-1),('a',),(2**70,),(float('nan'),),(-1,),(-5.5,),(1e30,), (0,'a')]: t(ep.poll,*x) if x not in ((-1,),(-5.5,)) else print(len(ep.poll(*x)))
f=open(__file__); t(ep.register,f.fileno()) if 0 else None
try: ep.register(f)
except OSError as e: print(type(e).__name__, e)
try: ep.register(ep)
except OSError as e: print(type(e).__name__, e)
# edge triggered, one shot
ep.modify(a, select.EPOLLIN|select.EPOLLET)
print(len(ep.poll(0)), len(ep.poll(0)))
b.send(b'y'); print(len(ep.poll(0)), len(ep.poll(0)))
ep.modify(a, select.EPOLLIN|select.EPOLLONESHOT); print(len(ep.poll(0)), len(ep.poll(0))); ep.modify(a,select.EPOLLIN); print(len(ep.poll(0)),len(ep.poll(0)))
b.close(); print([hex(e) for _,e in ep.poll(0)])
ep.modify(a,select.EPOLLIN|select.EPOLLRDHUP); print([hex(e) for _,e in ep.poll(0)])
fd=a.fileno(); a.close(); print(ep.poll(0))
r,w=os.pipe(); t(ep.unregister,99999)
try: ep.unregister(fd)
except OSError as e: print(type(e).__name__, e)
ep.register(r,1); ep.register(w,4); os.write(w,b'1'); print(len(ep.poll(0)), len(ep.poll(0,1)))
ep2=E.fromfd(os.dup(ep.fileno())); print(type(ep2).__name__, len(ep2.poll(0)))
with ep2 as q: print(q is ep2)
print(ep2.closed); t(ep2.fileno); t(ep2.poll); t(ep2.register,1); t(ep2.close); t(ep2.__enter__); t(ep2.modify,1,1); t(ep2.unregister,1)
p=select.poll(); p.register(ep.fileno(),1); print([e for _,e in p.poll(0)])
print(select.select([ep],[],[],0)[0]==[ep])
for n in sorted(dir(select)):
    if n.startswith('EPOLL'): print(n, getattr(select,n))
print([n for n in dir(E) if n[:2]!='__'])
ep.close(); ep.close()
try: os.fstat(ep.fileno())
except ValueError as e: print(e)
t(E.fromfd,'a'); t(E.fromfd,-1)
