# What pyexpat calls for whole and broken documents, with places; each run's calls as a checksum and its last line.
import pyexpat, sys
HANDLERS='StartElementHandler EndElementHandler CharacterDataHandler ProcessingInstructionHandler UnparsedEntityDeclHandler NotationDeclHandler StartNamespaceDeclHandler EndNamespaceDeclHandler CommentHandler StartCdataSectionHandler EndCdataSectionHandler StartDoctypeDeclHandler EndDoctypeDeclHandler EntityDeclHandler XmlDeclHandler ElementDeclHandler AttlistDeclHandler SkippedEntityHandler'.split()
def run(doc, ns=None, handlers=HANDLERS, default=None, chunk=None, pe=0, ext=None, out=print, pos=True):
    p=pyexpat.ParserCreate(namespace_separator=ns)
    if ns: p.namespace_prefixes=True
    def mk(n):
        def h(*a):
            out(n.replace('Handler',''), a, (p.CurrentLineNumber,p.CurrentColumnNumber,p.CurrentByteIndex) if pos else '')
            return 1
        return h
    for h in handlers: setattr(p,h,mk(h))
    if default: setattr(p,default,mk(default))
    p.NotStandaloneHandler=mk('NotStandalone')
    if ext is not None:
        def e(context, base, sysid, pubid):
            out('ext',context,base,sysid,pubid)
            q=p.ExternalEntityParserCreate(context)
            if sysid in ext:
                q.Parse(ext[sysid], True)
            return 1
        p.ExternalEntityRefHandler=e
    p.SetParamEntityParsing(pe)
    if isinstance(doc,str): doc=doc.encode()
    try:
        if chunk:
            for i in range(0,len(doc),chunk): p.Parse(doc[i:i+chunk])
            p.Parse(b'',True)
        else: p.Parse(doc,True)
        out('ok', p.CurrentLineNumber,p.CurrentColumnNumber,p.CurrentByteIndex)
    except Exception as e:
        out(type(e).__name__, e, getattr(e,'code',None), p.ErrorByteIndex)
DOCS=[
'<a/>','<a></a>','<a>','','   ','abc','<a','<a b="1" c=\'2\'/>','<a b="1" b="2"/>','<a b=1/>','<a b/>','<a b="<"/>','<a b="&lt;&#65;&#x42;&amp;"/>','<a>&lt;x&#65;\n\r\ny\rz</a>','<a>]]></a>','<a>]]</a>','<a>] ]>x</a>','<a><![CDATA[x]]y]]]></a>','<a><![CDATA[x\r\ny]]></a>tail','<a/>\n<!-- c --><?pi data?>\n','<a/><b/>','<!-- a -- b --><a/>','<!-- a --->','<?xml version="1.0"?><a/>',' <?xml version="1.0"?><a/>','<?xml version="1.0" encoding="utf-8" standalone="yes"?><a/>','<?xml version="1.0" encoding="iso-8859-1"?><a>\u00e9</a>','<?xml version="1.0" encoding="us-ascii"?><a>\u00e9</a>','<?xml version="1.0" encoding="koi8-r"?><a>\u00e9</a>','<?xml version="1.0" encoding="utf-16"?><a/>','<?xml encoding="utf-8"?><a/>','<?xml version="1.0" standalone="maybe"?><a/>','<?xml version="1.0" foo="x"?><a/>','<?xml version=1.0?><a/>','<?xml ?><a/>','<?XML version="1.0"?><a/>','<a><?xml version="1.0"?></a>','<a></b>','<a></a','</a>','<a>&foo;</a>','<a>&foo</a>','<a>&#0;</a>','<a>&#xD800;</a>','<a>&#1114112;</a>','<a>&;</a>','<a>& </a>','<a>\x01</a>','<a>\uffff</a>','<\u00e9l\u00e9ment \u00e0="\u4e2d\U0001f600"/>','<a>\U0001f600</a>','<\U0001f600/>','<a:b:c/>','<:a/>','<a:b/>','<a xmlns="u"><b/></a>','<p:a xmlns:p="u" p:x="1" y="2"><p:b xmlns="v"/></p:a>','<a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/>','<a xmlns:p=""/>','<a xmlns:xml="x"/>','<a xmlns:xmlns="x"/>','<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>','<a xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:lang="en"/>','<p:a/>','<a p:x="1"/>','<a xmlns="u"><b xmlns=""><c/></b></a>','<a xmlns:p="u"></p:a>',
'<!DOCTYPE a><a/>','<!DOCTYPE a SYSTEM "s"><a/>','<!DOCTYPE a PUBLIC "p  q\n r" "s"><a/>','<!DOCTYPE a PUBLIC "p\u00e9" "s"><a/>','<!DOCTYPE a []><a/>','<!DOCTYPE a SYSTEM "s" [<!ENTITY e "v">]><a>&e;</a>','<!DOCTYPE a [<!ENTITY e "v&#65;&lt;&amp;lt;"><!ENTITY f "<b>&e;</b>">]><a x="&e;">&f;</a>','<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a>&e;</a>','<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a b="&e;"/>','<!DOCTYPE a [<!ENTITY e "<b>">]><a>&e;</b></a>','<!DOCTYPE a [<!ENTITY e "</a>">]><a>&e;','<!DOCTYPE a [<!ENTITY e "x<">]><a>&e;</a>','<!DOCTYPE a [<!ENTITY e "x<b/>">]><a q="&e;"></a>','<!DOCTYPE a [<!ENTITY % p "x">%p;]><a/>','<!DOCTYPE a [<!ENTITY % p "<!ENTITY e \'v\'>">%p;]><a>&e;</a>','<!DOCTYPE a [<!ENTITY % p "q"><!ENTITY e "%p;">]><a>&e;</a>','<!DOCTYPE a [<!ENTITY e SYSTEM "ext"><!ENTITY n SYSTEM "f.gif" NDATA gif><!NOTATION gif PUBLIC "g"><!NOTATION h SYSTEM "hh"><!NOTATION i PUBLIC "x" "y">]><a>&e;</a>','<!DOCTYPE a [<!ENTITY n SYSTEM "f.gif" NDATA gif>]><a>&n;</a>','<!DOCTYPE a [<!ENTITY n SYSTEM "f">]><a b="&n;"/>','<!DOCTYPE a [<!ATTLIST a x CDATA "d&lt;" y ID #REQUIRED z (p|q|r) "p" w NMTOKENS #IMPLIED f CDATA #FIXED "ff" n NOTATION (g|h) #IMPLIED>]><a y="  u  v " x=" 1  2 "/>','<!DOCTYPE a [<!ATTLIST a xmlns CDATA "dd">]><a/>','<!DOCTYPE a [<!ELEMENT a EMPTY><!ELEMENT b ANY><!ELEMENT c (#PCDATA)><!ELEMENT d (#PCDATA|a|b)*><!ELEMENT e (a,b?,(c|d)*,e+)+><!ELEMENT f (a)><!ELEMENT g ((a|b),c)?>]><a/>','<!DOCTYPE a [<!ELEMENT a (a,b|c)>]><a/>','<!DOCTYPE a [<!ELEMENT a (#PCDATA|b)>]><a/>','<!DOCTYPE a [<!ELEMENT a (#PCDATA)+>]><a/>','<!DOCTYPE a [<!ELEMENT a ()>]><a/>','<!DOCTYPE a [<!FOO a>]><a/>','<!DOCTYPE a [<!-- c --><?p d?> \n]><a/>','<!DOCTYPE a [','<!DOCTYPE a','<!DOCTYPE','<!ELEMENT a ANY><a/>','<!DOCTYPE a><!DOCTYPE a><a/>','<a/><!DOCTYPE a>','<!DOCTYPE a [<![INCLUDE[]]>]><a/>','<!DOCTYPE a [<!ENTITY lt "x"><!ENTITY e "1"><!ENTITY e "2">]><a>&lt;&e;</a>','<!DOCTYPE a [<!ENTITY e "a&x">]><a/>','<!DOCTYPE a [<!ENTITY e "a%x">]><a/>','<!DOCTYPE a [<!ENTITY e "a\r\nb\rc">]><a>&e;</a>','<!DOCTYPE a [%u;]><a>&e;</a>','<?xml version="1.0" standalone="yes"?><!DOCTYPE a [%u;]><a>&e;</a>','<!DOCTYPE a SYSTEM "s"><a>&e;</a>','<!DOCTYPE a [ <!ENTITY % e SYSTEM "q"> %e; <!ENTITY g "x"> ]><a>&g;</a>',
'<a>\xe9</a>'.encode('latin1'),b'<a>\xc3</a>',b'<a>\xc3',b'<a b="\xff"/>',b'\xef\xbb\xbf<a/>',b'\xff\xfe'+'<a>\u00e9\U0001f600</a>'.encode('utf-16le'),b'\xfe\xff'+'<?xml version="1.0" encoding="utf-16"?><a>\n\u00e9x</a>'.encode('utf-16be'),'<a>x</a>'.encode('utf-16le'),'<a>x</a>'.encode('utf-16be'),b'\xff\xfe'+'<?xml version="1.0" encoding="utf-8"?><a/>'.encode('utf-16le'),b'<a>\x00</a>',b'<a>\xed\xa0\x80</a>',b'<a>\xf4\x90\x80\x80</a>',b'<a>\xe2\x82</a>',
'<a  \n b = "1"\n\tc="x\ty\nz\r\nw"  />','<a b="1"c="2"/>','<a / >','<a>< b/></a>','<a><!x></a>','<a><![CDAT[x]]></a>','<a><!-x></a>','<a><!--x--></a>','<a><!----></a>','<a><!--x','<a><?p','<a><?p?></a>','<a><?p ?></a>','<a><?p   d d ?></a>','<a><?p?d?></a>','<a><?xml?></a>','<a><?xMl?></a>','<a><? p?></a>','<?p x?><a/>','<a>x&#x;</a>','<a>x&#q;</a>','<a>x&#12','<a/>x','<a/>&amp;','<a/> <','<a/>\x01','x<a/>','<1/>','<a 1="x"/>','<a><b></a></b>','<a\x00/>','<a>'+'x'*3000+'</a>','<a b="&foo;"/>','<a b="&foo"/>','<a b="&#0;"/>','<!DOCTYPE a:b [<!ATTLIST a:b c:d CDATA "x">]><a:b xmlns:a="u" xmlns:c="v"/>','<a b="x" ','<a b="x','<a b=','<a b','<a>text','<a>text<b','\n\n<a>\n <b\n x="1">\n</c>','<!DOCTYPE a [<!ATTLIST a b (x|y) #FIXED "x" c CDATA>]><a/>','<!DOCTYPE a [<!ENTITY e>]><a/>','<!DOCTYPE a [<!ENTITY % e "x" NDATA y>]><a/>','<!DOCTYPE a [<!NOTATION n>]><a/>','<!DOCTYPE a [<!ELEMENT a>]><a/>','<!DOCTYPE 1><a/>','<!DOCTYPE a "x"><a/>','<!DOCTYPE a PUBLIC "x"><a/>','<!DOCTYPE a [ ] ><a/>','<!DOCTYPE a [ ]]><a/>','<!DOCTYPE a[<!ENTITY e "x">]><a>&e;&e;<b c="&e;&e;"/></a>',
]
EXT={'s':'<!ENTITY e "from s"><!ATTLIST a d CDATA "def"><![INCLUDE[<!ENTITY i "inc">]]><![IGNORE[<!ENTITY j "x"> <![ x ]]> ]]>','ext':'<?xml encoding="utf-8"?>text<b/>&e2;','q':'<!ENTITY g "first">'}
import zlib
KINDS=[{},{'ns':' '},{'chunk':3,'pos':False},{'handlers':['StartElementHandler','CommentHandler'],'default':'DefaultHandlerExpand'},{'pe':2,'ext':EXT}]
for doc in DOCS:
    print(repr(doc)[:100])
    for kw in KINDS:
        lines=[]
        run(doc,out=lambda *a: lines.append(' '.join(map(str,a))),**kw)
        print('  ',len(lines),'%08x'%zlib.crc32('\n'.join(lines).encode('utf-8','replace')),lines[-1])
