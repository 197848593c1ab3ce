import dis, operator
BIN = {o: getattr(operator, n) for o, n in {"+": "add", "-": "sub", "*": "mul", "//": "floordiv", "/": "truediv", "%": "mod", "**": "pow", "[]": "getitem"}.items()}
BIN.update({k + "=": v for k, v in list(BIN.items()) if k != "[]"})
CMP = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}
def run(code, globs, args):
    ins = list(dis.get_instructions(code))
    at = {i.offset: n for n, i in enumerate(ins)}
    loc = dict(zip(code.co_varnames, args))
    st, pc, count = [], 0, 0
    while True:
        i = ins[pc]; pc += 1; count += 1
        n = i.opname
        if n in ("RESUME", "NOT_TAKEN", "NOP", "END_FOR", "POP_ITER"):
            if n == "POP_ITER": st.pop()
        elif n in ("LOAD_FAST", "LOAD_FAST_BORROW", "LOAD_FAST_CHECK"): st.append(loc[i.argval])
        elif n in ("LOAD_FAST_BORROW_LOAD_FAST_BORROW", "LOAD_FAST_LOAD_FAST"): st += [loc[v] for v in i.argval]
        elif n == "STORE_FAST": loc[i.argval] = st.pop()
        elif n == "STORE_FAST_STORE_FAST":
            for v in i.argval: loc[v] = st.pop()
        elif n == "STORE_FAST_LOAD_FAST":
            loc[i.argval[0]] = st.pop(); st.append(loc[i.argval[1]])
        elif n in ("LOAD_CONST", "LOAD_SMALL_INT"): st.append(i.argval)
        elif n == "LOAD_GLOBAL":
            st.append(globs[i.argval] if i.argval in globs else __builtins__.__dict__[i.argval])
            if i.arg & 1: st.append(None)
        elif n == "BINARY_OP":
            b = st.pop(); a = st.pop(); st.append(BIN[i.argrepr](a, b))
        elif n == "COMPARE_OP":
            b = st.pop(); a = st.pop(); r = CMP[dis.cmp_op[i.arg >> 5]](a, b); st.append(r)
        elif n in ("POP_JUMP_IF_FALSE", "POP_JUMP_IF_TRUE"):
            if bool(st.pop()) == (n == "POP_JUMP_IF_TRUE"): pc = at[i.jump_target]
        elif n in ("JUMP_BACKWARD", "JUMP_FORWARD", "JUMP_BACKWARD_NO_INTERRUPT"): pc = at[i.jump_target]
        elif n == "GET_ITER": st.append(iter(st.pop()))
        elif n == "FOR_ITER":
            try: st.append(next(st[-1]))
            except StopIteration:
                pc = at[i.jump_target] + 1
        elif n == "CALL":
            a = st[len(st) - i.arg:]; del st[len(st) - i.arg:]
            st.pop(); f = st.pop()
            if hasattr(f, "__code__"):
                r, c = run(f.__code__, globs, a); count += c
            else: r = f(*a)
            st.append(r)
        elif n == "POP_TOP": st.pop()
        elif n == "BUILD_LIST":
            a = st[len(st) - i.arg:]; del st[len(st) - i.arg:]; st.append(a)
        elif n == "LIST_APPEND":
            v = st.pop(); st[-i.arg].append(v)
        elif n == "SWAP": st[-1], st[-i.arg] = st[-i.arg], st[-1]
        elif n == "COPY": st.append(st[-i.arg])
        elif n == "TO_BOOL": st[-1] = bool(st[-1])
        elif n == "LOAD_FAST_AND_CLEAR": st.append(loc.pop(i.argval, None))
        elif n == "RETURN_VALUE": return st.pop(), count
        else: raise NotImplementedError(n)
def fib(n):
    if n < 2: return n
    return fib(n - 1) + fib(n - 2)
def loop(n):
    total = 0
    for i in range(n):
        if i % 3 == 0: total += i * 2
        else: total -= 1
    return total
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
def comp(n):
    return [x ** 2 for x in range(n) if x % 2]
for f, a in ((fib, (10,)), (loop, (20,)), (gcd, (1071, 462)), (comp, (9,))):
    print(f.__name__, run(f.__code__, globals(), a), f(*a))
