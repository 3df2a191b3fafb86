//! Whether a meeting takes place: tense, modality, negation and the words around it.

use super::lexicon::{Cue, Effect, lexicon};
use super::phrase::Text;
use crate::layout::BlockKind;
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{ParticipantRole, Status};
use demarche_time::Direction;

/// What the words say of a meeting's status, and the verbs through which it was read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The status, where the words tell it.
    pub status: Option<Status>,
    /// Verbs and nouns above the trigger whose own tense decided: their place and time are the meeting's.
    pub chain: Vec<usize>,
    /// The verb or noun whose subject takes part, besides the trigger's own.
    pub governor: Option<usize>,
    /// The meeting is where somebody was told something ("told him during the talks").
    pub setting: bool,
    /// Told as a habit ("leaders often meet").
    pub habit: bool,
}

/// The status that a verb gives by its own form; `None` for an infinitive or participle without an auxiliary.
fn finite(text: Text, verb: usize, time: Direction) -> Option<Status> {
    let analysis = text.analysis();
    let auxiliaries: Vec<usize> = analysis
        .children(verb)
        .iter()
        .copied()
        .filter(|&c| matches!(analysis[c].dep, Dep::Aux | Dep::Auxpass) && analysis[c].tag != Tag::To)
        .collect();
    let has = |word: &str| auxiliaries.iter().any(|&a| text.word(a) == word);
    for &aux in &auxiliaries {
        match text.word(aux).as_str() {
            "will" | "'ll" | "’ll" | "shall" | "wo" => return Some(Status::Planned),
            "would" if has("have") => return Some(Status::Possible),
            "would" => {
                // "said they would meet" is a plan; "would meet if" is not.
                let reported = analysis[verb].dep == Dep::Ccomp;
                return Some(if reported { Status::Planned } else { Status::Possible });
            }
            "may" | "might" | "could" | "can" | "ca" => return Some(Status::Possible),
            "should" | "must" | "ought" => return Some(Status::Proposed),
            _ => {}
        }
    }
    // "is going to meet": the verb above, "go", is met on the way up.
    let present_be =
        auxiliaries.iter().any(|&a| text.lemma(a) == "be" && matches!(analysis[a].tag, Tag::Vbz | Tag::Vbp));
    let past_aux = auxiliaries.iter().any(|&a| {
        analysis[a].tag == Tag::Vbd
            || text.lemma(a) == "have" && matches!(analysis[a].tag, Tag::Vbz | Tag::Vbp | Tag::Vb)
    });
    match analysis[verb].tag {
        Tag::Vbd => Some(Status::Held),
        Tag::Vbn | Tag::Vbg | Tag::Vb | Tag::Jj if past_aux => Some(Status::Held),
        Tag::Vbg if present_be && time == Direction::Future => Some(Status::Planned),
        Tag::Vbg if present_be => Some(Status::Ongoing),
        Tag::Vbn if present_be => Some(if time == Direction::Future { Status::Planned } else { Status::Held }),
        Tag::Vbz | Tag::Vbp if time == Direction::Future => Some(Status::Planned),
        Tag::Vbz | Tag::Vbp => {
            let (_, block) = text.document.block_of(verb);
            Some(if block.kind == BlockKind::Title { Status::Held } else { Status::Ongoing })
        }
        _ => None,
    }
}

fn deny(status: Status) -> Status {
    match status {
        // What is not ruled out, refused or denied may be.
        Status::Denied | Status::Cancelled => Status::Possible,
        Status::Planned => Status::Denied,
        Status::Postponed => Status::Planned,
        _ => Status::Denied,
    }
}

/// How strongly a status is told: the one farther from a plain fact wins on the way up.
fn is_fact(status: Status) -> bool {
    matches!(status, Status::Held | Status::Ongoing | Status::Planned)
}

fn verb_cue(text: Text, verb: usize) -> Option<Cue> {
    let lexicon = lexicon();
    let with_particle = text.lemma_with_particle(verb);
    lexicon.cue(&with_particle, "verb").or_else(|| {
        let lemma = text.lemma(verb);
        // "take place": the noun is the object.
        if lemma == "take" {
            let object = text.analysis().child(verb, &[Dep::Dobj]).map(|o| text.lemma(o));
            return match object.as_deref() {
                Some(object @ ("place" | "part")) => lexicon.cue(&format!("take {object}"), "verb"),
                _ => None,
            };
        }
        lexicon.cue(&lemma, "verb")
    })
}

/// The cue of a verb with the preposition that leads to the noun: "call for", "pull out of".
fn cue_with_preposition(text: Text, verb: usize, preposition: usize) -> Option<Cue> {
    if text.analysis()[preposition].pos != Pos::Adp {
        return None;
    }
    let both = format!("{} {}", text.lemma_with_particle(verb), text.word(preposition));
    lexicon().cue(&both, "verb")
}

/// Nouns for what is told of a meeting.
const REPORTS: &[&str] = &[
    "report",
    "news",
    "account",
    "rumor",
    "rumour",
    "story",
    "statement",
    "comment",
    "question",
    "tweet",
    "photo",
    "picture",
    "video",
    "transcript",
    "summary",
    "footage",
    "record",
    "word",
];

/// Verbs whose object is somebody who is spoken to: "told him during a call".
const TELLING: &[&str] = &[
    "tell",
    "ask",
    "warn",
    "assure",
    "urge",
    "inform",
    "remind",
    "press",
    "challenge",
    "question",
    "confront",
    "thank",
    "promise",
    "brief",
    "reassure",
    "advise",
    "implore",
    "lobby",
    "beg",
    "congratulate",
    "persuade",
    "convince",
    "invite",
];

/// Whether a verb tells of a meeting itself.
fn is_trigger(text: Text, verb: usize) -> bool {
    lexicon().verb(&text.lemma_with_particle(verb)).is_some()
}

/// What a clause tells of the end of a meeting: cancelled, postponed.
pub fn fate(text: Text, verb: usize) -> Option<Status> {
    match verb_cue(text, verb)?.effect {
        Effect::Makes(made @ (Status::Cancelled | Status::Postponed)) if !text.negated(verb) => Some(made),
        _ => None,
    }
}

/// Whether a verb is one of those that tell what becomes of a meeting.
pub fn is_of_meetings(text: Text, verb: usize) -> bool {
    verb_cue(text, verb).is_some()
}

impl Text<'_> {
    /// As what the subject of a verb (or whoever stands after "by") takes part in the meeting that it governs.
    pub fn part_in(&self, verb: usize) -> Option<ParticipantRole> {
        verb_cue(*self, verb).and_then(|cue| cue.part)
    }
}

fn habitual(text: Text, verb: usize) -> bool {
    let analysis = text.analysis();
    matches!(analysis[verb].tag, Tag::Vbz | Tag::Vbp)
        && analysis.children(verb).iter().any(|&c| {
            matches!(
                text.word(c).as_str(),
                "often" | "usually" | "regularly" | "always" | "frequently" | "sometimes" | "rarely" | "typically"
            )
        })
}

/// Reads the status of a verb that is or governs a trigger.
pub fn of_verb(text: Text, verb: usize, time: Direction) -> Reading {
    let mut reading = Reading { habit: habitual(text, verb), ..Reading::default() };
    climb(text, verb, time, &mut reading, 0);
    reading
}

fn climb(text: Text, verb: usize, time: Direction, reading: &mut Reading, depth: usize) {
    let analysis = text.analysis();
    if depth > 8 {
        return;
    }
    let negated = text.negated(verb);
    let conditional = analysis
        .children(verb)
        .iter()
        .any(|&c| analysis[c].dep == Dep::Mark && matches!(text.word(c).as_str(), "if" | "whether" | "unless"))
        // "when and if he meets him"
        || verb >= 2 && text.word(verb - 2) == "if" && analysis[verb - 2].pos == Pos::Sconj;
    if let Some(mut status) = finite(text, verb, time) {
        // "might announce a deal before he met him"
        if status == Status::Held
            && analysis[verb].dep == Dep::Advcl
            && analysis.children_by(verb, Dep::Mark).any(|mark| text.word(mark) == "before")
            && finite(text, analysis[verb].head, Direction::Unknown)
                .is_some_and(|above| !matches!(above, Status::Held | Status::Ongoing))
        {
            status = Status::Planned;
        }
        if conditional && analysis[verb].dep == Dep::Advcl {
            status = Status::Possible;
        }
        if conditional && analysis[verb].dep == Dep::Ccomp && status != Status::Held {
            status = Status::Possible;
        }
        if negated {
            status = deny(status);
        }
        // "It is possible that they will meet"
        let mut clause = verb;
        while analysis[clause].dep == Dep::Conj && analysis[clause].head < clause {
            clause = analysis[clause].head;
        }
        if analysis[clause].dep == Dep::Ccomp
            && let above = analysis[clause].head
            && text.lemma(above) == "be"
            && let Some(complement) = analysis.child(above, &[Dep::Acomp])
            && let Some(Cue { effect: Effect::Makes(made), .. }) = lexicon().cue(&text.word(complement), "adj")
            && status != Status::Held
        {
            status = if text.negated(above) { deny(made) } else { made };
        }
        // "denied that they met", "proposed that they meet", "hopes they will meet"
        if analysis[verb].dep == Dep::Ccomp {
            let above = analysis[verb].head;
            if matches!(analysis[above].pos, Pos::Verb | Pos::Aux)
                && let Some(Cue { effect: Effect::Makes(above_status), .. }) = verb_cue(text, above)
            {
                match above_status {
                    Status::Denied if text.negated(above) => status = Status::Possible,
                    Status::Denied => status = Status::Denied,
                    Status::Proposed | Status::Possible if status != Status::Held && !conditional => {
                        status = above_status
                    }
                    _ => {}
                }
            }
        }
        reading.status = Some(status);
        return;
    }
    let token = &analysis[verb];
    let head = token.head;
    if head == verb {
        // A headline: "Biden to meet Putin".
        let infinitive = analysis.children(verb).iter().any(|&c| analysis[c].tag == Tag::To);
        reading.status = match token.tag {
            Tag::Vb if infinitive => Some(Status::Planned),
            Tag::Vbn => Some(Status::Held),
            _ => None,
        };
        if negated {
            reading.status = reading.status.map(deny);
        }
        return;
    }
    above(text, verb, head, time, reading, depth);
    if negated {
        reading.status = Some(deny(reading.status.unwrap_or(Status::Held)));
    }
}

/// The status that a word above gives to what hangs on it.
fn above(text: Text, below: usize, head: usize, time: Direction, reading: &mut Reading, depth: usize) {
    let analysis = text.analysis();
    let infinitive = analysis.children(below).iter().any(|&c| analysis[c].tag == Tag::To);
    match analysis[head].pos {
        Pos::Verb | Pos::Aux => {
            let lemma = text.lemma(head);
            if lemma == "be" && infinitive && analysis[below].dep == Dep::Xcomp
                || lemma == "go" && analysis[head].tag == Tag::Vbg && infinitive
            {
                reading.status = Some(if text.negated(head) { Status::Denied } else { Status::Planned });
                return;
            }
            // "looks forward to meeting"
            if lemma == "look" && analysis.children(head).iter().any(|&c| text.word(c) == "forward") {
                reading.status = Some(Status::Possible);
                return;
            }
            match verb_cue(text, head) {
                Some(Cue { effect: Effect::Makes(status), part }) => {
                    if part.is_some() && reading.governor.is_none() {
                        reading.governor = Some(head);
                    }
                    let mut status = status;
                    if text.negated(head) {
                        status = deny(status);
                    } else if is_fact(status) || status == Status::Proposed {
                        // "may agree to meet", "refused to agree to meet"
                        let mut outer = Reading::default();
                        climb(text, head, Direction::Unknown, &mut outer, depth + 1);
                        if let Some(outer) = outer.status
                            && !is_fact(outer)
                            && outer != Status::Proposed
                        {
                            status = outer;
                        }
                    }
                    reading.status = Some(status);
                }
                _ => {
                    // Purpose and manner: "flew there to meet", "after meeting".
                    reading.chain.push(head);
                    climb(text, head, time, reading, depth + 1);
                }
            }
        }
        Pos::Adj => {
            let cue = lexicon().cue(&text.word(head), "adj");
            let verb = analysis[head].head;
            match cue {
                Some(Cue { effect: Effect::Makes(status), .. }) => {
                    let negated = text.negated(head) || verb != head && text.negated(verb);
                    reading.status = Some(if negated { deny(status) } else { status });
                }
                // "eager to meet": what somebody feels about it does not make it so.
                None if infinitive => reading.status = Some(Status::Possible),
                _ if verb != head => above(text, below, verb, time, reading, depth + 1),
                _ => {}
            }
        }
        Pos::Noun | Pos::Propn => {
            if let Some(Cue { effect: Effect::Makes(status), part }) = lexicon().cue(&text.lemma(head), "noun") {
                // "accepted an invitation to meet", "turned down the offer to meet"
                let answer = Some(analysis[head].head)
                    .filter(|&verb| verb != head && analysis[head].dep == Dep::Dobj && status == Status::Proposed)
                    .and_then(|verb| {
                        let cue = verb_cue(text, verb)?;
                        let Effect::Makes(made) = cue.effect else { return None };
                        Some((verb, if text.negated(verb) { deny(made) } else { made }))
                    });
                reading.status = Some(answer.map_or(status, |(_, made)| made));
                if let Some((verb, _)) = answer {
                    reading.governor = reading.governor.or(Some(verb));
                } else if part.is_some() {
                    reading.governor = reading.governor.or(Some(head));
                }
            } else {
                let sub = of_noun(text, head, time, depth + 1);
                reading.status = sub.status;
            }
        }
        Pos::Adp | Pos::Sconj => {
            let word = text.word(head);
            if matches!(word.as_str(), "after" | "following" | "since") {
                let verb = analysis[head].head;
                let mut outer = Reading::default();
                if verb != head && matches!(analysis[verb].pos, Pos::Verb | Pos::Aux) {
                    climb(text, verb, Direction::Unknown, &mut outer, depth + 1);
                }
                reading.status = Some(match outer.status {
                    Some(Status::Planned | Status::Possible | Status::Proposed) => Status::Planned,
                    _ => Status::Held,
                });
                return;
            }
            // "spoke about meeting him": whether they do is not told.
            if word == "about" && analysis[below].tag == Tag::Vbg && text.lemma(analysis[head].head) != "lie" {
                reading.status = Some(Status::Possible);
                return;
            }
            if matches!(word.as_str(), "before" | "ahead") {
                reading.status = Some(if time == Direction::Past { Status::Held } else { Status::Planned });
                return;
            }
            let next = analysis[head].head;
            if next != head {
                above(text, below, next, time, reading, depth + 1);
            }
        }
        _ => {}
    }
}

/// Reads the status of a noun that is a trigger.
pub fn of_noun(text: Text, noun: usize, time: Direction, depth: usize) -> Reading {
    let analysis = text.analysis();
    let mut reading = Reading::default();
    if depth > 8 {
        return reading;
    }
    // What stands beside the noun: "a possible meeting", "the planned summit", "no meeting".
    let mut modified = None;
    for &child in analysis.children(noun) {
        // "the summit planned between the two"
        if child > noun && (analysis[child].dep != Dep::Acl || analysis[child].tag != Tag::Vbn) {
            continue;
        }
        if analysis[child].dep == Dep::Det && text.word(child) == "no" {
            modified = Some(Status::Denied);
        }
        if let Some(Cue { effect: Effect::Makes(status), .. }) = lexicon().cue(&text.word(child), "mod") {
            // The less certain one wins: "a possible next meeting".
            modified = match modified {
                Some(old) if !is_fact(old) => Some(old),
                _ => Some(status),
            };
        }
    }
    // What it hangs on.
    let mut token = noun;
    let mut status = None;
    for _ in 0..5 {
        let head = analysis[token].head;
        if head == token {
            break;
        }
        let dep = analysis[token].dep;
        match analysis[head].pos {
            // "called for a meeting", "emerged from talks"
            Pos::Verb if token != noun && cue_with_preposition(text, head, token).is_some() => {
                let cue = cue_with_preposition(text, head, token).expect("the guard has found it");
                let mut own = Reading::default();
                climb(text, head, time, &mut own, depth + 1);
                reading.governor = Some(head);
                status = match cue.effect {
                    Effect::Makes(made) if text.negated(head) => Some(deny(made)),
                    Effect::Makes(made) => Some(made),
                    _ => own.status,
                };
                break;
            }
            Pos::Verb | Pos::Aux => {
                let passive = dep == Dep::Nsubjpass;
                let subject = matches!(dep, Dep::Nsubj | Dep::Nsubjpass);
                match verb_cue(text, head) {
                    Some(Cue { effect: Effect::Nothing, .. }) => {}
                    Some(cue) => {
                        if cue.part.is_some() && (!subject || passive) {
                            reading.governor = Some(head);
                        }
                        let mut own = Reading::default();
                        climb(text, head, time, &mut own, depth + 1);
                        match cue.effect {
                            Effect::Makes(made) => {
                                if subject && made == Status::Planned {
                                    // "is scheduled for April": the day of the meeting.
                                    reading.chain.push(head);
                                }
                                let made = if text.negated(head) { deny(made) } else { made };
                                status = Some(match own.status {
                                    Some(Status::Possible)
                                        if is_fact(made) || made == Status::Postponed || made == Status::Cancelled =>
                                    {
                                        Status::Possible
                                    }
                                    Some(Status::Denied) if is_fact(made) => Status::Denied,
                                    _ => made,
                                });
                            }
                            _ => {
                                status = own.status;
                                reading.chain.push(head);
                                reading.chain.extend(own.chain);
                                reading.governor = reading.governor.or(own.governor);
                            }
                        }
                    }
                    None if text.lemma(head) == "be" && (subject || dep == Dep::Attr) => {
                        // "A meeting is possible", "it was their first meeting", "There will be a meeting".
                        let complement = analysis.child(head, &[Dep::Acomp]);
                        // "is on the agenda", "is in preparation"
                        let stage = || {
                            let preps = analysis.children_by(head, Dep::Prep).filter(|_| subject);
                            let mut objects = preps.flat_map(|p| analysis.children_by(p, Dep::Pobj));
                            objects.find_map(|object| lexicon().cue(&text.lemma(object), "noun"))
                        };
                        let cue = complement.and_then(|c| lexicon().cue(&text.word(c), "adj")).or_else(stage);
                        let mut own = Reading::default();
                        climb(text, head, time, &mut own, depth + 1);
                        // "is to be held"
                        let to_be = subject
                            && analysis
                                .children_by(head, Dep::Xcomp)
                                .any(|c| analysis.children(c).iter().any(|&to| analysis[to].tag == Tag::To));
                        if to_be && matches!(own.status, Some(Status::Ongoing | Status::Held)) {
                            own.status = Some(Status::Planned);
                        }
                        let said_of_it = subject && analysis.child(head, &[Dep::Attr, Dep::Acomp]).is_some();
                        status = match cue {
                            Some(Cue { effect: Effect::Makes(made), .. }) => {
                                Some(if text.negated(head) { deny(made) } else { made })
                            }
                            // "The meeting is not an endorsement" says what it is, not whether it takes place.
                            _ if (said_of_it || dep == Dep::Attr)
                                && matches!(own.status, Some(Status::Denied | Status::Ongoing)) =>
                            {
                                None
                            }
                            _ => own.status,
                        };
                        reading.chain.push(head);
                    }
                    None if subject => {}
                    None if dep == Dep::Dobj => {
                        // "praised the talks": what is told of as done was done; whatever else is done to it tells nothing.
                        let mut own = Reading::default();
                        climb(text, head, time, &mut own, depth + 1);
                        status = own.status.filter(|&s| s == Status::Held);
                    }
                    None if lexicon().verb(&text.lemma_with_particle(head)).is_some() => {
                        // "met for talks"
                        let own = of_verb(text, head, time);
                        status = own.status;
                        reading.governor = Some(head);
                        reading.chain.push(head);
                    }
                    None => {}
                }
                break;
            }
            Pos::Adp | Pos::Sconj => match text.word(head).as_str() {
                // "is on a visit to"
                "on" if text.lemma(analysis[head].head) == "be" => {
                    let above = analysis[head].head;
                    let mut own = Reading::default();
                    climb(text, above, time, &mut own, depth + 1);
                    status = own.status;
                    reading.governor = Some(above);
                    reading.chain.push(above);
                    break;
                }
                // The setting of something else: "said during the talks", "after a call with the king, the pope said".
                word @ ("after" | "following" | "since" | "during" | "at" | "in" | "despite") => {
                    let above = analysis[head].head;
                    let takes_in = matches!(
                        text.lemma(above).as_str(),
                        "participate" | "take" | "engage" | "join" | "involve" | "sit" | "represent"
                    ) || matches!(analysis[above].pos, Pos::Noun | Pos::Propn | Pos::Adj)
                        || lexicon().verb(&text.lemma_with_particle(above)).is_some();
                    if word == "in" && takes_in {
                        token = head;
                        continue;
                    }
                    // "is in talks with"
                    if word == "in" && text.lemma(above) == "be" {
                        let mut own = Reading::default();
                        climb(text, above, time, &mut own, depth + 1);
                        status = own.status.map(|s| if s == Status::Held { Status::Ongoing } else { s });
                        reading.governor = Some(above);
                        break;
                    }
                    let mut verb = above;
                    while verb != analysis[verb].head && !matches!(analysis[verb].pos, Pos::Verb | Pos::Aux) {
                        verb = analysis[verb].head;
                    }
                    let mut outer = Reading::default();
                    climb(text, verb, Direction::Unknown, &mut outer, depth + 1);
                    status = Some(match outer.status {
                        Some(Status::Planned | Status::Possible | Status::Proposed) => Status::Planned,
                        _ => Status::Held,
                    });
                    if word != "despite" && analysis[verb].pos == Pos::Verb {
                        reading.governor = Some(verb);
                        reading.setting =
                            matches!(word, "during" | "at" | "in") && TELLING.contains(&&*text.lemma(verb));
                    }
                    break;
                }
                "ahead" | "before" | "until" => {
                    status = Some(if time == Direction::Past { Status::Held } else { Status::Planned });
                    let verb = analysis[head].head;
                    if analysis[verb].pos == Pos::Verb && !is_trigger(text, verb) {
                        reading.governor = Some(verb);
                    }
                    break;
                }
                _ => token = head,
            },
            Pos::Noun | Pos::Propn => {
                if matches!(dep, Dep::Compound | Dep::Poss) && analysis[token].dep == dep && token == noun {
                    break;
                }
                // "confirmed reports of the meeting": what is done to a report is not done to the meeting.
                if REPORTS.contains(&&*text.lemma(head)) {
                    break;
                }
                if let Some(Cue { effect: Effect::Makes(made), part }) = lexicon().cue(&text.lemma(head), "noun") {
                    status = Some(made);
                    if part.is_some() {
                        reading.governor = Some(head);
                    }
                    break;
                }
                token = head;
            }
            Pos::Adj => token = head,
            // "ahead of the talks"
            Pos::Adv if text.word(head) == "ahead" => {
                status = Some(if time == Direction::Past { Status::Held } else { Status::Planned });
                let verb = analysis[head].head;
                if analysis[verb].pos == Pos::Verb && !is_trigger(text, verb) {
                    reading.governor = Some(verb);
                }
                break;
            }
            _ => break,
        }
    }
    reading.status = match (modified, status) {
        (Some(Status::Denied), Some(Status::Denied)) => Some(Status::Denied),
        (Some(m), Some(s)) if !is_fact(m) && is_fact(s) => Some(m),
        (Some(Status::Held), Some(s)) if is_fact(s) => Some(Status::Held),
        (Some(Status::Planned), Some(Status::Held)) => Some(Status::Planned),
        (_, Some(s)) => Some(s),
        (m, None) => m,
    };
    reading
}
