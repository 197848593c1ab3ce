"""One-way constraints with strengths kept satisfied incrementally: class hierarchies and small methods."""


class Strength:
    table = {}

    def __init__(self, rank, name):
        self.rank = rank
        self.name = name
        Strength.table[name] = self

    def stronger(self, other):
        return self.rank < other.rank

    def weakest(self, other):
        return other if self.stronger(other) else self


REQUIRED = Strength(0, 'required')
PREFERRED = Strength(1, 'preferred')
DEFAULT = Strength(2, 'default')
WEAKEST = Strength(3, 'weakest')


class Variable:
    def __init__(self, name, value=0):
        self.name = name
        self.value = value
        self.users = []
        self.source = None
        self.mark = 0
        self.strength = WEAKEST
        self.stay = True


class Constraint:
    def __init__(self, strength):
        self.strength = strength

    def attach(self, planner):
        for variable in self.variables():
            variable.users.append(self)
        self.output = None
        planner.add(self)

    def is_satisfied(self):
        return self.output is not None

    def is_input(self):
        return False


class Stay(Constraint):
    def __init__(self, variable, strength):
        super().__init__(strength)
        self.variable = variable

    def variables(self):
        return [self.variable]

    def choose(self, mark):
        v = self.variable
        self.output = v if v.mark != mark and self.strength.stronger(v.strength) else None

    def inputs_known(self, mark):
        return True

    def recalculate(self):
        self.output.strength = self.strength
        self.output.stay = not self.is_input()

    def execute(self):
        pass


class Edit(Stay):
    def is_input(self):
        return True


class Equal(Constraint):
    def __init__(self, a, b, strength):
        super().__init__(strength)
        self.a = a
        self.b = b

    def variables(self):
        return [self.a, self.b]

    def choose(self, mark):
        a, b = self.a, self.b
        if a.mark == mark:
            self.output = b if b.mark != mark and self.strength.stronger(b.strength) else None
        elif b.mark == mark:
            self.output = a if self.strength.stronger(a.strength) else None
        elif a.strength.stronger(b.strength):
            self.output = b if self.strength.stronger(b.strength) else None
        else:
            self.output = a if self.strength.stronger(a.strength) else None

    def input(self):
        return self.a if self.output is self.b else self.b

    def inputs_known(self, mark):
        source = self.input()
        return source.mark == mark or source.stay or source.source is None

    def recalculate(self):
        source, target = self.input(), self.output
        target.strength = self.strength.weakest(source.strength)
        target.stay = source.stay
        if target.stay:
            self.execute()

    def execute(self):
        self.output.value = self.input().value


class Scale(Equal):
    def __init__(self, a, b, factor, offset, strength):
        super().__init__(a, b, strength)
        self.factor = factor
        self.offset = offset

    def execute(self):
        if self.output is self.b:
            self.b.value = self.a.value * self.factor + self.offset
        else:
            self.a.value = (self.b.value - self.offset) // self.factor


class Planner:
    def __init__(self):
        self.mark = 0

    def new_mark(self):
        self.mark += 1
        return self.mark

    def add(self, constraint):
        mark = self.new_mark()
        overridden = self.satisfy(constraint, mark)
        while overridden is not None:
            overridden = self.satisfy(overridden, mark)

    def satisfy(self, constraint, mark):
        constraint.choose(mark)
        if not constraint.is_satisfied():
            return None
        for variable in constraint.variables():
            if variable is not constraint.output:
                variable.mark = mark
        target = constraint.output
        overridden = target.source
        if overridden is not None:
            overridden.output = None
        target.source = constraint
        self.propagate(constraint, mark)
        target.mark = mark
        return overridden

    def propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            c = todo.pop()
            c.recalculate()
            for user in c.output.users:
                if user is not c and user.is_satisfied() and user.output is not c.output:
                    todo.append(user)

    def plan(self, sources):
        mark = self.new_mark()
        steps = []
        todo = list(sources)
        while todo:
            c = todo.pop()
            output = c.output
            if output.mark != mark and c.inputs_known(mark):
                steps.append(c)
                output.mark = mark
                for user in output.users:
                    if user is not output.source and user.is_satisfied():
                        todo.append(user)
        return steps


def chain(length, rounds):
    planner = Planner()
    variables = [Variable('v%d' % i) for i in range(length)]
    for a, b in zip(variables, variables[1:]):
        Equal(a, b, REQUIRED).attach(planner)
    Stay(variables[-1], DEFAULT).attach(planner)
    edit = Edit(variables[0], PREFERRED)
    edit.attach(planner)
    plan = planner.plan([edit])
    total = 0
    for i in range(rounds):
        variables[0].value = i
        for step in plan:
            step.execute()
        total += variables[-1].value
    return total


def scaled(count):
    planner = Planner()
    total = 0
    for i in range(count):
        source, target = Variable('s', i), Variable('t', i)
        Stay(source, DEFAULT).attach(planner)
        Scale(source, target, 10, 1000, REQUIRED).attach(planner)
        edit = Edit(source, PREFERRED)
        edit.attach(planner)
        for step in planner.plan([edit]):
            step.execute()
        total += target.value
    return total


def run(n):
    return chain(n, 40), scaled(n * 3), chain(n // 2, 100)


print([run(840) for _ in range(4)])
