"""An operating system in the small: tasks with states, a run queue, messages; virtual calls and attributes."""

READY, WAITING, DONE = range(3)


class Message:
    def __init__(self, sender, kind, value):
        self.sender = sender
        self.kind = kind
        self.value = value


class Task:
    def __init__(self, system, name, priority):
        self.system = system
        self.name = name
        self.priority = priority
        self.state = READY
        self.inbox = []
        self.steps = 0

    def is_ready(self):
        return self.state == READY

    def receive(self, message):
        self.inbox.append(message)
        if self.state == WAITING:
            self.state = READY

    def send(self, name, kind, value):
        self.system.deliver(name, Message(self, kind, value))

    def finish(self):
        self.state = DONE

    def wait(self):
        if not self.inbox:
            self.state = WAITING

    def tick(self):
        self.steps += 1
        self.work()

    def work(self):
        raise NotImplementedError


class Idle(Task):
    def __init__(self, system, name, rounds):
        super().__init__(system, name, 0)
        self.rounds = rounds
        self.register = 1

    def work(self):
        self.rounds -= 1
        if self.rounds == 0:
            self.system.shut_down()
        elif self.register & 1:
            self.register = (self.register >> 1) ^ 0xD008
            self.send('worker-a', 'job', self.register)
        else:
            self.register >>= 1
            self.send('worker-b', 'job', self.register)


class Worker(Task):
    def __init__(self, system, name, device):
        super().__init__(system, name, 10)
        self.device = device
        self.sum = 0

    def work(self):
        while self.inbox:
            message = self.inbox.pop(0)
            if message.kind == 'job':
                self.send(self.device, 'block', message.value % 26)
            else:
                self.sum = (self.sum * 31 + message.value) % 1_000_003
        self.wait()


class Device(Task):
    def __init__(self, system, name, delay):
        super().__init__(system, name, 20)
        self.delay = delay
        self.pending = None
        self.left = 0

    def work(self):
        if self.pending is None:
            if not self.inbox:
                self.wait()
                return
            self.pending = self.inbox.pop(0)
            self.left = self.delay
        self.left -= 1
        if self.left <= 0:
            message = self.pending
            self.pending = None
            message.sender.receive(Message(self, 'reply', message.value + self.delay))
        self.wait_if_free()

    def wait_if_free(self):
        if self.pending is None:
            self.wait()


class System:
    def __init__(self):
        self.tasks = []
        self.by_name = {}
        self.running = True
        self.switches = 0

    def add(self, task):
        self.tasks.append(task)
        self.by_name[task.name] = task
        self.tasks.sort(key=lambda t: -t.priority)

    def deliver(self, name, message):
        self.by_name[name].receive(message)

    def shut_down(self):
        self.running = False

    def run(self):
        while self.running:
            for task in self.tasks:
                if task.is_ready():
                    self.switches += 1
                    task.tick()


def run(n):
    system = System()
    system.add(Idle(system, 'idle', n))
    system.add(Worker(system, 'worker-a', 'disk'))
    system.add(Worker(system, 'worker-b', 'net'))
    system.add(Device(system, 'disk', 3))
    system.add(Device(system, 'net', 2))
    system.run()
    return system.switches, [(t.name, t.steps) for t in system.tasks], system.by_name['worker-a'].sum


print(run(150_000))
