//! The weights of the evidence for whom a pronoun means: a conditional logit model (McFadden 1974).
//!
//! The probability of a candidate is its exponentiated score over those of all candidates; the fit maximises the probability of the
//! right ones by gradient ascent with a quadratic penalty on the weights.

use anyhow::{Context, Result};
use demarche_extract::{Evidence, Extractor};
use demarche_nlp::Pipeline;
use demarche_record::Article;
use serde::Deserialize;
use std::ops::Range;
use std::path::Path;

/// Strength of the penalty, in cases.
const PENALTY: f64 = 3.0;
const STEPS: usize = 600;
const RATE: f64 = 0.5;

#[derive(Deserialize)]
struct Case {
    id: String,
    text: String,
    pronoun: [usize; 2],
    a: Name,
    b: Name,
}

#[derive(Deserialize)]
struct Name {
    start: usize,
    end: usize,
    coref: bool,
}

/// The candidates of one pronoun.
struct Choice {
    /// Evidence of each candidate, by [`Evidence`].
    evidence: Vec<Vec<f64>>,
    right: Vec<bool>,
}

/// Fits on the cases of odd number, prints the weights and how often the best candidate is right on both halves.
pub fn fit_pronouns(cases: &Path) -> Result<()> {
    let text = std::fs::read_to_string(cases).with_context(|| format!("cannot read {}", cases.display()))?;
    let extractor = Extractor::new(Pipeline::english());
    let mut halves: [Vec<Choice>; 2] = Default::default();
    for (number, line) in text.lines().enumerate() {
        let case: Case = serde_json::from_str(line)
            .with_context(|| format!("{}:{}: this is no case of GAP", cases.display(), number + 1))?;
        let odd = case.id.ends_with(['1', '3', '5', '7', '9']);
        halves[usize::from(!odd)].extend(choice(&extractor, case));
    }
    let [fitted_on, other] = &halves;
    let weights = fit(fitted_on);
    let in_use: Vec<f64> = Evidence::ALL.iter().map(|e| e.weight()).collect();
    println!("weight  in use  evidence");
    for (evidence, weight) in Evidence::ALL.iter().zip(&weights) {
        println!("{weight:6.2}  {:6.1}  {evidence:?}", evidence.weight());
    }
    for (half, choices) in [("fitted on", fitted_on), ("other half", other)] {
        println!(
            "{half}: {} pronouns, right with the fit {:.3}, with the weights in use {:.3}",
            choices.len(),
            right(choices, &weights),
            right(choices, &in_use)
        );
    }
    Ok(())
}

/// The candidates of a case; `None` when the pronoun is none to the product or no candidate is right.
fn choice(extractor: &Extractor<'_>, case: Case) -> Option<Choice> {
    let article = Article::new(format!("{}.txt", case.id), case.text);
    let reading = extractor.read(&article);
    let pronoun = reading.pronouns.iter().find(|p| p.span.start() == case.pronoun[0])?;
    let named = |person: usize, name: &Name| {
        let span: Range<usize> = name.start..name.end;
        let mentions = reading.record.people.get(person).map(|p| p.mentions.as_slice()).unwrap_or_default();
        mentions
            .iter()
            .any(|m| m.span.start() < span.end && span.start < m.span.end() && m.span.start() != case.pronoun[0])
    };
    let mut evidence = Vec::new();
    let mut right = Vec::new();
    for candidate in &pronoun.candidates {
        let mut row = vec![0.0; Evidence::ALL.len()];
        for &(sign, value) in &candidate.evidence {
            row[sign as usize] = value;
        }
        let (a, b) = (named(candidate.person, &case.a), named(candidate.person, &case.b));
        evidence.push(row);
        right.push(if case.a.coref {
            a
        } else if case.b.coref {
            b
        } else {
            !a && !b
        });
    }
    right.contains(&true).then_some(Choice { evidence, right })
}

fn scores(choice: &Choice, weights: &[f64]) -> Vec<f64> {
    let score = |row: &Vec<f64>| row.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    choice.evidence.iter().map(score).collect()
}

/// Gradient ascent on the mean log-likelihood of the right candidates.
fn fit(choices: &[Choice]) -> Vec<f64> {
    let mut weights = vec![0.0; Evidence::ALL.len()];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|w| -PENALTY * w).collect();
        for choice in choices {
            let scores = scores(choice, &weights);
            let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let odds: Vec<f64> = scores.iter().map(|s| (s - highest).exp()).collect();
            let all: f64 = odds.iter().sum();
            let right: f64 = odds.iter().zip(&choice.right).filter(|(_, right)| **right).map(|(odds, _)| odds).sum();
            for ((row, odds), is_right) in choice.evidence.iter().zip(&odds).zip(&choice.right) {
                let pull = if *is_right { odds / right } else { 0.0 } - odds / all;
                for (slope, value) in gradient.iter_mut().zip(row) {
                    *slope += pull * value;
                }
            }
        }
        for (weight, slope) in weights.iter_mut().zip(&gradient) {
            *weight += RATE * slope / choices.len().max(1) as f64;
        }
    }
    weights
}

/// How often the candidate with the highest score is right.
fn right(choices: &[Choice], weights: &[f64]) -> f64 {
    let hits = choices.iter().filter(|choice| {
        let scores = scores(choice, weights);
        let best = (0..scores.len()).rev().max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        best.is_some_and(|best| choice.right[best])
    });
    hits.count() as f64 / choices.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_always_tells_the_right_one_gets_weight() {
        let signs = Evidence::ALL.len();
        let row = |i: usize| (0..signs).map(|k| f64::from(u8::from(k == i))).collect::<Vec<f64>>();
        let choices: Vec<Choice> =
            (0..40).map(|_| Choice { evidence: vec![row(0), row(1)], right: vec![false, true] }).collect();
        let weights = fit(&choices);
        assert!(weights[1] > 0.5 && weights[0] < -0.5, "{weights:?}");
        assert_eq!(right(&choices, &weights), 1.0);
    }
}
