# race: an answer is taken for that to a later question.
import threading

question = answer = None
asked = threading.Semaphore(0)
answered = threading.Semaphore(0)
wrong = []


def ask(base):
    global question
    for i in range(base, base + 5):
        question = i
        asked.release()
        answered.acquire()
        if answer != i * i:
            wrong.append(i)


def serve():
    global answer
    for _ in range(10):
        asked.acquire()
        answer = question * question
        answered.release()


WORK = [(ask, (0,)), (ask, (10,)), (serve, ())]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print('wrong answers' if wrong else 'fine')
