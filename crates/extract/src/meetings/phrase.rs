//! Reading phrases for their people: who stands behind a noun phrase, a subject, a "with".

use crate::document::Document;
use crate::entities::states::{self, Listed};
use crate::entities::{Entities, EntityId, Mention};
use demarche_nlp::{Analysis, Dep, Pos, Tag};
use demarche_record::{MentionKind, OrganizationKind};
use std::ops::Range;

/// Nouns for people who act for the state or body that is named beside them ("Russian officials", "envoys of the king").
const DELEGATES: &[&str] = &[
    "official",
    "representative",
    "delegation",
    "delegate",
    "envoy",
    "diplomat",
    "negotiator",
    "leader",
    "team",
    "minister",
    "counterpart",
    "side",
    "government",
    "authority",
    "president",
    "member",
    "lawmaker",
    "ally",
    "adviser",
    "advisor",
    "aide",
    "ambassador",
    "commander",
    "general",
    "chief",
    "administration",
    "mediator",
    "executive",
    "party",
    "parliamentarian",
    "senator",
    "state",
    "country",
    "nation",
    "teams",
    "foe",
    "rival",
    "partner",
    "king",
    "queen",
    "emir",
    "prince",
    "premier",
    "chancellor",
    "secretary",
    "group",
    "deputy",
];

/// Verbs whose object does what follows: "sent her envoy to meet them".
const SENDING: &[&str] =
    &["send", "dispatch", "order", "instruct", "authorize", "authorise", "appoint", "invite", "allow", "ask"];

/// Nouns for states and sides: "the leaders of those countries" are none of those named before unless the text says so.
const STATES: &[&str] = &["country", "nation", "state", "side", "party", "power", "government"];

/// A document with the entities that it names: what all rules of this stage read.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    /// The document.
    pub document: &'a Document<'a>,
    /// Its entities.
    pub entities: &'a Entities,
}

impl<'a> Text<'a> {
    /// The analysis of the document.
    pub fn analysis(&self) -> &'a Analysis {
        &self.document.analysis
    }

    /// The lemma of a token in lower case.
    pub fn lemma(&self, token: usize) -> String {
        self.analysis()[token].lemma.to_lowercase()
    }

    /// The word of a token in lower case.
    pub fn word(&self, token: usize) -> String {
        self.analysis().word(token).to_lowercase()
    }

    /// The lemma of a verb with its particle: "call off".
    pub fn lemma_with_particle(&self, verb: usize) -> String {
        let lemma = self.lemma(verb);
        match self.analysis().child(verb, &[Dep::Prt]) {
            Some(particle) => format!("{lemma} {}", self.word(particle)),
            None => lemma,
        }
    }

    /// Whether a noun is a word for people who act for somebody ("officials", "leaders").
    pub fn is_delegate(&self, token: usize) -> bool {
        DELEGATES.contains(&self.lemma(token).as_str())
    }

    /// Whether a token is negated: "not", "never", "no longer".
    pub fn negated(&self, token: usize) -> bool {
        let analysis = self.analysis();
        analysis.children(token).iter().any(|&c| {
            analysis[c].dep == Dep::Neg
                || matches!(self.word(c).as_str(), "never" | "no" | "neither" | "without")
                    && matches!(analysis[c].dep, Dep::Det | Dep::Advmod | Dep::Preconj | Dep::Cc)
                    && analysis[c].tag != Tag::Cc
        })
    }

    /// Those whom a noun phrase names, with those joined to it by "and".
    pub fn named_by(&self, head: usize) -> Vec<EntityId> {
        let mut found = Vec::new();
        self.collect(head, &mut found, 0);
        found
    }

    fn collect(&self, head: usize, found: &mut Vec<EntityId>, depth: usize) {
        let analysis = self.analysis();
        if depth > 12 {
            return;
        }
        let before = found.len();
        let mut add = |id: EntityId| {
            if !found.contains(&id) {
                found.push(id);
            }
        };
        let explained = self.explained(head, depth);
        if !explained.is_empty() {
            explained.into_iter().for_each(&mut add);
        } else {
            match self.entities.headed_by(head) {
                Some(mention) if !mention.entities.is_empty() && !self.is_of_states(mention) => {
                    mention.entities.iter().for_each(|&e| add(e))
                }
                _ => {
                    // A name beside the head: "leader Kim", parsed the other way round.
                    let covering = self.entities.covering(head).filter(|m| m.head == head || m.tokens.len() <= 6);
                    if let Some(mention) = covering {
                        mention.entities.iter().for_each(|&e| add(e));
                    }
                }
            }
        }
        // A name that the parse has cut ("King Abdullah | II"), and the first of a list that it has made a modifier of the
        // last ("with Minister A and | Minister B").
        for child in analysis.children(head).iter().copied().filter(|&c| c < head) {
            let person = self.entities.covering(child).filter(|m| {
                m.kind == MentionKind::Name
                    && matches!(m.entities[..], [EntityId::Person(_)])
                    && !m.tokens.contains(&head)
            });
            let listed = analysis[child].dep == Dep::Nmod && analysis.child(child, &[Dep::Cc, Dep::Conj]).is_some();
            let cut = found.len() == before && matches!(analysis[child].dep, Dep::Compound | Dep::Nmod);
            if let Some(mention) = person.filter(|_| cut || listed) {
                for &id in &mention.entities {
                    if !found.contains(&id) {
                        found.push(id);
                    }
                }
            }
        }
        if found.len() == before {
            for child in analysis.children(head).iter().copied() {
                if analysis[child].dep == Dep::Appos {
                    self.collect(child, found, depth + 1);
                }
            }
        }
        if found.len() == before && self.is_delegate(head) {
            self.principals(head, found, depth);
            let states = found.split_off(before);
            for id in states {
                // Those whose teams meet do not meet themselves.
                if matches!(id, EntityId::Person(_)) {
                    continue;
                }
                let id = self.office_holder(head, id).unwrap_or(id);
                if !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        for child in analysis.children(head).iter().copied() {
            match analysis[child].dep {
                Dep::Conj => self.collect(child, found, depth + 1),
                Dep::Appos => self.joined_to_apposition(head, child, found, depth + 1),
                _ => {}
            }
        }
    }

    /// The second of two whom the parse has joined to what the first is: "Ann Lee, the chancellor, and Omar Diallo, the
    /// ambassador". An apposition has no people beside it that the name does not have.
    fn joined_to_apposition(&self, head: usize, apposition: usize, found: &mut Vec<EntityId>, depth: usize) {
        let is_name = |token| {
            self.entities.headed_by(token).is_some_and(|mention| {
                mention.kind == MentionKind::Name && matches!(mention.entities[..], [EntityId::Person(_)])
            })
        };
        if is_name(head) && !is_name(apposition) {
            for joined in self.analysis().children_by(apposition, Dep::Conj).filter(|&joined| is_name(joined)) {
                self.collect(joined, found, depth);
            }
        }
    }

    /// "the leaders of those countries", of whom the text has not said who they are.
    fn is_of_states(&self, mention: &Mention) -> bool {
        let analysis = self.analysis();
        mention.kind == MentionKind::Nominal
            && analysis.children_by(mention.head, Dep::Prep).filter(|&of| self.word(of) == "of").any(|of| {
                analysis.children_by(of, Dep::Pobj).any(|o| {
                    analysis[o].tag == Tag::Nns
                        && STATES.contains(&self.lemma(o).as_str())
                        && analysis.children_by(o, Dep::Det).any(|det| matches!(&*self.word(det), "those" | "these"))
                })
            })
    }

    /// Those whose names explain a noun for people who act for somebody: "her Greek and French counterparts, A and B".
    fn explained(&self, head: usize, depth: usize) -> Vec<EntityId> {
        let analysis = self.analysis();
        let mut people = Vec::new();
        if self.is_delegate(head) && analysis[head].pos == Pos::Noun {
            for &child in analysis.children(head) {
                match analysis[child].dep {
                    Dep::Appos => self.collect(child, &mut people, depth + 1),
                    // "a delegation led by A"
                    Dep::Acl if matches!(&*self.lemma(child), "lead" | "head" | "chair") => {
                        for by in analysis.children_by(child, Dep::Agent) {
                            for leader in analysis.children_by(by, Dep::Pobj) {
                                self.collect(leader, &mut people, depth + 1);
                            }
                        }
                    }
                    _ => {}
                }
            }
            people.retain(|id| matches!(id, EntityId::Person(_)));
        }
        people
    }

    /// The only person of the article who holds the office of a state: "the Russian president".
    fn office_holder(&self, office: usize, state: EntityId) -> Option<EntityId> {
        const HEADS: &[&str] = &["president", "prime minister", "chancellor", "king", "queen", "leader", "premier"];
        let word = self.lemma(office);
        if !matches!(
            word.as_str(),
            "president" | "leader" | "minister" | "chancellor" | "king" | "counterpart" | "head"
        ) {
            return None;
        }
        let iso = self.entities.state_of(state)?.iso;
        let holds = |title: &str| {
            let title = title.to_lowercase();
            match word.as_str() {
                "leader" | "counterpart" | "head" => HEADS.iter().any(|head| title.starts_with(head)),
                _ => title.ends_with(&word),
            }
        };
        let mut holders = self.entities.people.iter().enumerate().filter(|(i, person)| {
            person.roles.iter().any(|role| !role.former && holds(&role.title))
                && self.entities.state_of(EntityId::Person(*i)).is_some_and(|of| of.iso == iso)
        });
        let (only, _) = holders.next()?;
        holders.next().is_none().then_some(EntityId::Person(only))
    }

    /// The only person of the article who is said to be head of the state, or of its government, that a seat stands for.
    pub fn head_of_state(&self, seat: EntityId) -> Option<EntityId> {
        let iso = self.entities.state_of(seat)?.iso;
        let heads = |title: &str| {
            let title = title.to_lowercase();
            ["president", "prime minister", "chancellor", "king", "queen"].iter().any(|head| title == *head)
        };
        let heads: Vec<EntityId> = (0..self.entities.people.len())
            .filter(|&i| self.entities.people[i].roles.iter().any(|role| !role.former && heads(&role.title)))
            .map(EntityId::Person)
            .collect();
        let only = |of: Option<&str>| {
            let mut holders = heads.iter().filter(|id| self.entities.state_of(**id).map(|state| state.iso) == of);
            holders.next().copied().filter(|_| holders.next().is_none())
        };
        // A president of no state that is named is that of the newspaper's readers.
        only(Some(iso)).or_else(|| only(None))
    }

    /// People who go on a list after a name where the parse has lost them: "with President A, Prime Minister B and Foreign
    /// Minister C".
    pub fn listed_after(&self, head: usize) -> Vec<EntityId> {
        let analysis = self.analysis();
        let end = analysis.sentence_of(head).end;
        let mut found = Vec::new();
        let mut at = self.entities.headed_by(head).map_or(head + 1, |mention| mention.tokens.end);
        loop {
            let mut next = at;
            let mut joined = false;
            // Between two names: a comma or "and", titles, "of" and the state.
            while next < end && next < at + 12 {
                let named = self.entities.around(next).find(|m| {
                    m.kind == MentionKind::Name
                        && m.tokens.start == next
                        && matches!(m.entities[..], [EntityId::Person(_)])
                });
                if let Some(mention) = named.filter(|_| joined) {
                    let subject = matches!(analysis[mention.head].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Poss);
                    if subject {
                        return found;
                    }
                    found.extend(mention.entities.iter().copied());
                    break;
                }
                match analysis[next].tag {
                    Tag::Comma | Tag::Cc => joined = true,
                    Tag::Nnp | Tag::Nnps | Tag::Nn | Tag::Jj | Tag::Dt | Tag::Hyph => {}
                    Tag::In if self.word(next) == "of" => {}
                    _ => return found,
                }
                next += 1;
            }
            if next >= end || next >= at + 12 {
                return found;
            }
            at = self
                .entities
                .around(next)
                .filter(|m| m.tokens.start == next)
                .map(|m| m.tokens.end)
                .max()
                .unwrap_or(next + 1);
        }
    }

    /// Those for whom delegates act: "Russian and American officials", "representatives of Russia and NATO".
    fn principals(&self, head: usize, found: &mut Vec<EntityId>, depth: usize) {
        let analysis = self.analysis();
        for child in analysis.children(head).iter().copied() {
            match analysis[child].dep {
                Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Poss => self.collect_named(child, found, depth + 1),
                Dep::Prep if matches!(self.word(child).as_str(), "of" | "from" | "for" | "on") => {
                    for object in analysis.children_by(child, Dep::Pobj) {
                        self.collect(object, found, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    /// The entities of a modifier and of what is joined to it; words without an entity are passed over.
    fn collect_named(&self, token: usize, found: &mut Vec<EntityId>, depth: usize) {
        if depth > 12 {
            return;
        }
        let mention = self.entities.headed_by(token).or_else(|| self.entities.covering(token));
        let pair = self.pair(mention.map_or(token..token + 1, |mention| mention.tokens.clone()));
        let named = mention.map_or(&[][..], |mention| &mention.entities);
        for &id in pair.as_ref().map_or(named, |pair| pair) {
            if !found.contains(&id) {
                found.push(id);
            }
        }
        for child in self.analysis().children(token).iter().copied() {
            if matches!(self.analysis()[child].dep, Dep::Conj | Dep::Compound | Dep::Amod | Dep::Nmod) {
                self.collect_named(child, found, depth + 1);
            }
        }
    }

    /// Two who are joined by a hyphen to what looks like one name: "the Biden-Putin summit", "the US–Chile talks".
    fn pair(&self, tokens: Range<usize>) -> Option<[EntityId; 2]> {
        let text = self.analysis().words(tokens);
        let (first, second) = text.split_once(['-', '–', '—', '/'])?;
        let whom = |half: &str| {
            let half = half.trim().trim_start_matches("the ").trim_start_matches("The ");
            let surname = |name: &str| name.rsplit(' ').next().is_some_and(|last| last == half);
            let person = self.entities.people.iter().position(|person| surname(&person.name)).map(EntityId::Person);
            let state = || states::listed(half).and_then(Listed::state).and_then(|s| self.entities.state(s.iso));
            let body = || self.entities.organizations.iter().position(|o| o.name == half).map(EntityId::Organization);
            person.or_else(state).or_else(body)
        };
        Some([whom(first)?, whom(second)?]).filter(|[a, b]| a != b)
    }

    /// The entities that modify a noun: "the Biden–Putin summit", "US-Russia talks", "Russian-American talks".
    pub fn modifiers(&self, noun: usize) -> Vec<EntityId> {
        let mut found = Vec::new();
        for child in self.analysis().children(noun).iter().copied() {
            if matches!(self.analysis()[child].dep, Dep::Amod | Dep::Compound | Dep::Nmod) && child < noun {
                self.collect_named(child, &mut found, 0);
            }
        }
        found
    }

    /// Those who can take part in a meeting: people, bodies, states; a capital stands for its state. The media do not meet,
    /// they ask.
    pub fn able_to_meet(&self, ids: Vec<EntityId>) -> Vec<EntityId> {
        let mut found = Vec::new();
        for id in ids {
            let id = match id {
                EntityId::Organization(i) if self.entities.organizations[i].kind == OrganizationKind::Media => continue,
                EntityId::Place(i) => match (self.entities.places[i].state, self.entities.places[i].capital_of) {
                    (Some(_), _) => id,
                    (None, Some(state)) => self.entities.state(state.iso).unwrap_or(id),
                    (None, None) => continue,
                },
                id => id,
            };
            if !found.contains(&id) {
                found.push(id);
            }
        }
        found
    }

    /// The head of the subject of a verb, found through control, coordination and relative clauses. The second value says
    /// that the subject is that of a verb above ("asked him to meet": the one who asked).
    pub fn subject(&self, verb: usize) -> Option<usize> {
        let analysis = self.analysis();
        let mut current = verb;
        for step in 0..10 {
            let token = &analysis[current];
            if matches!(token.pos, Pos::Verb | Pos::Aux) || step == 0 {
                let deps: &[Dep] = if step == 0 { &[Dep::Nsubj] } else { &[Dep::Nsubj, Dep::Nsubjpass] };
                if let Some(subject) = analysis
                    .child(current, deps)
                    .or_else(|| (step == 0).then(|| analysis.child(current, &[Dep::Nsubjpass])).flatten())
                {
                    if token.dep == Dep::Relcl && matches!(analysis[subject].tag, Tag::Wdt | Tag::Wp) {
                        return Some(token.head);
                    }
                    // "hinted that talks had taken place, while hosting him": who acts is a person or body, further up.
                    let acts = step == 0
                        || is_pronoun(analysis[subject].tag)
                        || !self.named_by(subject).is_empty()
                        || self.is_delegate(subject);
                    if acts || token.head == current {
                        return Some(subject);
                    }
                }
            }
            if step == 0
                && let Some(name) = self.name_before(verb)
            {
                return Some(name);
            }
            // "his bravery in agreeing to meet", "Biden's plan to meet"
            if matches!(token.pos, Pos::Noun | Pos::Propn)
                && let Some(owner) = analysis.child(current, &[Dep::Poss])
            {
                return Some(owner);
            }
            match token.dep {
                Dep::Xcomp | Dep::Ccomp if current != verb || token.dep == Dep::Xcomp => {
                    // "asked Putin to meet": the object of the verb above, unless it is a verb of promising.
                    let above = token.head;
                    if let Some(object) = analysis.child(above, &[Dep::Dobj, Dep::Dative]).filter(|&o| o < current)
                        && token.dep == Dep::Xcomp
                        && analysis[above].pos == Pos::Verb
                    {
                        return Some(object);
                    }
                    current = above;
                }
                Dep::Relcl => return Some(token.head),
                Dep::Acl => {
                    // "Biden's plan to meet", "officials meeting in Bern"
                    let noun = token.head;
                    if let Some(owner) = analysis.child(noun, &[Dep::Poss]) {
                        return Some(owner);
                    }
                    if token.tag == Tag::Vbg && !self.named_by(noun).is_empty() {
                        return Some(noun);
                    }
                    current = noun;
                }
                // "sent her envoy to meet them"
                Dep::Advcl
                    if SENDING.contains(&self.lemma(token.head).as_str())
                        && analysis.children(current).iter().any(|&to| analysis[to].tag == Tag::To)
                        && analysis.child(token.head, &[Dep::Dobj]).is_some() =>
                {
                    return analysis.child(token.head, &[Dep::Dobj]);
                }
                // "praised him for agreeing to meet", "accused him of meeting"
                Dep::Pcomp
                    if matches!(self.word(token.head).as_str(), "for" | "of" | "from")
                        && analysis[analysis[token.head].head].pos == Pos::Verb
                        && analysis
                            .child(analysis[token.head].head, &[Dep::Dobj])
                            .is_some_and(|object| object < token.head && !self.named_by(object).is_empty()) =>
                {
                    return analysis.child(analysis[token.head].head, &[Dep::Dobj]);
                }
                Dep::Conj
                | Dep::Advcl
                | Dep::Pcomp
                | Dep::Acomp
                | Dep::Attr
                | Dep::Dep
                | Dep::Prep
                | Dep::Pobj
                | Dep::Dobj
                | Dep::Ccomp
                | Dep::Xcomp
                | Dep::Appos
                | Dep::Nsubjpass => {
                    if token.head == current {
                        return None;
                    }
                    current = token.head;
                }
                _ => return None,
            }
        }
        None
    }

    /// The name right before a finite verb where the parse has made it the apposition of a name in the phrase before:
    /// "After talks with Ann Lee, Omar Diallo said".
    fn name_before(&self, verb: usize) -> Option<usize> {
        let analysis = self.analysis();
        let finite = matches!(analysis[verb].tag, Tag::Vbd | Tag::Vbz) && analysis[verb].dep != Dep::Relcl;
        let name = self.entities.around(verb.checked_sub(1).filter(|_| finite)?).find(|mention| {
            mention.kind == MentionKind::Name
                && mention.tokens.end == verb
                && matches!(mention.entities[..], [EntityId::Person(_)])
        })?;
        let above = self.entities.headed_by(analysis[name.head].head)?;
        let apposed = analysis[name.head].dep == Dep::Appos
            && above.kind == MentionKind::Name
            && above.entities != name.entities
            && matches!(analysis[above.head].dep, Dep::Pobj | Dep::Dobj);
        apposed.then_some(name.head)
    }

    /// The tokens of a phrase or clause without the clauses below it.
    pub fn scope(&self, head: usize) -> Vec<usize> {
        let analysis = self.analysis();
        let mut found = vec![head];
        let mut next = 0;
        while next < found.len() {
            let token = found[next];
            next += 1;
            for &child in analysis.children(token) {
                let clause = match analysis[child].dep {
                    Dep::Ccomp | Dep::Advcl | Dep::Relcl | Dep::Parataxis | Dep::Csubj => true,
                    Dep::Acl => !matches!(
                        self.lemma(child).as_str(),
                        "schedule"
                            | "plan"
                            | "set"
                            | "mediate"
                            | "host"
                            | "hold"
                            | "make"
                            | "conduct"
                            | "place"
                            | "initiate"
                    ),
                    Dep::Conj => matches!(analysis[child].pos, Pos::Verb | Pos::Aux),
                    Dep::Xcomp => true,
                    _ => false,
                };
                if !clause {
                    found.push(child);
                }
            }
        }
        found.sort_unstable();
        found
    }
}

fn is_pronoun(tag: Tag) -> bool {
    matches!(tag, Tag::Prp | Tag::Wp)
}
