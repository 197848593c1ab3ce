for t in (int, str, list, dict, type, type(lambda:1), type((x for x in ())), object, type([].__iter__()), float, bytes, set):
    for n in sorted(t.__dict__):
        v=t.__dict__[n]
        if type(v).__name__=='wrapper_descriptor': print(t.__name__, n, v.__doc__, v.__text_signature__)
