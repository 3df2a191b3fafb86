//! Communities: groups that meet more among themselves than with others.

use super::by_size;
use std::collections::BTreeMap;

/// The nodes that each node is linked with, and how heavily. A loop stands once, with twice its weight.
type Links = [Vec<(usize, u64)>];

/// The community of each node, numbered from 1, the largest first. By Blondel, Guillaume, Lambiotte and Lefebvre, "Fast
/// unfolding of communities in large networks", J. Stat. Mech. (2008) P10008, with one difference: nodes are taken in their
/// order and not at random, and gains are compared as whole numbers, so that the same network always has the same communities.
pub(super) fn louvain(links: &Links) -> Vec<usize> {
    let mut of_node: Vec<usize> = (0..links.len()).collect();
    let mut level = links.to_vec();
    loop {
        let (groups, moved) = move_nodes(&level);
        if !moved {
            return by_size(&of_node);
        }
        let numbers: BTreeMap<usize, usize> = numbered(&groups);
        for group in &mut of_node {
            *group = numbers[&groups[*group]];
        }
        level = joined(&level, &groups, &numbers);
    }
}

/// Groups numbered from 0, in their order.
fn numbered(groups: &[usize]) -> BTreeMap<usize, usize> {
    let mut numbers: BTreeMap<usize, usize> = groups.iter().map(|group| (*group, 0)).collect();
    numbers.values_mut().enumerate().for_each(|(number, value)| *value = number);
    numbers
}

/// Moves each node to the group of its neighbours where modularity grows most, until no move is for the better.
fn move_nodes(links: &Links) -> (Vec<usize>, bool) {
    let degrees: Vec<u64> = links.iter().map(|links| links.iter().map(|(_, weight)| weight).sum()).collect();
    let total: u64 = degrees.iter().sum();
    let mut groups: Vec<usize> = (0..links.len()).collect();
    let mut sums = degrees.clone();
    let mut any = false;
    loop {
        let mut moved = false;
        for node in 0..links.len() {
            let own = groups[node];
            sums[own] -= degrees[node];
            let mut to_group: BTreeMap<usize, u64> = BTreeMap::from([(own, 0)]);
            for (other, weight) in links[node].iter().filter(|(other, _)| *other != node) {
                *to_group.entry(groups[*other]).or_default() += weight;
            }
            // The gain in modularity, times the square of the total weight.
            let gain = |group: usize, weight: u64| {
                i128::from(weight) * i128::from(total) - i128::from(sums[group]) * i128::from(degrees[node])
            };
            let stay = gain(own, to_group[&own]);
            let best = to_group.into_iter().map(|(group, weight)| (gain(group, weight), group));
            let best = best.fold((stay, own), |best, other| if other.0 > best.0 { other } else { best });
            groups[node] = best.1;
            sums[best.1] += degrees[node];
            moved |= best.1 != own;
        }
        any |= moved;
        if !moved {
            return (groups, any);
        }
    }
}

/// The network whose nodes are the groups.
fn joined(links: &Links, groups: &[usize], numbers: &BTreeMap<usize, usize>) -> Vec<Vec<(usize, u64)>> {
    let mut joined = vec![BTreeMap::<usize, u64>::new(); numbers.len()];
    for (node, links) in links.iter().enumerate() {
        for (other, weight) in links {
            *joined[numbers[&groups[node]]].entry(numbers[&groups[*other]]).or_default() += weight;
        }
    }
    joined.into_iter().map(|links| links.into_iter().collect()).collect()
}

/// Newman's modularity of a division: the share of the weight within groups, less what chance would put there.
pub(super) fn modularity(links: &Links, groups: &[usize]) -> f64 {
    let mut within: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    let mut total = 0;
    for (node, links) in links.iter().enumerate() {
        let of_group = within.entry(groups[node]).or_default();
        for (other, weight) in links {
            total += weight;
            of_group.0 += weight;
            if groups[*other] == groups[node] {
                of_group.1 += weight;
            }
        }
    }
    if total == 0 {
        return 0.0;
    }
    let share = |part: u64| part as f64 / total as f64;
    within.values().map(|(degrees, inside)| share(*inside) - share(*degrees) * share(*degrees)).sum()
}
