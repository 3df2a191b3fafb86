//! Betweenness and closeness of all nodes of a graph whose links have no weights.

use std::collections::VecDeque;

/// What the search from each node, and those from all others, tell of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Centrality {
    /// Normalised: the share of the pairs of others.
    pub betweenness: f64,
    /// Wasserman and Faust's.
    pub closeness: f64,
}

/// Exact, by Ulrik Brandes, "A Faster Algorithm for Betweenness Centrality", Journal of Mathematical Sociology 25 (2001): a
/// breadth-first search from each node counts the shortest paths, and on the way back each node hands its share on to those
/// before it. Nodes × links steps.
pub(super) fn centrality(neighbours: &[Vec<usize>]) -> Vec<Centrality> {
    let count = neighbours.len();
    let mut found = vec![Centrality::default(); count];
    let mut search = Search::new(count);
    for source in 0..count {
        search.run(source, neighbours);
        let reached = search.order.len();
        let distances: usize = search.order.iter().map(|node| search.distance[*node]).sum();
        if distances > 0 {
            let (others, all) = ((reached - 1) as f64, (count - 1) as f64);
            found[source].closeness = others / distances as f64 * (others / all);
        }
        for node in search.order.iter().rev().copied().filter(|node| *node != source) {
            found[node].betweenness += search.dependency[node];
        }
    }
    if count > 2 {
        // Each pair was counted from both its ends.
        let pairs = ((count - 1) * (count - 2)) as f64;
        found.iter_mut().for_each(|centrality| centrality.betweenness /= pairs);
    }
    found
}

/// A breadth-first search, with room that is used again for the next.
struct Search {
    /// Nodes in the order in which they were reached.
    order: Vec<usize>,
    queue: VecDeque<usize>,
    distance: Vec<usize>,
    /// Number of shortest paths from the source.
    paths: Vec<f64>,
    /// How much the source depends on the node to reach others.
    dependency: Vec<f64>,
}

const UNREACHED: usize = usize::MAX;

impl Search {
    fn new(count: usize) -> Self {
        Self {
            order: Vec::with_capacity(count),
            queue: VecDeque::new(),
            distance: vec![UNREACHED; count],
            paths: vec![0.0; count],
            dependency: vec![0.0; count],
        }
    }

    fn run(&mut self, source: usize, neighbours: &[Vec<usize>]) {
        for node in self.order.drain(..) {
            (self.distance[node], self.paths[node], self.dependency[node]) = (UNREACHED, 0.0, 0.0);
        }
        (self.distance[source], self.paths[source]) = (0, 1.0);
        self.queue.push_back(source);
        while let Some(node) = self.queue.pop_front() {
            self.order.push(node);
            for next in neighbours[node].iter().copied() {
                if self.distance[next] == UNREACHED {
                    self.distance[next] = self.distance[node] + 1;
                    self.queue.push_back(next);
                }
                if self.distance[next] == self.distance[node] + 1 {
                    self.paths[next] += self.paths[node];
                }
            }
        }
        for node in self.order.iter().rev().copied() {
            for next in neighbours[node].iter().copied() {
                if self.distance[next] == self.distance[node] + 1 {
                    self.dependency[node] += self.paths[node] / self.paths[next] * (1.0 + self.dependency[next]);
                }
            }
        }
    }
}
