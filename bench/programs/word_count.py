"""Words counted in dicts, Counters and sets: hashing, lookups, merges, set algebra."""
from collections import Counter, defaultdict


def make_words(count):
    syllables = ['ka', 'lo', 'mi', 'ru', 'te', 'sha', 'no', 'vi', 'pe', 'du']
    words = []
    seed = 99
    for _ in range(count):
        seed = (seed * 48271) % 2147483647
        word = ''
        k = seed
        for _ in range(2 + seed % 3):
            word += syllables[k % 10]
            k //= 10
        words.append(word)
    return words


def run(n):
    words = make_words(n)
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    by_length = defaultdict(list)
    for word in counts:
        by_length[len(word)].append(word)
    pairs = {}
    for a, b in zip(words, words[1:]):
        key = (a, b)
        if key in pairs:
            pairs[key] += 1
        else:
            pairs[key] = 1
    first = {w for w in words[: n // 2]}
    second = set(words[n // 2:])
    both, either, odd = first & second, first | second, first ^ second
    common = Counter(words).most_common(5)
    letters = Counter()
    for word in words[: n // 4]:
        letters.update(word)
    merged = {**counts, **{w: -1 for w in odd}}
    inverted = {}
    for word, count in counts.items():
        inverted.setdefault(count, set()).add(word)
    return (len(counts), len(pairs), max(pairs.values()), len(both), len(either), len(odd), common[0],
            sorted(letters.items())[:3], sum(merged.values()), sum(len(v) for v in by_length.values()), len(inverted))


print(run(500_000))
