# sendmsg(), recvmsg(), recvmsg_into() with ancillary data: arguments, descriptors passed on, what finds no room.
import socket, array
a,b=socket.socketpair()
def t(f,*x):
    try: print(f.__name__, x, '->', f(*x))
    except BaseException as e: print(f.__name__, x, type(e).__name__, e)
for x in [(5,),(None,),([b'a'],5),([b'a'],[5]),([b'a'],[(1,2)]),([b'a'],[(1,2,3)]),([b'a'],[('a',2,b'')]),([b'a'],[(1,2,b'',4)]),([b'a'],[[1,2,b'']]),(['a'],),([b'a'],[(1,'b',b'c')]), ([b'a'],[(1,1,b'abc')]), ([b'a'],[(1,1,array.array('i',[99]))]), ([b'a'],[(1,7,b'abcd')]), ([b'a'],[(6,7,b'abcd')]), ([b'a'],[(1,2,b'abcd')]), ([b'a'],[],0x40), ([b'a'],[],0,None), ([b'a'],None), ([b'a'],[(1,1,b'')])]: t(a.sendmsg,*x)
b.setblocking(False)
for i in range(6):
  t(b.recvmsg,100,100)
b.setblocking(True)
for x in [('a',),(-1,),(5,-1),(5,2**31),(5,'a'),(5,5,'a')]: t(b.recvmsg,*x)
for x in [(5,),([5],),([b'a'],),([],-1),(bytearray(3),),([bytearray(3)],5,'x')]: t(b.recvmsg_into,*x)
for f in (socket.CMSG_LEN, socket.CMSG_SPACE):
  for x in [(0,),(1,),(8,),(9,),(-1,),(2**31,),(2**63-1,),(2**64,),('a',),()]: t(f,*x)
# passing
import os
r,w=os.pipe()
a.sendmsg([b'hello',b' world'],[(socket.SOL_SOCKET,socket.SCM_RIGHTS,array.array('i',[r,w]))])
for room in (0,): print(b.recvmsg(3,0), b.recvmsg(100,100))
for room in (1,15,16,19,20,23,24,27,28,32,100):
    a.sendmsg([b'xy'],[(socket.SOL_SOCKET,socket.SCM_RIGHTS,array.array('i',[r,w]))])
    d,anc,fl,ad=b.recvmsg(100,room)
    print(room,d,[(l,t,len(x)) for l,t,x in anc],fl,ad)
    for l,t_,x in anc:
        fds=array.array('i'); fds.frombytes(x[:len(x)//4*4]); [os.close(f) for f in fds]
a.sendmsg([b'xy'],[(socket.SOL_SOCKET,socket.SCM_RIGHTS,array.array('i',[r]))])
a.send(b'zz')
a.sendmsg([b'12'],[(socket.SOL_SOCKET,socket.SCM_RIGHTS,array.array('i',[w]))])
a.send(b'yy')
print(b.recv(100), b.recvmsg(100,100)[0], b.recv(100))
x=bytearray(3);y=bytearray(2)
a.send(b'abcdef'); print(b.recvmsg_into([x,y],0), x,y, b.recv(10))
s,fd=socket.send_fds,socket.recv_fds
s(a,[b'm'],[r,w]); m=fd(b,10,5); print(m[0],len(m[1]),m[2:]); os.write(m[1][1],b'through'); print(os.read(r,100), os.get_inheritable(m[1][0]))
