//! Direct speech: which quotation belongs to which cue.
//!
//! Quotation marks, commas and colons are stronger evidence than the parse, which is at its weakest around them: a
//! quotation is tied to the cue that stands beside it, and the parse only tells what the cue's subject is.

use super::borders::{is_mark, trim};
use super::cues::{Cue, LEXICON};
use super::rules::Rule;
use super::sources::{self, Source, Subject};
use crate::document::Document;
use crate::quotations::{Quotation, Quotations};
use demarche_nlp::{Dep, Pos, Tag};
use std::ops::Range;

/// A cue beside a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The verb; `None` where a colon alone tells it.
    pub verb: Option<(usize, &'static Cue, Option<usize>)>,
    /// Who says it, if the text names someone.
    pub source: Option<Source>,
    /// The rule.
    pub rule: Rule,
}

/// One act of direct speech: quotations of one attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speech {
    /// Whose; `None` for the speaker before.
    pub attribution: Option<Attribution>,
    /// Bytes of the contents.
    pub content: Vec<Range<usize>>,
    /// Tokens from the first to the last quotation.
    pub tokens: Range<usize>,
    /// Whether words of the article belong to the content.
    pub mixed: bool,
    /// The rule.
    pub rule: Rule,
}

/// Ties the quotations of a document to their cues. `skip` tells the blocks whose quotations are somebody's turn.
pub fn find(d: &Document, quotations: &Quotations, skip: &dyn Fn(&Quotation) -> bool) -> Vec<Speech> {
    let mut found: Vec<Speech> = Vec::new();
    // The quotation before, with the speech that it went into.
    let mut previous: Option<(&Quotation, Option<usize>)> = None;
    for (i, q) in quotations.spans.iter().enumerate() {
        if skip(q) {
            previous = None;
            continue;
        }
        let next = quotations.spans.get(i + 1);
        let before_this = previous;
        let joins = before_this.and_then(|(p, speech)| speech.filter(|_| p.continues && q.block == p.block + 1));
        let speech = if let Some(speech) = joins {
            extend(&mut found[speech], q);
            Some(speech)
        } else {
            attribute(d, q, next, before_this, &mut found)
        };
        // "…" in one paragraph, "…," she said in the next: the later cue attributes the whole run.
        if let Some(s) = joins
            && let Some(attribution) = after(d, q, next)
            && found[s].attribution.is_none()
        {
            found[s].rule = attribution.rule;
            found[s].attribution = Some(attribution);
        }
        previous = Some((q, speech));
    }
    found
}

fn extend(speech: &mut Speech, q: &Quotation) {
    speech.content.push(q.inner.clone());
    speech.tokens.end = speech.tokens.end.max(q.tokens.end);
}

/// Finds the speech of a quotation that does not go on from the paragraph before: a new one, an earlier one or none.
fn attribute(
    d: &Document,
    q: &Quotation,
    next: Option<&Quotation>,
    previous: Option<(&Quotation, Option<usize>)>,
    found: &mut Vec<Speech>,
) -> Option<usize> {
    let behind = after(d, q, next);
    let ahead = before(d, q, previous.map(|(p, _)| p));
    // "A," she said, "B": the cue of A stands right before B.
    if let Some((p, Some(s))) = previous
        && p.block == q.block
        && let Some(cue) = ahead.as_ref().and_then(|a| a.verb)
        && cue.0 >= p.tokens.end
        && found[s].attribution.as_ref().and_then(|a| a.verb).is_some_and(|(v, _, _)| v == cue.0)
    {
        extend(&mut found[s], q);
        return Some(s);
    }
    // "A" and "B."
    if let Some((p, Some(s))) = previous
        && p.block == q.block
        && matches!(
            d.article.text[p.outer.end.min(q.outer.start)..q.outer.start].trim(),
            "and" | ", and" | "but" | ", but"
        )
    {
        extend(&mut found[s], q);
        return Some(s);
    }
    // "A," she said, smiling at the crowd, "b."
    if let Some((p, Some(s))) = previous
        && p.block == q.block
        && behind.is_none()
        && d.article.text[q.inner.clone()].starts_with(char::is_lowercase)
        && d.article.text[p.inner.clone()].ends_with(',')
    {
        let gap = &d.article.text[p.outer.end.min(q.outer.start)..q.outer.start];
        if gap.trim_end().ends_with(',') && !gap.contains(['!', '?']) && !gap.contains(". ") && gap.len() < 200 {
            extend(&mut found[s], q);
            return Some(s);
        }
    }
    if let Some(attribution) = behind.or(ahead) {
        // A fragment before it that nobody is known to have said belongs to the same sentence.
        let told = previous.and_then(|(p, speech)| speech.map(|_| p));
        let (content, mixed) = content(d, q, &attribution, told);
        let rule = attribution.rule;
        found.push(Speech {
            attribution: Some(attribution),
            content: vec![content],
            tokens: q.tokens.clone(),
            mixed,
            rule,
        });
        return Some(found.len() - 1);
    }
    if !is_sentence(d, q) {
        return None;
    }
    // "A," she said. "B."
    if let Some((p, Some(s))) = previous {
        let gap = &d.article.text[p.outer.end.min(q.outer.start)..q.outer.start];
        let words = gap.split_whitespace().count();
        let said = found[s]
            .attribution
            .as_ref()
            .and_then(|a| a.verb)
            .is_some_and(|(v, _, _)| (p.tokens.end..q.tokens.start).contains(&v));
        let sentences = gap.matches(['.', '!', '?']).count();
        let same_block = p.block == q.block && ((said && sentences <= 2 && words <= 40) || words == 0);
        let next_block =
            p.block + 1 == q.block && starts_block(d, q) && ((said && sentences <= 1 && words <= 40) || words == 0);
        if same_block || next_block {
            extend(&mut found[s], q);
            return Some(s);
        }
    }
    let opens =
        starts_block(d, q) || previous_token(d, q).is_some_and(|t| matches!(d.analysis.word(t), "." | "!" | "?"));
    if opens && q.tokens.len() >= 4 {
        found.push(Speech {
            attribution: None,
            content: vec![q.inner.clone()],
            tokens: q.tokens.clone(),
            mixed: false,
            rule: Rule::FollowOn,
        });
        return Some(found.len() - 1);
    }
    None
}

/// Whether a quotation begins its block.
fn starts_block(d: &Document, q: &Quotation) -> bool {
    d.layout.blocks[q.block].bytes.start == q.outer.start
}

/// Whether a quotation reads like a sentence of its own: it begins like one and holds a verb or ends like one.
fn is_sentence(d: &Document, q: &Quotation) -> bool {
    let text = &d.article.text[q.inner.clone()];
    let begins = text
        .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '[' | '(' | '…' | '.' | '‘' | '\''));
    let verb = q.tokens.clone().any(|t| matches!(d.analysis[t].pos, Pos::Verb | Pos::Aux));
    let ends = text.ends_with(['.', '!', '?', '…', ',']);
    begins && q.tokens.len() >= 3 && (verb || ends)
}

/// The last word or punctuation before a quotation in its block, without its mark.
fn previous_token(d: &Document, q: &Quotation) -> Option<usize> {
    let block = d.block_tokens[q.block].clone();
    let at = d.analysis.tokens_in(q.outer.clone()).start;
    (block.start..at).rev().find(|&t| d.analysis[t].pos != Pos::Space)
}

/// What is said: the quotation, or the sentence that it ends ("With many votes out, “nothing is decided,” she said").
fn content(
    d: &Document,
    q: &Quotation,
    attribution: &Attribution,
    previous: Option<&Quotation>,
) -> (Range<usize>, bool) {
    if attribution.rule != Rule::QuotationThenCue {
        return (q.inner.clone(), false);
    }
    let a = &d.analysis;
    let block = d.block_tokens[q.block].clone();
    let floor = previous.filter(|p| p.block == q.block).map_or(block.start, |p| a.tokens_in(p.outer.clone()).end);
    let open = a.tokens_in(q.outer.clone()).start;
    let mut start = open;
    while start > floor && !matches!(a.word(start - 1), "." | "!" | "?" | ";" | ":") && a[start - 1].pos != Pos::Space {
        start -= 1;
    }
    while start < open && (a[start].pos == Pos::Punct || a[start].pos == Pos::Space) {
        start += 1;
    }
    // "Lee told the paper that Harper “walked in”, and told the police": another report leads to the quotation.
    let reported = (start..open).any(|t| LEXICON.verb(d, t).is_some_and(|(cue, _)| cue.clause && !in_phrase(d, t)));
    let lead = open.saturating_sub(start);
    let only_connective = lead <= 2
        && (start..open).all(|t| matches!(a[t].pos, Pos::Cconj | Pos::Adv | Pos::Punct | Pos::Sconj | Pos::Intj));
    let close = a.tokens_in(q.outer.clone()).end;
    let behind =
        attribution.source.as_ref().map_or(close, |s| s.tokens.start.min(attribution.verb.map_or(close, |v| v.0)));
    // "The dues are the “main difference” between the towns, Lee added": the fragment is not all.
    let ended = d.article.text[q.inner.clone()].ends_with([',', '.', '?', '!', '…', '—']);
    let apart = ended || close >= block.end || matches!(a[close].pos, Pos::Punct | Pos::Space);
    let rest = trim(d, close..behind.max(close)).filter(|r| r.len() > 1 && !apart);
    let goes_on = rest.is_some();
    let end = rest.map_or(q.outer.end, |r| a[r.end - 1].end);
    if lead == 0 && goes_on {
        return (q.outer.start..end, true);
    }
    if lead == 0 || only_connective || reported || floor > start || (floor == start && floor > block.start) {
        return (q.inner.clone(), false);
    }
    (a[start].start..end, true)
}

/// The cue behind a quotation: "…," Lee said; "…," said Lee.
fn after(d: &Document, q: &Quotation, next: Option<&Quotation>) -> Option<Attribution> {
    let a = &d.analysis;
    let block = d.block_tokens[q.block].clone();
    let mut at = a.tokens_in(q.outer.clone()).end;
    let inner = &d.article.text[q.inner.clone()];
    let mut comma = inner.ends_with([',', '?', '!', '…', '—', '-']) || inner.ends_with("...");
    let full_stop = inner.ends_with('.') && !comma;
    while at < block.end
        && (matches!(a.word(at), "," | "—" | "–" | "--" | "-" | ".") || a[at].pos == Pos::Space || is_mark(d, at))
    {
        comma |= a.word(at) == ",";
        if a.word(at) == "." {
            return None;
        }
        at += 1;
    }
    // "… is it?” And she said, “…": another sentence, which leads to another quotation.
    if inner.ends_with(['.', '?', '!']) && at < block.end && matches!(a.word(at), "And" | "But" | "Then" | "So") {
        return None;
    }
    let limit =
        next.filter(|n| n.block == q.block).map_or(block.end, |n| a.tokens_in(n.outer.clone()).start).min(at + 40);
    let stop = (at..limit).find(|&t| matches!(a.word(t), "." | "!" | "?" | ";" | ":")).unwrap_or(limit);
    let mut depth = 0;
    for v in at..stop {
        match a.word(v) {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        let Some((cue, second)) = cue_at(d, v).filter(|(cue, _)| cue.quotation && depth == 0) else { continue };
        // Within the subject: "…," the man who said it first told us.
        if a[v].dep == Dep::Relcl
            && v > at + 1
            && a.children_by(v, Dep::Nsubj).any(|s| matches!(a[s].tag, Tag::Wp | Tag::Wdt))
        {
            continue;
        }
        // "said Lee", never "saying Lee" or "and told Lee": those go on from a subject before the quotation.
        let inverted = a[v].tag != Tag::Vbg && (at..v).all(|t| matches!(a[t].pos, Pos::Adv | Pos::Aux));
        let source = if inverted { subject_behind(d, v, stop) } else { subject_ahead(d, at, v) };
        if !comma && !cue.clause && (full_stop || !is_sentence(d, q)) {
            return None;
        }
        let Some(source) = source else {
            // "…" was how she put it; "…" read the banner: not tied.
            return None;
        };
        // "…, but reports reveal that it is untrue", "…”, the actress wrote a letter": the article's own.
        let own_clause =
            !inverted && (at..source.tokens.start).any(|t| matches!(a[t].pos, Pos::Verb | Pos::Aux | Pos::Cconj));
        let own_object = !inverted
            && !cue.addressee_object
            && second.is_none()
            && a.child(v, &[Dep::Dobj]).is_some_and(|o| o > v && !q.tokens.contains(&o) && a[o].pos == Pos::Noun);
        if own_clause || own_object {
            return None;
        }
        let beside = comma || inverted || (!full_stop && source.tokens.start == at);
        if !beside && !ends_sentence(d, v, stop) {
            return None;
        }
        // The quotation is complete and a sentence with its own content follows: "….” Lee said the plan was dead.
        let own_content = a
            .children(v)
            .iter()
            .any(|&c| c > v && matches!(a[c].dep, Dep::Ccomp) && !a.subtree(c).iter().any(|&t| q.tokens.contains(&t)));
        if own_content && (full_stop || !comma) {
            return None;
        }
        // "what they call “a special relationship,” Lind hinted at the cost": another report follows.
        let other = a.children(v).iter().any(|&c| {
            c > v
                && (a[c].dep == Dep::Prep
                    && cue.prepositions.iter().any(|p| a.word(c).eq_ignore_ascii_case(p))
                    && !matches!(a.word(c), "to" | "on" | "at")
                    || a.word(c) == "at" && cue.prepositions.contains(&"at"))
        });
        if other && !is_sentence(d, q) {
            return None;
        }
        return Some(Attribution { verb: Some((v, cue, second)), source: Some(source), rule: Rule::QuotationThenCue });
    }
    None
}

fn cue_at(d: &Document, v: usize) -> Option<(&'static Cue, Option<usize>)> {
    LEXICON.verb(d, v)
}

fn ends_sentence(d: &Document, v: usize, stop: usize) -> bool {
    (v + 1..stop).all(|t| !matches!(d.analysis[t].pos, Pos::Verb))
}

/// The subject between a quotation and a cue: everything from `at` on.
fn subject_ahead(d: &Document, at: usize, v: usize) -> Option<Source> {
    let a = &d.analysis;
    let mut start = at;
    while start < v && (matches!(a[start].pos, Pos::Cconj | Pos::Punct) || a[start].pos == Pos::Adv) {
        start += 1;
    }
    let own = a.children_by(v, Dep::Nsubj).chain(a.children_by(v, Dep::Nsubjpass)).find(|&s| (start..v).contains(&s));
    if let Some(head) = own {
        let phrase = sources::phrase(d, head, v);
        let tokens = phrase.start.max(start)..phrase.end.min(v);
        return (!tokens.is_empty()).then_some(Source { head, tokens });
    }
    // The parser went astray: the first noun of the stretch that nothing within it governs.
    let nominal = |t: usize| matches!(a[t].pos, Pos::Noun | Pos::Propn | Pos::Pron);
    let plain = (start..v).all(|t| {
        nominal(t)
            || matches!(
                a[t].pos,
                Pos::Det | Pos::Adj | Pos::Adp | Pos::Punct | Pos::Part | Pos::Num | Pos::Adv | Pos::Aux
            )
    });
    let head = (start..v)
        .find(|&t| nominal(t) && !(start..v).contains(&a[t].head) && a[t].tag != Tag::Wp && a[t].tag != Tag::Wdt)?;
    plain.then(|| Source { head, tokens: start..trim_end(d, start, v) })
}

fn trim_end(d: &Document, start: usize, mut end: usize) -> usize {
    while end > start + 1 && matches!(d.analysis[end - 1].pos, Pos::Punct | Pos::Aux | Pos::Adv) {
        end -= 1;
    }
    end
}

/// The subject behind an inverted cue: "said Lee, the mayor".
fn subject_behind(d: &Document, v: usize, stop: usize) -> Option<Source> {
    let a = &d.analysis;
    let nominal = |t: usize| matches!(a[t].pos, Pos::Noun | Pos::Propn | Pos::Pron);
    if let Some(head) = a
        .children(v)
        .iter()
        .copied()
        .find(|&s| s > v && s < stop && matches!(a[s].dep, Dep::Nsubj | Dep::Nsubjpass) && nominal(s))
    {
        let tokens = sources::phrase(d, head, v);
        return Some(Source { head, tokens: tokens.start.max(v + 1)..tokens.end.min(stop).max(head + 1) });
    }
    let first = (v + 1..stop.min(v + 3)).find(|&t| a[t].pos != Pos::Adv)?;
    let end = (first..stop)
        .find(|&t| {
            !(nominal(t) || matches!(a[t].pos, Pos::Det | Pos::Adj | Pos::Num) || a[t].tag == Tag::Pos || is_mark(d, t))
        })
        .unwrap_or(stop);
    let head = (first..end).rev().find(|&t| nominal(t))?;
    if !matches!(a[first].pos, Pos::Noun | Pos::Propn | Pos::Pron | Pos::Det | Pos::Adj)
        || matches!(a[first].tag, Tag::Prp) && matches!(a.word(first), "him" | "her" | "them" | "me" | "us")
    {
        return None;
    }
    Some(Source { head, tokens: first..head + 1 })
}

/// The cue in front of a quotation: Lee said: "…"; Lee said, "…"; Lee said "…".
fn before(d: &Document, q: &Quotation, previous: Option<&Quotation>) -> Option<Attribution> {
    let a = &d.analysis;
    let mut last = previous_token(d, q);
    let mut floor = d.block_tokens[q.block].start;
    if last.is_none() && q.block > 0 {
        // A paragraph that ends in "She added:" introduces the next one.
        let block = d.block_tokens[q.block - 1].clone();
        last = (block.start..block.end).rev().find(|&t| a[t].pos != Pos::Space);
        floor = block.start;
        if !last.is_some_and(|t| matches!(a.word(t), ":" | ",")) {
            return None;
        }
    }
    let last = last?;
    if let Some(p) = previous {
        floor = floor.max(a.tokens_in(p.outer.clone()).end);
    }
    let punctuation = a.word(last);
    let colon = punctuation.ends_with(':');
    let comma = punctuation == ",";
    if matches!(punctuation, "." | "!" | "?" | ";") {
        return None;
    }
    // Behind the quotation the clause must end, else it is a part of a reported clause.
    let end = a.tokens_in(q.outer.clone()).end;
    let inner = &d.article.text[q.inner.clone()];
    let closes = end >= d.block_tokens[q.block].end
        || inner.ends_with(['.', '!', '?', ','])
        || matches!(
            a.word(end),
            "." | "," | ";" | "!" | "?" | ":" | ")" | "—" | "–" | "--" | "and" | "but" | "while" | "as"
        )
        || a[end].pos == Pos::Space;
    let reach = if colon {
        40
    } else if comma {
        16
    } else {
        5
    };
    let lower = floor.max(last.saturating_sub(reach));
    let mut at = if colon || comma { last } else { last + 1 };
    while at > lower {
        at -= 1;
        let word = a.word(at);
        if matches!(word, "." | "!" | "?" | ";") || (is_mark(d, at) && !colon) {
            return None;
        }
        if let Some((cue, second)) = cue_at(d, at).filter(|(cue, _)| cue.quotation) {
            if !closes && !colon {
                return None;
            }
            // Only whom, where and when it was said may stand between.
            let between = second.map_or(at, |s| s.max(at)) + 1..last + usize::from(!colon && !comma);
            let plain = between.clone().all(|t| !matches!(a[t].pos, Pos::Verb | Pos::Aux | Pos::Sconj) || colon);
            let bare = colon
                || comma
                || between.len() <= 3
                    && between.clone().all(|t| {
                        matches!(a[t].pos, Pos::Pron | Pos::Propn | Pos::Adv)
                            || cue.addressee_object && matches!(a[t].pos, Pos::Noun | Pos::Det)
                    });
            if !plain || !bare {
                return None;
            }
            // Without comma a fragment is a part of what the article says: called the plan "weak".
            if !colon && !comma && (cue.predicate && !cue.clause || !is_clause(d, q) && !is_sentence(d, q)) {
                return None;
            }
            let source = match sources::subject(d, at) {
                Subject::Head(head) => Some(sources::source(d, head, at)),
                Subject::Withheld => None,
                Subject::Unknown => subject_near(d, at, lower),
            };
            return Some(Attribution { verb: Some((at, cue, second)), source, rule: Rule::CueThenQuotation });
        }
        if !colon && matches!(a[at].pos, Pos::Verb) {
            return None;
        }
    }
    if colon {
        // "Lee: '…'"; "In a statement Lee called for calm: '…'".
        let sentence = floor.max(last.saturating_sub(40))..last;
        let head = sentence.clone().find(|&t| {
            matches!(a[t].dep, Dep::Nsubj | Dep::Root) && matches!(a[t].pos, Pos::Propn | Pos::Pron | Pos::Noun)
        })?;
        let source = sources::source(d, head, usize::MAX);
        return is_sentence(d, q).then_some(Attribution {
            verb: None,
            source: Some(source),
            rule: Rule::LabelThenQuotation,
        });
    }
    None
}

/// Whether a quotation has a finite verb with a subject.
pub fn is_clause(d: &Document, q: &Quotation) -> bool {
    let a = &d.analysis;
    q.tokens.clone().any(|t| {
        matches!(a[t].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Expl)
            && q.tokens.contains(&a[t].head)
            && matches!(a[a[t].head].pos, Pos::Verb | Pos::Aux)
    })
}

/// The nearest noun phrase before a cue that the parser left without subject.
fn subject_near(d: &Document, v: usize, floor: usize) -> Option<Source> {
    let a = &d.analysis;
    let head = (floor..v).rev().take(4).find(|&t| matches!(a[t].pos, Pos::Propn | Pos::Pron | Pos::Noun))?;
    Some(sources::source(d, head, v))
}

/// Whether a verb only modifies a noun: "the man who said it", "asked about it".
fn in_phrase(d: &Document, verb: usize) -> bool {
    let t = &d.analysis[verb];
    matches!(t.dep, Dep::Relcl | Dep::Acl | Dep::Amod | Dep::Pcomp) || matches!(t.tag, Tag::Vbg | Tag::Vbn | Tag::Vb)
}
