"""Graph searches: breadth first with deque, Dijkstra with heapq, union-find, topological order, longest common subsequence."""
from collections import defaultdict, deque
from heapq import heappop, heappush


def make_graph(nodes, degree):
    edges = defaultdict(dict)
    seed = 7
    for a in range(nodes):
        for _ in range(degree):
            seed = (seed * 16807) % 2147483647
            b = seed % nodes
            edges[a][b] = edges[b][a] = seed % 97 + 1
    return edges


def breadth_first(edges, start):
    distance = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in edges[node]:
            if other not in distance:
                distance[other] = distance[node] + 1
                queue.append(other)
    return distance


def dijkstra(edges, start):
    best = {}
    heap = [(0, start)]
    while heap:
        cost, node = heappop(heap)
        if node in best:
            continue
        best[node] = cost
        for other, weight in edges[node].items():
            if other not in best:
                heappush(heap, (cost + weight, other))
    return best


def spanning_tree(edges):
    parent = list(range(len(edges)))

    def find(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    total = 0
    for weight, a, b in sorted((w, a, b) for a, row in edges.items() for b, w in row.items() if a < b):
        ra, rb = find(a), find(b)
        if ra != rb:
            parent[ra] = rb
            total += weight
    return total


def order(edges):
    waiting = {a: 0 for a in edges}
    for a, row in edges.items():
        for b in row:
            if b > a:
                waiting[b] += 1
    ready = [a for a, count in waiting.items() if count == 0]
    done = []
    while ready:
        a = ready.pop()
        done.append(a)
        for b in edges[a]:
            if b > a:
                waiting[b] -= 1
                if waiting[b] == 0:
                    ready.append(b)
    return done


def common_length(a, b):
    row = [0] * (len(b) + 1)
    for x in a:
        diagonal = 0
        for j, y in enumerate(b, 1):
            above = row[j]
            row[j] = diagonal + 1 if x == y else max(above, row[j - 1])
            diagonal = above
    return row[-1]


def run(n):
    edges = make_graph(n, 4)
    hops = breadth_first(edges, 0)
    costs = dijkstra(edges, 0)
    sequence = order(edges)
    return (max(hops.values()), sum(hops.values()), max(costs.values()), sum(costs.values()), spanning_tree(edges), len(sequence),
            sequence[-1], common_length([x % 50 for x in sequence[:900]], [x % 50 for x in sequence[-900:]]))


print(run(27_000))
