//! Clustering of what one block holds: best first, in an order that the input's has no part in.

use std::collections::{BTreeMap, BTreeSet};

/// From which score on (of 100) two are taken for one.
pub(crate) const SAME: u8 = 70;

/// By how much the best candidate has to stand out from the next.
const MARGIN: u8 = 8;

/// From which score on a refusal is worth telling.
const NEAR: u8 = 60;

/// How one candidate stands to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Nothing speaks for the same.
    None,
    /// They cannot be one, and why, although their names agree.
    Barred(String),
    /// They may be one: score of 100, and why.
    Link(u8, String),
}

/// What can be clustered.
pub(crate) trait Candidates {
    /// Number of candidates. Their order is canonical: it follows from what they are.
    fn len(&self) -> usize;

    /// Whether the candidate's name tells too little to be compared with all others: it joins the one cluster that stands
    /// out, or none.
    fn is_vague(&self, one: usize) -> bool;

    /// How two stand to each other.
    fn relation(&self, one: usize, other: usize) -> Relation;

    /// Those that cannot be one with a candidate because one article tells the two apart, sorted.
    fn told_apart(&self, one: usize) -> &[usize];

    /// IRIs that a candidate bears: two clusters with IRIs and none in common are never joined.
    fn identifiers(&self, one: usize) -> &BTreeSet<String>;

    /// How much more is to be thought of a cluster for a vague candidate, and why: it is the only one that fits (of
    /// `rivals` others), or by far the best known.
    fn prominence(&self, vague: usize, cluster: &[usize], rivals: usize) -> (u8, &'static str);

    /// How two vague ones stand to each other for which no cluster stood out; `rivals` is the number of clusters that fit.
    fn vague_relation(&self, one: usize, other: usize, rivals: usize) -> Relation;

    /// Whether the vague candidate tells nothing but a name, so that it need not be compared with others like it.
    fn is_blank(&self, one: usize) -> Option<String>;
}

/// A step of the clustering that a reader may want to see: `one` was joined with `other`'s cluster, or kept apart from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub one: usize,
    pub other: usize,
    pub joined: bool,
    pub score: u8,
    pub reason: String,
}

/// Pairs of candidates that a reader said to be the same or different.
#[derive(Debug, Default)]
pub(crate) struct Constraints {
    /// Joined before anything else, whatever speaks against it.
    pub same: Vec<(usize, usize)>,
    /// Never joined.
    pub different: BTreeSet<(usize, usize)>,
}

impl Constraints {
    pub fn is_empty(&self) -> bool {
        self.same.is_empty() && self.different.is_empty()
    }

    fn part(&self, one: &[usize], other: &[usize]) -> bool {
        !self.different.is_empty()
            && one.iter().any(|&a| other.iter().any(|&b| self.different.contains(&(a.min(b), a.max(b)))))
    }
}

/// The clusters, each in order, and the steps that led to them.
pub(crate) fn cluster(candidates: &impl Candidates, constraints: &Constraints) -> (Vec<Vec<usize>>, Vec<Step>) {
    let mut work = Work {
        candidates,
        constraints,
        cluster_of: (0..candidates.len()).collect(),
        members: (0..candidates.len()).map(|one| vec![one]).collect(),
        identifiers: (0..candidates.len()).map(|one| candidates.identifiers(one).clone()).collect(),
        steps: Vec::new(),
    };
    for &(one, other) in &constraints.same {
        work.join(one, other);
    }
    let (vague, specific): (Vec<usize>, Vec<usize>) = (0..candidates.len()).partition(|&one| candidates.is_vague(one));
    work.specific(&specific);
    work.vague(&specific, &vague);
    let mut clusters: Vec<Vec<usize>> = work.members.into_iter().filter(|members| !members.is_empty()).collect();
    clusters.iter_mut().for_each(|members| members.sort_unstable());
    (clusters, work.steps)
}

struct Work<'c, C> {
    candidates: &'c C,
    constraints: &'c Constraints,
    /// Cluster of each candidate: the number of its first member.
    cluster_of: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// IRIs of each cluster.
    identifiers: Vec<BTreeSet<String>>,
    steps: Vec<Step>,
}

impl<C: Candidates> Work<'_, C> {
    fn join(&mut self, one: usize, other: usize) {
        let (a, b) = (self.cluster_of[one], self.cluster_of[other]);
        if a == b {
            return;
        }
        let (keep, go) = (a.min(b), a.max(b));
        let gone = std::mem::take(&mut self.members[go]);
        for &member in &gone {
            self.cluster_of[member] = keep;
        }
        self.members[keep].extend(gone);
        let identifiers = std::mem::take(&mut self.identifiers[go]);
        self.identifiers[keep].extend(identifiers);
    }

    fn of(&self, one: usize) -> &[usize] {
        &self.members[self.cluster_of[one]]
    }

    /// Why the clusters of two cannot be one.
    fn bar(&self, one: usize, other: usize) -> Option<String> {
        if self.constraints.part(self.of(one), self.of(other)) {
            return Some("a correction says that they are different".to_owned());
        }
        let (a, b) = (self.cluster_of[one], self.cluster_of[other]);
        let (x, y) = (&self.identifiers[a], &self.identifiers[b]);
        if !x.is_empty() && !y.is_empty() {
            return x.is_disjoint(y).then(|| "they have different identifiers".to_owned());
        }
        let (small, big) = if self.members[a].len() <= self.members[b].len() { (a, b) } else { (b, a) };
        let apart = self.members[small]
            .iter()
            .any(|&member| self.candidates.told_apart(member).iter().any(|&other| self.cluster_of[other] == big));
        apart.then(|| "one article speaks of both".to_owned())
    }

    fn step(&mut self, one: usize, other: usize, joined: bool, score: u8, reason: String) {
        self.steps.push(Step { one, other, joined, score, reason });
    }

    /// Joins those with telling names, the surest links first. A link that is not sure gives way where one side has
    /// another link as good to something that the other side cannot be.
    fn specific(&mut self, all: &[usize]) {
        let mut links: Vec<(u8, usize, usize)> = Vec::new();
        let mut scores: BTreeMap<(usize, usize), u8> = BTreeMap::new();
        let mut barred: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (i, &one) in all.iter().enumerate() {
            for &other in &all[i + 1..] {
                match self.candidates.relation(one, other) {
                    Relation::None => {}
                    Relation::Barred(_) => _ = barred.insert((one, other)),
                    Relation::Link(score, _) => {
                        links.push((score, one, other));
                        scores.insert((one, other), score);
                    }
                }
            }
        }
        let mut linked: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (_, one, other) in &links {
            linked.entry(*one).or_default().push(*other);
            linked.entry(*other).or_default().push(*one);
        }
        let pair = |a: usize, b: usize| (a.min(b), a.max(b));
        links.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (score, one, other) in links {
            let (a, b) = (self.cluster_of[one], self.cluster_of[other]);
            if a == b {
                continue;
            }
            let crossed =
                self.members[a].iter().any(|&x| self.members[b].iter().any(|&y| barred.contains(&pair(x, y))));
            let rival = (score < 100).then(|| {
                let of = |side: usize, opposite: usize| {
                    linked[&side].iter().copied().find(|&third| {
                        third != opposite
                            && self.cluster_of[third] != self.cluster_of[opposite]
                            && self.cluster_of[third] != self.cluster_of[side]
                            && scores[&pair(side, third)] + MARGIN > score
                            && self.is_barred(&barred, third, opposite)
                    })
                };
                of(one, other).or_else(|| of(other, one))
            });
            let Relation::Link(_, reason) = self.candidates.relation(one, other) else { continue };
            let refusal = if score < SAME {
                Some("that is not enough".to_owned())
            } else if let Some(why) = self.bar(one, other) {
                Some(why)
            } else if crossed {
                Some("what joined one of them before cannot be the other".to_owned())
            } else {
                rival.flatten().map(|_| "another fits as well".to_owned())
            };
            match refusal {
                None => {
                    self.step(one, other, true, score, reason);
                    self.join(one, other);
                }
                Some(why) if score >= NEAR && told.insert(pair(a, b)) => {
                    let score = score.min(SAME - 1);
                    self.step(one, other, false, score, format!("{reason}; but {why}"));
                }
                Some(_) => {}
            }
        }
    }

    fn is_barred(&self, barred: &BTreeSet<(usize, usize)>, one: usize, other: usize) -> bool {
        barred.contains(&(one.min(other), one.max(other))) || self.bar(one, other).is_some()
    }

    /// Gives each vague one to the cluster that stands out for it. All look at the clusters as the telling names made them.
    fn vague(&mut self, specific: &[usize], vague: &[usize]) {
        let mut joining: Vec<(u8, usize, usize, String)> = Vec::new();
        let mut left: Vec<(usize, usize)> = Vec::new();
        for &one in vague {
            if self.of(one).len() > 1 {
                continue; // A correction has placed it.
            }
            let mut best: BTreeMap<usize, (u8, usize, String)> = BTreeMap::new();
            let mut barred: BTreeSet<usize> = BTreeSet::new();
            for &other in specific {
                let cluster = self.cluster_of[other];
                match self.candidates.relation(one, other) {
                    Relation::None => {}
                    Relation::Barred(_) => _ = barred.insert(cluster),
                    Relation::Link(score, reason) => {
                        let known = best.entry(cluster).or_insert((0, other, String::new()));
                        if score > known.0 {
                            *known = (score, other, reason);
                        }
                    }
                }
            }
            best.retain(|cluster, (score, other, _)| {
                *score == 100 || !barred.contains(cluster) && self.bar(one, *other).is_none()
            });
            let rivals = best.len();
            let mut ranked: Vec<(u8, usize, usize, String)> = best
                .into_iter()
                .map(|(cluster, (score, other, reason))| {
                    let (more, why) = self.candidates.prominence(one, &self.members[cluster], rivals - 1);
                    let reason = if more > 0 { format!("{reason}, {why}") } else { reason };
                    (if score == 100 { 100 } else { (score + more).min(99) }, cluster, other, reason)
                })
                .collect();
            ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            match &ranked[..] {
                [] => left.push((one, 0)),
                [(score, _, other, reason), rest @ ..] => {
                    let stands_out = rest.first().is_none_or(|next| next.0 + MARGIN <= *score);
                    if *score >= SAME && stands_out {
                        joining.push((*score, one, *other, reason.clone()));
                    } else {
                        let why = if *score < SAME { "that is not enough" } else { "another fits as well" };
                        if *score >= NEAR {
                            let reason = format!("{reason}; but {why}");
                            self.step(one, *other, false, (*score).min(SAME - 1), reason);
                        }
                        left.push((one, rivals));
                    }
                }
            }
        }
        joining.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        for (score, one, other, reason) in joining {
            match self.bar(one, other) {
                None => {
                    self.step(one, other, true, score, reason);
                    self.join(one, other);
                }
                Some(why) => {
                    self.step(one, other, false, score.min(SAME - 1), format!("{reason}; but {why}"));
                    left.push((one, 1));
                }
            }
        }
        left.sort_unstable();
        self.left(&left);
    }

    /// Joins vague ones with each other: those that say nothing but the same name at once, the others pair by pair.
    fn left(&mut self, left: &[(usize, usize)]) {
        let mut blanks: BTreeMap<String, usize> = BTreeMap::new();
        let mut telling: Vec<(usize, usize)> = Vec::new();
        for &(one, rivals) in left {
            let Some(name) = self.candidates.is_blank(one) else {
                telling.push((one, rivals));
                continue;
            };
            // Where somebody fits, but nobody stands out, each article may mean somebody else.
            if rivals > 0 {
                continue;
            }
            match blanks.get(&name).copied() {
                None => _ = blanks.insert(name, one),
                Some(first) => {
                    if let Relation::Link(score, reason) = self.candidates.vague_relation(first, one, 0)
                        && score >= SAME
                        && self.bar(first, one).is_none()
                    {
                        self.step(one, first, true, score, reason);
                        self.join(one, first);
                    }
                }
            }
        }
        telling.extend(blanks.into_values().map(|one| (one, 0)));
        telling.sort_unstable();
        let mut links: Vec<(u8, usize, usize, String)> = Vec::new();
        for (i, &(one, rivals)) in telling.iter().enumerate() {
            for &(other, of_other) in &telling[i + 1..] {
                if let Relation::Link(score, why) = self.candidates.vague_relation(one, other, rivals.max(of_other))
                    && score >= NEAR
                {
                    links.push((score, one, other, why));
                }
            }
        }
        links.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        for (score, one, other, reason) in links {
            if self.cluster_of[one] == self.cluster_of[other] {
                continue;
            }
            let why = if score < SAME { Some("that is not enough".to_owned()) } else { self.bar(one, other) };
            match why {
                None => {
                    self.step(one, other, true, score, reason);
                    self.join(one, other);
                }
                Some(why) => self.step(one, other, false, score.min(SAME - 1), format!("{reason}; but {why}")),
            }
        }
    }
}
