from pyasn1.codec.ber import encoder as ber
from pyasn1.codec.der import decoder, encoder
from pyasn1.type import char, namedtype, tag, univ, constraint
class R(univ.Sequence):
    componentType = namedtype.NamedTypes(namedtype.NamedType("id", univ.Integer()), namedtype.OptionalNamedType("room", univ.Integer().subtype(implicitTag=tag.Tag(tag.tagClassContext, tag.tagFormatSimple, 0))), namedtype.DefaultedNamedType("house", char.UTF8String("é")))
r = R(); r["id"] = 123; r["room"] = 321
b = encoder.encode(r); print(b.hex()); d, rest = decoder.decode(b, asn1Spec=R()); print(d.prettyPrint(), rest)
print(encoder.encode(univ.ObjectIdentifier("1.2.840.113549")).hex(), ber.encode(univ.BitString("'1011'B")).hex(), ber.encode(univ.Real(0.5)).hex())
try: decoder.decode(b"\x30\x05\x02")
except Exception as e: print(type(e).__name__)
