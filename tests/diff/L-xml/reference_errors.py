"""Where references that are none are reported: in entity values, attribute values, defaults of attributes and text."""
import xml.parsers.expat

REFERENCES = (
    '&#x;t', '&#;t', '&#xg', '&#12', '&#x12', '&#1 ;', '&', '& x', '&;', '&a', '&a b;', '&1;', '&a.b;%', '%', '% a', '%;', '%a',
    '%a;', '%1', '&#xD800;', '&#0;', '&#x110000;', '&#99999999999;', 'ok &#9; &#65', '&\xe9;', '&\xe9', '&#\xe9;', 'a&#xZ;b',
    '%\xe9&', '&a:b;', '&:;', '&a:;', '&a:1;',
)
PLACES = (
    '<!DOCTYPE r [\n<!ENTITY e "en%s"><!ENTITY f "2">]><r/>', '<!DOCTYPE r [\n<!ENTITY %% e "en%s">]><r/>',
    "<!DOCTYPE r [<!ATTLIST r a CDATA 'en%s'>]><r/>", '<r a="en%s"/>', '<r>en%s</r>',
)
for reference in REFERENCES:
    for place in PLACES:
        seen = []
        for separator in None, ' ':
            parser = xml.parsers.expat.ParserCreate(namespace_separator=separator)
            parser.EntityDeclHandler = lambda *args: seen.append(args[:3])
            data = (place % reference).encode()
            try:
                parser.Parse(data, True)
            except xml.parsers.expat.ExpatError as e:
                seen.append((e.code, parser.ErrorByteIndex))
        print(ascii(reference), place[:16].strip(), seen)

for data in b'<r><![CD\xca6\x86ATA[ ]]></r>', b'<r>\n<![CDAT\xff\xff\xff\xffA[ ]]></r>', b'<r><![\xff\xff\xff\xffCDATA[ ]]></r>', b'<r><![CD', b'<r><![CDX':
    parser = xml.parsers.expat.ParserCreate()
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError as e:
        print(data, e)
