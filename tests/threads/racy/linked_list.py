# Nodes put in front of a linked list by several threads get lost.
import threading

class Node:
    def __init__(self, value, next):
        self.value = value
        self.next = next


first = None


def push(base):
    global first
    for i in range(base, base + 30):
        first = Node(i, first)


WORK = [(push, (0,)), (push, (100,)), (push, (200,))]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
found = []
node = first
while node:
    found.append(node.value)
    node = node.next
print(len(found), found[:12])
