//! Where the nodes go: stress-minimising placement of boxes with their real sizes.
//!
//! Each connected component is placed by stochastic gradient descent on the stress of all pairs of nodes (Zheng, Pawar
//! and Goodman, “Graph Drawing by Stochastic Gradient Descent”, IEEE TVCG 2019), with the sizes of the boxes in the ideal
//! distances; then boxes are pushed apart until none overlap, and the components are packed beside each other.
//! Large components use the distances to some pivots only (Ortmann, Klimenta and Brandes, “A Sparse Stress Model”, 2017).
//!
//! Only additions, multiplications, divisions and square roots are used, which IEEE 754 fixes to the last bit, and the
//! shuffled order of the pairs comes from a constant: the same boxes and edges give the same coordinates everywhere.

use crate::diagram::outline::Point;
use std::collections::VecDeque;

/// Free space around every box, in pixels.
const MARGIN: f64 = 9.0;
/// Length of an edge between the borders of its boxes, in pixels.
const GAP: f64 = 46.0;
/// Space between two components, in pixels.
const COMPONENT_GAP: f64 = 36.0;
/// Text is wide and pages are too: the picture is stretched sideways by this.
const STRETCH: f64 = 1.5;
/// Components with more nodes than this use the sparse stress model.
const DENSE_UP_TO: usize = 1200;
const PIVOTS: usize = 80;
/// Rounds of pushing boxes apart before the whole is widened.
const PUSHES: usize = 100;
/// Steps of the descent; 32 of them make the cooling factor a 32nd root, which five square roots give.
const COOLING_STEPS: usize = 32;
/// Steps at the last temperature.
const SETTLING_STEPS: usize = 10;

/// Centres for boxes of the given sizes such that no two boxes, with [`MARGIN`] around them, overlap.
///
/// `edges` are pairs of indices into `sizes`; loops and repeated edges do no harm.
pub(crate) fn place(sizes: &[Point], edges: &[(usize, usize)]) -> Vec<Point> {
    let mut neighbours = vec![Vec::new(); sizes.len()];
    for &(a, b) in edges {
        if a != b {
            neighbours[a].push(b);
            neighbours[b].push(a);
        }
    }
    for list in &mut neighbours {
        list.sort_unstable();
        list.dedup();
    }
    let mut placed = Vec::new();
    for members in components(&neighbours) {
        let mut index = vec![usize::MAX; sizes.len()];
        for (local, &global) in members.iter().enumerate() {
            index[global] = local;
        }
        let local_neighbours: Vec<Vec<usize>> =
            members.iter().map(|&m| neighbours[m].iter().map(|&n| index[n]).collect()).collect();
        let local_sizes: Vec<Point> = members.iter().map(|&m| sizes[m]).collect();
        let mut centres = descend(&local_sizes, &local_neighbours);
        separate(&mut centres, &local_sizes);
        clear_edges(&mut centres, &local_sizes, &local_neighbours);
        placed.push((members, centres));
    }
    pack(sizes, placed)
}

/// Connected components; each in breadth-first order from its best connected node.
fn components(neighbours: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut by_degree: Vec<usize> = (0..neighbours.len()).collect();
    by_degree.sort_by_key(|&n| (std::cmp::Reverse(neighbours[n].len()), n));
    let mut seen = vec![false; neighbours.len()];
    let mut found = Vec::new();
    for start in by_degree {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut members = vec![start];
        let mut next = 0;
        while next < members.len() {
            for &n in &neighbours[members[next]] {
                if !seen[n] {
                    seen[n] = true;
                    members.push(n);
                }
            }
            next += 1;
        }
        found.push(members);
    }
    found
}

/// One pair of nodes and the distance that it should have.
#[derive(Clone, Copy)]
struct Pair {
    a: u32,
    b: u32,
    distance: f32,
}

fn descend(sizes: &[Point], neighbours: &[Vec<usize>]) -> Vec<Point> {
    let n = sizes.len();
    let mut centres = spiral(n);
    if n < 2 {
        return centres;
    }
    let radius: Vec<f64> = sizes.iter().map(|s| (s.x * s.y).sqrt() / 2.0 + s.x / 8.0).collect();
    let length = |a: usize, b: usize| {
        // Many leaves around one hub need a longer way to all find room.
        let crowd = neighbours[a].len().max(neighbours[b].len()) as f64;
        radius[a] + radius[b] + GAP * (0.7 + 0.3 * (crowd / 2.0).sqrt())
    };
    let mut pairs = if n <= DENSE_UP_TO { all_pairs(neighbours, length) } else { pivot_pairs(neighbours, length) };
    shuffle(&mut pairs);
    let (shortest, longest) = pairs
        .iter()
        .fold((f64::MAX, 0.0_f64), |(low, high), p| (low.min(f64::from(p.distance)), high.max(f64::from(p.distance))));
    // Step sizes from 1/w_min to 0.1/w_max in equal ratios, where w = 1/d².
    let mut factor = 0.1 * shortest * shortest / (longest * longest);
    for _ in 0..COOLING_STEPS.ilog2() {
        factor = factor.sqrt();
    }
    let mut step = longest * longest;
    for round in 0..COOLING_STEPS + SETTLING_STEPS {
        for pair in &pairs {
            let (a, b, d) = (pair.a as usize, pair.b as usize, f64::from(pair.distance));
            let mu = (step / (d * d)).min(1.0);
            let (dx, dy) = (centres[a].x - centres[b].x, centres[a].y - centres[b].y);
            let now = (dx * dx + dy * dy).sqrt().max(1e-6);
            let move_by = mu * (now - d) / 2.0 / now;
            centres[a].x -= move_by * dx;
            centres[a].y -= move_by * dy;
            centres[b].x += move_by * dx;
            centres[b].y += move_by * dy;
        }
        if round < COOLING_STEPS {
            step *= factor;
        }
    }
    turn_longest_sideways(&mut centres);
    for centre in &mut centres {
        centre.x *= STRETCH.sqrt();
        centre.y /= STRETCH.sqrt();
    }
    centres
}

/// Start positions: a sunflower spiral, in breadth-first order, so that neighbours start near each other.
fn spiral(n: usize) -> Vec<Point> {
    // Cosine and sine of the golden angle.
    let (cos, sin) = (-0.737_368_878_078_32, 0.675_490_294_261_523_6);
    let mut direction = Point { x: 1.0, y: 0.0 };
    (0..n)
        .map(|i| {
            let r = 40.0 * (i as f64).sqrt();
            let point = Point { x: direction.x * r, y: direction.y * r };
            direction = Point { x: direction.x * cos - direction.y * sin, y: direction.x * sin + direction.y * cos };
            point
        })
        .collect()
}

/// Lengths of the ways from `start` with the fewest edges.
fn ways_from(start: usize, neighbours: &[Vec<usize>], length: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let mut way = vec![f64::INFINITY; neighbours.len()];
    let mut hops = vec![u32::MAX; neighbours.len()];
    (way[start], hops[start]) = (0.0, 0);
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for &next in &neighbours[at] {
            let longer = way[at] + length(at, next);
            if hops[next] == u32::MAX {
                hops[next] = hops[at] + 1;
                way[next] = longer;
                queue.push_back(next);
            } else if hops[next] == hops[at] + 1 && longer < way[next] {
                way[next] = longer;
            }
        }
    }
    way
}

fn all_pairs(neighbours: &[Vec<usize>], length: impl Fn(usize, usize) -> f64) -> Vec<Pair> {
    let n = neighbours.len();
    let mut pairs = Vec::with_capacity(n * (n - 1) / 2);
    for a in 0..n {
        let way = ways_from(a, neighbours, &length);
        pairs.extend((0..a).map(|b| Pair { a: a as u32, b: b as u32, distance: way[b] as f32 }));
    }
    pairs
}

/// Edges, and every node with each of some pivots that lie far from each other.
fn pivot_pairs(neighbours: &[Vec<usize>], length: impl Fn(usize, usize) -> f64) -> Vec<Pair> {
    let n = neighbours.len();
    let mut pairs = Vec::with_capacity(n * PIVOTS + n);
    let mut nearest = vec![f64::INFINITY; n];
    let mut pivot = 0;
    for _ in 0..PIVOTS.min(n) {
        let way = ways_from(pivot, neighbours, &length);
        for (node, &distance) in way.iter().enumerate() {
            if node != pivot {
                pairs.push(Pair { a: pivot as u32, b: node as u32, distance: distance as f32 });
            }
            nearest[node] = nearest[node].min(distance);
        }
        // The farthest from all pivots so far; the first of equals.
        pivot = (0..n).fold(0, |best, node| if nearest[node] > nearest[best] { node } else { best });
    }
    for (a, list) in neighbours.iter().enumerate() {
        pairs.extend(list.iter().filter(|&&b| b < a).map(|&b| Pair {
            a: a as u32,
            b: b as u32,
            distance: length(a, b) as f32,
        }));
    }
    pairs
}

/// Fisher and Yates's shuffle with the SplitMix64 sequence from a constant.
fn shuffle(pairs: &mut [Pair]) {
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    for i in (1..pairs.len()).rev() {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        pairs.swap(i, (z % (i as u64 + 1)) as usize);
    }
}

/// Turns the longest extent of the points to lie along x: the direction of the larger eigenvalue of their covariance,
/// found by squaring the matrix.
fn turn_longest_sideways(points: &mut [Point]) {
    let n = points.len() as f64;
    let (mx, my) = (points.iter().map(|p| p.x).sum::<f64>() / n, points.iter().map(|p| p.y).sum::<f64>() / n);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for p in points.iter_mut() {
        (p.x, p.y) = (p.x - mx, p.y - my);
        xx += p.x * p.x;
        xy += p.x * p.y;
        yy += p.y * p.y;
    }
    for _ in 0..12 {
        let scale = xx + yy;
        if scale <= 0.0 {
            return;
        }
        (xx, xy, yy) = (xx / scale, xy / scale, yy / scale);
        (xx, xy, yy) = (xx * xx + xy * xy, xy * (xx + yy), xy * xy + yy * yy);
    }
    let (ax, ay) = if xx >= yy { (xx, xy) } else { (xy, yy) };
    let length = (ax * ax + ay * ay).sqrt();
    if length <= 0.0 {
        return;
    }
    let (cos, sin) = (ax / length, ay / length);
    for p in points {
        (p.x, p.y) = (p.x * cos + p.y * sin, p.y * cos - p.x * sin);
    }
}

/// Pushes boxes apart until none overlap. First the whole is widened until overlaps are few, so that pushing keeps the
/// order of the boxes; where pushing does not end, widening a little more lets it.
fn separate(centres: &mut [Point], sizes: &[Point]) {
    let n = centres.len();
    let scale = |centres: &mut [Point], by: f64| {
        for c in centres {
            (c.x, c.y) = (c.x * by, c.y * by);
        }
    };
    let mut widened = 1.0;
    while overlaps(centres, sizes).len() > n && widened < 2.5 {
        scale(centres, 1.08);
        widened *= 1.08;
    }
    loop {
        for _ in 0..PUSHES {
            let found = overlaps(centres, sizes);
            if found.is_empty() {
                return;
            }
            for (a, b) in found {
                push(centres, sizes, a, b);
            }
        }
        scale(centres, 1.1);
    }
}

/// Moves two overlapping boxes apart along the axis that needs the shorter way.
fn push(centres: &mut [Point], sizes: &[Point], a: usize, b: usize) {
    let (dx, dy) = (centres[b].x - centres[a].x, centres[b].y - centres[a].y);
    let over_x = (sizes[a].x + sizes[b].x) / 2.0 + 2.0 * MARGIN - dx.abs();
    let over_y = (sizes[a].y + sizes[b].y) / 2.0 + 2.0 * MARGIN - dy.abs();
    if over_x <= 0.0 || over_y <= 0.0 {
        return;
    }
    // A little more than needed, or rounding would leave them touching.
    let half = over_x.min(over_y) / 2.0 + 0.01;
    if over_x < over_y {
        let side = if dx >= 0.0 { half } else { -half };
        centres[a].x -= side;
        centres[b].x += side;
    } else {
        let side = if dy >= 0.0 { half } else { -half };
        centres[a].y -= side;
        centres[b].y += side;
    }
}

/// Pairs of boxes that overlap with their margins. Boxes are sorted into the cells of a grid in which no box reaches
/// further than into the cells around its own.
fn overlaps(centres: &[Point], sizes: &[Point]) -> Vec<(usize, usize)> {
    let (mut cell, mut low) = (Point::default(), Point { x: f64::MAX, y: f64::MAX });
    for (c, s) in centres.iter().zip(sizes) {
        cell = Point { x: cell.x.max(s.x + 2.0 * MARGIN), y: cell.y.max(s.y + 2.0 * MARGIN) };
        low = Point { x: low.x.min(c.x), y: low.y.min(c.y) };
    }
    let cell_of = |c: Point| (((c.y - low.y) / cell.y) as u32, ((c.x - low.x) / cell.x) as u32);
    let mut order: Vec<((u32, u32), usize)> = centres.iter().enumerate().map(|(i, &c)| (cell_of(c), i)).collect();
    order.sort_unstable();
    let meet = |a: usize, b: usize| {
        (centres[a].x - centres[b].x).abs() < (sizes[a].x + sizes[b].x) / 2.0 + 2.0 * MARGIN
            && (centres[a].y - centres[b].y).abs() < (sizes[a].y + sizes[b].y) / 2.0 + 2.0 * MARGIN
    };
    let mut found = Vec::new();
    for (n, &((row, column), a)) in order.iter().enumerate() {
        // The rest of the own cell and the next one, and the three cells of the next row; those before were here already.
        let near = order[n + 1..].iter().take_while(|(other, _)| *other <= (row, column + 1));
        found.extend(near.filter(|(_, b)| meet(a, *b)).map(|&(_, b)| (a, b)));
        let start = order.partition_point(|(other, _)| *other < (row + 1, column.saturating_sub(1)));
        let below = order[start..].iter().take_while(|(other, _)| *other <= (row + 1, column + 1));
        found.extend(below.filter(|(_, b)| meet(a, *b)).map(|&(_, b)| (a, b)));
    }
    found
}

/// Moves boxes off the edges that run under them where that can be done; the best arrangement seen stays.
fn clear_edges(centres: &mut Vec<Point>, sizes: &[Point], neighbours: &[Vec<usize>]) {
    const ROUNDS: usize = 40;
    const PATIENCE: usize = 12;
    const WORTH_UP_TO: usize = 400;
    if centres.len() > WORTH_UP_TO {
        return;
    }
    let mut best = (covered(centres, sizes, neighbours).len(), centres.clone());
    let mut trial = centres.clone();
    let mut without_gain = 0;
    for _ in 0..ROUNDS {
        let hidden = covered(&trial, sizes, neighbours);
        if hidden.is_empty() {
            break;
        }
        for (a, b, node) in hidden {
            let (from, to, at) = (trial[a], trial[b], trial[node]);
            let (ex, ey) = (to.x - from.x, to.y - from.y);
            let length = (ex * ex + ey * ey).sqrt().max(1e-6);
            let (nx, ny) = (-ey / length, ex / length);
            let off = (at.x - from.x) * nx + (at.y - from.y) * ny;
            // Half of the box as seen along the edge: how far its centre must be from the line.
            let needed = sizes[node].x / 2.0 * nx.abs() + sizes[node].y / 2.0 * ny.abs() + 4.0;
            let missing = (needed - off.abs()).max(0.0) * 0.4 + 0.5;
            let side = if off >= 0.0 { missing } else { -missing };
            trial[node].x += nx * side;
            trial[node].y += ny * side;
            for end in [a, b] {
                trial[end].x -= nx * side * 0.35;
                trial[end].y -= ny * side * 0.35;
            }
        }
        separate(&mut trial, sizes);
        let still = covered(&trial, sizes, neighbours).len();
        if still < best.0 {
            best = (still, trial.clone());
            without_gain = 0;
        } else {
            without_gain += 1;
            if without_gain == PATIENCE {
                break;
            }
        }
    }
    *centres = best.1;
}

/// Edges and the foreign boxes under which they run.
fn covered(centres: &[Point], sizes: &[Point], neighbours: &[Vec<usize>]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for (a, list) in neighbours.iter().enumerate() {
        for &b in list.iter().filter(|&&b| b > a) {
            for node in 0..centres.len() {
                if node != a && node != b && crosses(centres[a], centres[b], centres[node], sizes[node]) {
                    found.push((a, b, node));
                }
            }
        }
    }
    found
}

/// Whether the stretch from `a` to `b` meets the box around `centre` (the slab method).
fn crosses(a: Point, b: Point, centre: Point, size: Point) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (from, along, low, high) in [
        (a.x, b.x - a.x, centre.x - size.x / 2.0, centre.x + size.x / 2.0),
        (a.y, b.y - a.y, centre.y - size.y / 2.0, centre.y + size.y / 2.0),
    ] {
        if along.abs() < 1e-9 {
            if from < low || from > high {
                return false;
            }
            continue;
        }
        let (t0, t1) = ((low - from) / along, (high - from) / along);
        enter = enter.max(t0.min(t1));
        leave = leave.min(t0.max(t1));
    }
    enter <= leave
}

/// Packs the components along a skyline, the highest first, each where its lower edge comes to lie highest in the
/// picture, on a page about [`STRETCH`] times as wide as high.
fn pack(sizes: &[Point], components: Vec<(Vec<usize>, Vec<Point>)>) -> Vec<Point> {
    struct Block {
        members: Vec<usize>,
        centres: Vec<Point>,
        size: Point,
    }
    let mut blocks: Vec<Block> = components
        .into_iter()
        .map(|(members, mut centres)| {
            let (mut low, mut high) = (Point { x: f64::MAX, y: f64::MAX }, Point { x: f64::MIN, y: f64::MIN });
            for (c, &m) in centres.iter().zip(&members) {
                low = Point { x: low.x.min(c.x - sizes[m].x / 2.0), y: low.y.min(c.y - sizes[m].y / 2.0) };
                high = Point { x: high.x.max(c.x + sizes[m].x / 2.0), y: high.y.max(c.y + sizes[m].y / 2.0) };
            }
            for c in &mut centres {
                (c.x, c.y) = (c.x - low.x, c.y - low.y);
            }
            Block { members, centres, size: Point { x: high.x - low.x, y: high.y - low.y } }
        })
        .collect();
    blocks.sort_by(|a, b| b.size.y.total_cmp(&a.size.y).then(a.members.cmp(&b.members)));
    let area: f64 = blocks.iter().map(|b| (b.size.x + COMPONENT_GAP) * (b.size.y + COMPONENT_GAP)).sum();
    let widest = blocks.iter().map(|b| b.size.x).fold(0.0, f64::max);
    let page = (area * STRETCH * 1.1).sqrt().max(widest) + COMPONENT_GAP;

    let mut centres = vec![Point::default(); sizes.len()];
    // The skyline: stretches (from x, depth), each up to the next one's x.
    let mut skyline = vec![(0.0, 0.0)];
    for block in &blocks {
        let width = block.size.x + COMPONENT_GAP;
        let mut best: Option<(f64, f64)> = None;
        for &(x, _) in &skyline {
            if x + width > page + 1e-6 {
                continue;
            }
            let depth = depth_over(&skyline, x, x + width);
            if best.is_none_or(|(_, known)| depth < known) {
                best = Some((x, depth));
            }
        }
        let (x, depth) = best.unwrap_or_else(|| (0.0, depth_over(&skyline, 0.0, width)));
        for (c, &m) in block.centres.iter().zip(&block.members) {
            centres[m] = Point { x: c.x + x, y: c.y + depth };
        }
        lower(&mut skyline, x, x + width, depth + block.size.y + COMPONENT_GAP);
    }
    centres
}

fn depth_over(skyline: &[(f64, f64)], from: f64, to: f64) -> f64 {
    let ends = skyline.iter().skip(1).map(|s| s.0).chain([f64::INFINITY]);
    skyline.iter().zip(ends).filter(|(s, end)| s.0 < to && *end > from).map(|(s, _)| s.1).fold(0.0, f64::max)
}

fn lower(skyline: &mut Vec<(f64, f64)>, from: f64, to: f64, depth: f64) {
    let after = skyline.iter().rev().find(|s| s.0 <= to).map_or(0.0, |s| s.1);
    let has_end = skyline.iter().any(|s| s.0 == to);
    skyline.retain(|s| s.0 < from || s.0 > to || (s.0 == to && has_end));
    skyline.push((from, depth));
    if !has_end {
        skyline.push((to, after));
    }
    skyline.sort_by(|a, b| a.0.total_cmp(&b.0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn boxes_overlap(a: Point, a_size: Point, b: Point, b_size: Point) -> bool {
        (a.x - b.x).abs() < (a_size.x + b_size.x) / 2.0 && (a.y - b.y).abs() < (a_size.y + b_size.y) / 2.0
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn no_two_boxes_overlap(
            sizes in proptest::collection::vec((20.0f64..220.0, 16.0f64..140.0), 0..70),
            ends in proptest::collection::vec((0usize..70, 0usize..70), 0..120),
        ) {
            let sizes: Vec<Point> = sizes.into_iter().map(|(x, y)| Point { x, y }).collect();
            let edges: Vec<_> = ends.into_iter().filter(|&(a, b)| a < sizes.len() && b < sizes.len()).collect();
            let centres = place(&sizes, &edges);
            prop_assert_eq!(centres.len(), sizes.len());
            for i in 0..centres.len() {
                prop_assert!(centres[i].x.is_finite() && centres[i].y.is_finite());
                for j in 0..i {
                    prop_assert!(!boxes_overlap(centres[i], sizes[i], centres[j], sizes[j]), "{i} and {j}");
                }
            }
            prop_assert_eq!(place(&sizes, &edges), centres);
        }
    }

    #[test]
    fn neighbours_lie_nearer_than_strangers() {
        let sizes = vec![Point { x: 90.0, y: 30.0 }; 12];
        let path: Vec<_> = (1..12).map(|i| (i - 1, i)).collect();
        let centres = place(&sizes, &path);
        let far = |a: usize, b: usize| {
            let (dx, dy) = (centres[a].x - centres[b].x, centres[a].y - centres[b].y);
            (dx * dx + dy * dy).sqrt()
        };
        assert!((1..12).all(|i| far(i - 1, i) < far(0, 11) / 4.0), "{centres:?}");
    }

    #[test]
    fn many_pivots_and_all_pairs_agree_on_what_is_near() {
        let n = DENSE_UP_TO + 100;
        let sizes = vec![Point { x: 60.0, y: 24.0 }; n];
        let ring: Vec<_> = (0..n).map(|i| (i, (i + 1) % n)).collect();
        let centres = place(&sizes, &ring);
        let far = |a: usize, b: usize| {
            let (dx, dy) = (centres[a].x - centres[b].x, centres[a].y - centres[b].y);
            (dx * dx + dy * dy).sqrt()
        };
        assert!(far(0, 1) * 20.0 < far(0, n / 2));
    }
}
