# CPU-bound threads give right results; their time is the process's.
import threading
import time


def primes(a, b):
    return sum(1 for n in range(max(a, 2), b) if all(n % d for d in range(2, int(n**0.5) + 1)))


results = [None] * 4


def work(k):
    results[k] = primes(k * 500, (k + 1) * 500)


start = time.process_time()
threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(results, sum(results) == primes(0, 2000))
print(time.process_time() > start, time.thread_time() >= 0)
