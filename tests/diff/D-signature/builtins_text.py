import inspect, math, itertools, functools
for o in (len, print, sorted, sum, max, min, open, isinstance, abs, divmod, pow, round, compile, exec, eval, getattr, iter, next, vars, dir, range, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, bool, object, type, super, property, classmethod, staticmethod, enumerate, zip, map, filter, reversed, slice, memoryview, str.join, str.split, str.replace, str.encode, list.sort, list.append, list.pop, list.index, dict.get, dict.pop, dict.update, dict.fromkeys, set.union, int.to_bytes, int.from_bytes, int.__add__, object.__init__, float.hex, bytes.fromhex, math.gcd, math.sqrt, math.log, functools.reduce, itertools.chain, itertools.count, BaseException, OSError, "".join, [].append, __import__, __build_class__, input, breakpoint, hash, id, any, format, chr, setattr):
    try: print(getattr(o, "__qualname__", o), inspect.signature(o))
    except (ValueError, TypeError) as e: print(getattr(o, "__qualname__", o), type(e).__name__, str(e)[:40])
for o in (5, "s", None, [].__len__): 
    try: print(inspect.signature(o))
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
