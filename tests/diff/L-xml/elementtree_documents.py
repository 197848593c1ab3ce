# Documents, whole, broken and in pieces, read by XMLParser, XMLPullParser, parse() and targets; what trees answer.
import sys, random, copy, pickle, io, warnings
import xml.etree.ElementTree as ET
warnings.simplefilter('ignore')
rnd=random.Random(11)
cases=260
PIECES=['<a>','</a>','<b x="1">','</b>','<c/>','<n:d xmlns:n="u">','</n:d>','<e xmlns="v">','</e>','text','&amp;','&lt;','&#65;','&#x1F600;','&ent;','&undef;','<!--c-->','<?pi data?>','<![CDATA[x<y]]>','\n',' ','é','<f n:q="1"/>','<g a="1" a="2"/>','<h a="&lt;v"/>','<','>','&','"',"<!DOCTYPE a SYSTEM 'x'>",'<!DOCTYPE a [<!ENTITY ent "E<b>i</b>">]>','<?xml version="1.0"?>','<?xml version="1.0" encoding="utf-8"?>','\0',']]>','</','<a ','x="','&ent','\U0001f600','<xml:p/>','<q xml:lang="en">','</q>']
def gen():
    if rnd.random()<.5:
        out=[]; stack=[]
        if rnd.random()<.3: out.append(rnd.choice(PIECES[29:33]))
        for _ in range(rnd.randint(1,14)):
            r=rnd.random()
            if r<.35:
                t=rnd.choice(['a','b','n:d','e','q']); stack.append(t)
                at=''.join(rnd.sample([' x="1"',' y="z &amp; w"',' n:k="v"',' xmlns="D"'],rnd.randint(0,2)))
                out.append('<'+t+(' xmlns:n="N"' if ':' in t or 'n:' in at else '')+at+'>')
            elif r<.6 and stack: out.append('</'+stack.pop()+'>')
            else: out.append(rnd.choice(PIECES[9:22]))
        while stack: out.append('</'+stack.pop()+'>')
        return ''.join(out)
    return ''.join(rnd.choice(PIECES) for _ in range(rnd.randint(1,8)))
def show(e):
    if not ET.iselement(e): return repr(e)
    tag=e.tag if isinstance(e.tag,str) else getattr(e.tag,'__name__',repr(e.tag))
    return (tag,dict(e.attrib) if len(e.attrib) else 0,e.text,e.tail,[show(c) for c in e], sys.getsizeof(e), sys.getrefcount(e))
class Tgt:
    def __init__(s, names, bad): s.log=[]; s.bad=bad; s.names=names
    def __getattr__(s,n):
        if n in s.names:
            def f(*a):
                s.log.append((n,a))
                if len(s.log)==s.bad: raise KeyError(n)
                return n
            return f
        raise AttributeError(n)
def err(e):
    return type(e).__name__, str(e), getattr(e,'code',None), getattr(e,'position',None)
ALL=['start','end','data','comment','pi','start_ns','end_ns','doctype','close']
EV=['start','end','start-ns','end-ns','comment','pi']
for case in range(cases):
    doc=gen(); mode=rnd.randint(0,6)
    data=doc if rnd.random()<.4 else doc.encode(rnd.choice(['utf-8','utf-8','utf-16','latin-1','utf-8-sig']),'replace')
    cuts=sorted(rnd.randint(0,len(data)) for _ in range(rnd.choice([0,0,1,3])))
    parts=[data[i:j] for i,j in zip([0]+cuts,cuts+[len(data)])]
    print(case,mode,ascii(parts))
    try:
        if mode==0: print(show(ET.fromstring(data)))
        elif mode in (1,2):
            if mode==1: p=ET.XMLParser()
            else: p=ET.XMLParser(target=ET.TreeBuilder(insert_comments=rnd.random()<.7,insert_pis=rnd.random()<.7))
            p.entity['undef']='UNDEF'
            for x in parts:
                try: p.feed(x)
                except Exception as e: print(err(e))
                if rnd.random()<.2: p.flush()
            try: print(show(p.close()))
            except Exception as e: print(err(e))
        elif mode==3:
            t=Tgt(rnd.sample(ALL,rnd.randint(3,9)),rnd.choice([0,0,0,2,3]))
            p=ET.XMLParser(target=t)
            for x in parts:
                try: p.feed(x)
                except Exception as e: print(err(e))
            try: print(p.close())
            except Exception as e: print(err(e))
            print(t.log)
        elif mode==4:
            p=ET.XMLPullParser(rnd.sample(EV,rnd.randint(1,6)))
            for x in parts:
                p.feed(x)
                try:
                    for ev,o in p.read_events(): print(ev, show(o))
                except Exception as e: print(err(e))
            try: p.close()
            except Exception as e: print(err(e))
        elif mode==5:
            f=io.StringIO(data) if isinstance(data,str) else io.BytesIO(data)
            t=ET.parse(f); r=t.getroot(); print(show(r)); print(ET.tostring(r))
        else:
            r=ET.fromstring(data); 
            print(list(r.itertext()))
            c=copy.deepcopy(r); d=copy.copy(r); q=pickle.loads(pickle.dumps(r))
            print(show(c),show(d),show(q),r.__getstate__()['attrib'])
            for p in ('a','*','.//b','a/b',"{D}a",'{*}b','{}a','b[@x]','.//*[1]'):
                try: print([show(x) for x in r.findall(p)], show(r.find(p)), r.findtext(p,'dd'))
                except Exception as e: print(err(e))
            print([x.tag for x in r.iter('b')])
    except Exception as e: print(err(e))
