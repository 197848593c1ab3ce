"""Documents that end within a character: what comes before it decides which error it is."""
from xml.parsers import expat
for d in b'a\xdb', b':\xdb', b'1\xdb', b'-\xdb', b'.\xdb', b'a:\xdb', b':a\xdb', b':', b'::', b':a:', b'a', b'\xdb', b':\xc3\xa9', b'1\xc3\xa9', b'-', b'1', b']\xdb', b')\xdb', b'#a\xdb', b'"a"\xdb', b'<!DOCTYPE a [ ]\xdb', b'<!DOCTYPE a\xdb', b'<!DOCTYPE a [<!ELEMENT a (b)\xdb', b'<!DOCTYPE a [<!ELEMENT a (b\xdb', b'<!DOCTYPE a SYSTEM "a"\xdb', b'<!DOCTYPE a [<!ATTLIST a b CDATA #IMPLIED\xdb',b'<!DOCTYPE a [%a\xdb', b'<!DOCTYPE a [<!ELEMENT a (b?\xdb':
  for ns in None, ' ':
    p = expat.ParserCreate(namespace_separator=ns)
    try: p.Parse(d, True); print(d, 'ok')
    except expat.ExpatError as e: print(d, ns, e)
