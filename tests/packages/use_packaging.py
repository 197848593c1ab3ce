from packaging.markers import Marker, InvalidMarker
from packaging.requirements import Requirement, InvalidRequirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version, InvalidVersion, parse
vs = ["1.0", "1.0.dev1", "1.0a2", "1.0rc1", "1.0.post3", "1!0.1", "1.0+local.1", "2.0.0"]
print([str(v) for v in sorted(map(Version, vs))])
v = Version("1!2.3a4.post5.dev6+x.1")
print(v.epoch, v.release, v.pre, v.post, v.dev, v.local, v.public, v.base_version)
print(list(SpecifierSet(">=1.0,!=1.5,<2").filter(["0.9", "1.0", "1.5", "1.6b1", "1.9", "2"])))
print("1.4.2" in SpecifierSet("~=1.4"), SpecifierSet("==1.*") & SpecifierSet(">1.2"))
r = Requirement('name[extra1,extra2]>=1,<2; python_version < "3" and os_name == "posix"')
print(r.name, sorted(r.extras), r.specifier, r.marker, r.marker.evaluate({"python_version": "2.7", "os_name": "posix"}))
for f in (lambda: Version("x"), lambda: Requirement("a b"), lambda: Marker("foo == 1")):
    try:
        print(f())
    except (InvalidVersion, InvalidRequirement, InvalidMarker) as e:
        print(type(e).__name__, e)
