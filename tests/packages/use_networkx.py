import networkx as nx
g = nx.Graph()
g.add_weighted_edges_from([("a", "b", 1), ("b", "c", 2), ("a", "c", 5), ("c", "d", 1)])
print(nx.shortest_path(g, "a", "d", weight="weight"), nx.dijkstra_path_length(g, "a", "d"), sorted(nx.connected_components(g), key=len))
print(nx.degree_histogram(g), sorted(nx.minimum_spanning_tree(g).edges(data=True)), nx.is_bipartite(g))
d = nx.DiGraph([(1, 2), (2, 3), (1, 3), (3, 4)])
print(list(nx.topological_sort(d)), nx.is_directed_acyclic_graph(d), list(nx.all_simple_paths(d, 1, 4)), nx.descendants(d, 2))
print({k: round(v, 6) for k, v in nx.betweenness_centrality(nx.karate_club_graph()).items() if v > 0.1})
print(sorted(nx.find_cliques(nx.complete_graph(4))), nx.diameter(nx.path_graph(5)), list(nx.bfs_edges(nx.balanced_tree(2, 2), 0)))
print(nx.node_link_data(d), list(nx.generate_gml(d))[:6], g)
try:
    nx.shortest_path(d, 4, 1)
except nx.NetworkXNoPath as e:
    print(e)
