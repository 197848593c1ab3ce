import sys, os, tempfile, pkgutil, importlib.util
d = tempfile.mkdtemp(); os.makedirs(os.path.join(d, "emptyns", "inner")); sys.path.insert(0, d)
import emptyns, emptyns.inner; p = emptyns.__path__; print(len(p), p[0] == os.path.join(d, "emptyns"), repr(p).replace(d, "<d>"), emptyns.inner.__name__, emptyns.__doc__)
p.append("/extra"); print(len(p), "/extra" in p); s = importlib.util.find_spec("emptyns"); print(s.loader, s.has_location, s.cached, s.parent)
l = emptyns.__loader__; print(type(l).__name__, l.is_package("emptyns"), repr(l.get_source("emptyns")), l.get_code("emptyns").co_filename, l.create_module(None))
m = importlib.util.module_from_spec(s); print(m.__name__, hasattr(m, "__file__"))
os.makedirs(os.path.join(d, "ext", "pkg1")); print(pkgutil.extend_path(["x"], "emptyns")[0])
