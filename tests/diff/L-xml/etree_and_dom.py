# Reading XML with the library's packages.
import io, plistlib
import xml.etree.ElementTree as ET
import xml.dom.minidom, xml.sax, xml.sax.handler

text = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE r [<!ENTITY who "world"><!ATTLIST i kind CDATA "plain">]>
<r xmlns:n="urn:n"><!-- note --><i n:a="1">hello &who;</i><i kind="x"/><n:j>\u00e9 &#x1F600;</n:j></r>"""
root = ET.fromstring(text)
for e in root.iter():
    print(e.tag, e.attrib, repr(e.text), repr(e.tail))
print(ET.tostring(root, encoding="unicode"))
for event, e in ET.iterparse(io.BytesIO(text.encode()), events=("start", "end", "start-ns", "end-ns", "comment")):
    print(event, getattr(e, "tag", e) if event != "comment" else e.text)
try:
    ET.fromstring("<a><b></a>")
except ET.ParseError as e:
    print(e, e.code, e.position)
print(xml.dom.minidom.parseString(text).toprettyxml(indent=" "))

class H(xml.sax.handler.ContentHandler):
    def startElementNS(self, name, qname, attrs):
        print("start", name, qname, sorted(attrs.items(), key=str))
    def characters(self, s):
        print("text", repr(s))
p = xml.sax.make_parser()
p.setFeature(xml.sax.handler.feature_namespaces, True)
p.setContentHandler(H())
p.parse(io.BytesIO(text.encode()))
for fmt in plistlib.FMT_XML, plistlib.FMT_BINARY:
    data = plistlib.dumps({"a": [1, 2.5, True, b"xyz", "\u00e9"], "n": {"k": "<v>"}}, fmt=fmt)
    print(len(data), plistlib.loads(data))
