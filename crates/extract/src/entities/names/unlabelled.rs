//! Names that the analysis passed over: what words around them give away.

use super::{Finder, Name, Named, PARTICLES, head};
use crate::entities::given_names;
use crate::entities::states::Listed;
use crate::entities::titles::{self, TitleKind};
use crate::layout::BlockKind;
use demarche_nlp::{Dep, Pos, Tag};
use std::ops::Range;

/// Words that labels of turns are made of when nobody is named: "AUDIENCE MEMBER:", "UNIDENTIFIED MALE:".
const VOICES: &[&str] = &[
    "all",
    "attendee",
    "attendees",
    "audience",
    "both",
    "child",
    "children",
    "crowd",
    "female",
    "guest",
    "guests",
    "male",
    "member",
    "members",
    "multiple",
    "participant",
    "participants",
    "protester",
    "protesters",
    "reporters",
    "several",
    "speaker",
    "speakers",
    "student",
    "students",
    "unidentified",
    "unknown",
    "voice",
    "voices",
];

impl Finder<'_> {
    /// Labels of turns in a transcript: a name, perhaps with a title, in capitals.
    pub(super) fn speakers(&self, names: &mut Vec<Name>) {
        for (block, tokens) in self.document.layout.blocks.iter().zip(&self.document.block_tokens) {
            if block.kind != BlockKind::Speaker || tokens.is_empty() {
                continue;
            }
            names.retain(|n| !(tokens.start <= n.tokens.start && n.tokens.end <= tokens.end));
            let mut rest = tokens.clone();
            loop {
                // "ACTING ADMINISTRATOR LEE", "DEPUTY SECRETARY LEE"
                let grade = rest.len() > 2
                    && matches!(
                        self.words.get(rest.start),
                        "acting" | "deputy" | "former" | "interim" | "senior" | "chief"
                    );
                let from = rest.start + usize::from(grade);
                let Some((end, _)) = self.words.title_starting(from, rest.end) else { break };
                rest.start = end;
            }
            let all_title = rest.is_empty();
            let role = tokens.clone().any(|i| {
                self.words
                    .title_starting(i, tokens.end)
                    .is_some_and(|(end, t)| end == tokens.end && t.kind != TitleKind::Honorific)
            });
            let name = self.without_border(rest);
            let plausible = !name.is_empty()
                && !name.clone().all(|i| VOICES.contains(&self.words.get(i)))
                && name.clone().all(|i| self.is_name_word(i) || PARTICLES.contains(&self.words.get(i)));
            if !all_title && !role && plausible {
                names.push(Name { tokens: name, what: Named::Person });
            }
        }
    }

    /// People whom only their title gives away ("President Duterte" without a label, or labelled as a place).
    pub(super) fn titled(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        let n = self.analysis.len();
        let mut taken: Vec<Option<usize>> = vec![None; n];
        for (k, name) in names.iter().enumerate() {
            taken[name.tokens.clone()].fill(Some(k));
        }
        let mut in_list = vec![false; n];
        for (tokens, _) in listed {
            in_list[tokens.clone()].fill(true);
        }
        let mut drop = vec![false; names.len()];
        let mut more = Vec::new();
        for i in 0..n.saturating_sub(1) {
            let sentence = self.analysis.sentence_of(i);
            let Some((first, title)) = self.words.title_ending(i, sentence.start) else { continue };
            let mut next = i + 1;
            // "President of Finland Sauli Niinistö".
            if next + 2 < sentence.end && self.words.get(next) == "of" && title.kind == TitleKind::Office {
                let mut place = next + 1;
                while place < sentence.end && in_list[place] {
                    place += 1;
                }
                if place > next + 1
                    && place + 1 < sentence.end
                    && self.is_name_word(place)
                    && self.is_name_word(place + 1)
                    && self.analysis[place].pos == Pos::Propn
                {
                    next = place;
                }
            }
            if next >= sentence.end
                || !self.is_name_word(next)
                || in_list[next]
                || self.words.title_starting(next, sentence.end).is_some()
            {
                continue;
            }
            if matches!(title.kind, TitleKind::Profession | TitleKind::Relation | TitleKind::Person) {
                continue;
            }
            // "General Assembly", "Deputy Foreign …": the title must be all there is before the name.
            if !self.words.is_capitalised(i) && self.analysis[next].pos != Pos::Propn {
                continue;
            }
            if self.analysis[first].tag == Tag::Prp || matches!(self.analysis[i].pos, Pos::Verb | Pos::Aux | Pos::Adv) {
                continue;
            }
            let mut end = next + 1;
            while end < sentence.end
                && end < next + 5
                && (self.is_name_word(end) && self.analysis[end].pos == Pos::Propn && !in_list[end]
                    || PARTICLES.contains(&self.words.get(end))
                        && !matches!(self.words.get(end), "of" | "e" | "y" | "'" | "’" | "–")
                        && end + 1 < sentence.end
                        && self.is_name_word(end + 1)
                        && self.analysis[end + 1].pos == Pos::Propn)
            {
                end += 1;
            }
            let run = next..end;
            if head(self.words.get(end - 1)).is_some() && run.len() > 1
                || head(self.words.get(next)).is_some() && title.kind != TitleKind::Honorific
            {
                continue;
            }
            match taken[next] {
                Some(k) if names[k].what == Named::Person => {}
                Some(k) if names[k].tokens.start == next && names[k].tokens.len() <= 4 => {
                    let covers = names[k].tokens.clone();
                    let capital_title = self.words.is_capitalised(i) || title.kind == TitleKind::Honorific;
                    let gazetteer = head(self.words.get(covers.end - 1)).is_some();
                    if capital_title
                        && !gazetteer
                        && covers.clone().all(|j| self.is_name_word(j) || PARTICLES.contains(&self.words.get(j)))
                    {
                        drop[k] = true;
                        more.push(Name { tokens: covers, what: Named::Person });
                    }
                }
                Some(_) => {}
                None if self.in_title_case(i) => {}
                None => {
                    let free = run.clone().take_while(|&j| taken[j].is_none()).count();
                    let rest = (free < run.len()).then(|| taken[next + free]).flatten();
                    match rest.filter(|&k| names[k].what == Named::Person && names[k].tokens.start == next + free) {
                        // The analysis has only the end of the name.
                        Some(k) => names[k].tokens.start = next,
                        None => more.push(Name { tokens: next..next + free, what: Named::Person }),
                    }
                }
            }
        }
        let mut kept = drop.iter();
        names.retain(|_| !kept.next().copied().unwrap_or(false));
        names.extend(more);
    }

    /// Bodies that only their words give away: "the Turkish Ministry of Foreign Affairs", "the Harbour Committee".
    pub(super) fn institutions(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        const HEADS_OF_BODIES: &[&str] = &[
            "ministry",
            "department",
            "council",
            "committee",
            "commission",
            "parliament",
            "court",
            "agency",
            "party",
            "university",
            "embassy",
            "office",
            "assembly",
            "institute",
            "bank",
            "directorate",
            "authority",
            "federation",
            "association",
            "union",
        ];
        let n = self.analysis.len();
        let mut taken = vec![false; n];
        for name in names.iter() {
            taken[name.tokens.clone()].fill(true);
        }
        let mut country = vec![false; n];
        for (tokens, what) in listed {
            let state = matches!(what, Listed::State(_) | Listed::Demonym(_));
            (if state { &mut country } else { &mut taken })[tokens.clone()].fill(true);
        }
        for i in 0..n {
            if taken[i]
                || !self.words.is_capitalised(i)
                || self.analysis[i].pos != Pos::Propn
                || !HEADS_OF_BODIES.contains(&self.words.get(i))
                || self.in_title_case(i)
            {
                continue;
            }
            let sentence = self.analysis.sentence_of(i);
            let mut start = i;
            while start > sentence.start
                && !taken[start - 1]
                && (country[start - 1]
                    || self.words.is_capitalised(start - 1) && self.analysis[start - 1].pos == Pos::Propn)
                && self.words.title_ending(start - 1, start - 1).is_none()
            {
                start -= 1;
            }
            if start < i {
                start = self.with_first_half(start);
            }
            let mut end = i + 1;
            if end + 1 < sentence.end && matches!(self.words.get(end), "of" | "for") {
                let mut to = end + 1 + usize::from(self.words.get(end + 1) == "the");
                let first = to;
                while to < sentence.end
                    && !taken[to]
                    && (country[to]
                        || self.words.is_capitalised(to)
                            && matches!(self.analysis[to].pos, Pos::Propn | Pos::Adj | Pos::Noun)
                        || self.words.get(to) == "and"
                            && to > first
                            && to + 1 < sentence.end
                            && self.words.is_capitalised(to + 1)
                            && self.analysis[to + 1].pos == Pos::Propn)
                {
                    to += 1;
                }
                if to > first {
                    end = to;
                }
            }
            // A title follows ("Council President"): the body is before it all the same.
            if end - start >= 2 {
                taken[start..end].fill(true);
                names.push(Name { tokens: start..end, what: Named::Organization });
            }
        }
    }

    /// Bodies that only those who act for them give away: "Nordlys officials", where the article writes "Nordlys" with a capital
    /// elsewhere and never without.
    pub(super) fn acted_for(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        const ACTING: &[&str] =
            &["official", "spokesman", "spokeswoman", "spokesperson", "executive", "representative"];
        let n = self.analysis.len();
        let mut taken = vec![false; n];
        for tokens in names.iter().map(|n| &n.tokens).chain(listed.iter().map(|(tokens, _)| tokens)) {
            taken[tokens.clone()].fill(true);
        }
        let is_name = |i: usize| {
            !taken[i]
                && matches!(self.analysis[i].pos, Pos::Propn | Pos::Noun)
                && self.is_name_word(i)
                && self.words.title_ending(i, i).is_none()
                && !self.in_title_case(i)
        };
        for i in 0..n.saturating_sub(1) {
            let acts = ACTING.contains(&self.words.get(i + 1)) && self.analysis[i].head == i + 1;
            if !acts || !is_name(i) || i > 0 && is_name(i - 1) {
                continue;
            }
            let word = self.analysis.word(i);
            let of_person =
                |name: &Name| name.what == Named::Person && name.tokens.clone().any(|j| self.analysis.word(j) == word);
            if names.iter().any(of_person) {
                continue;
            }
            let same = |j: &usize| *j != i && self.analysis.word(*j).eq_ignore_ascii_case(word);
            let others: Vec<usize> = (0..n).filter(same).collect();
            let within = |&j: &usize| self.analysis.sentence_of(j).start != j;
            if others.iter().any(within) && others.iter().all(|&j| self.words.is_capitalised(j)) {
                names.push(Name { tokens: i..i + 1, what: Named::Organization });
            }
        }
    }

    /// Two or three capitalised words without a label of which the first is a given name.
    pub(super) fn given_and_surname(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        let n = self.analysis.len();
        let mut taken = vec![false; n];
        for tokens in names
            .iter()
            .map(|n| &n.tokens)
            .chain(listed.iter().map(|(tokens, _)| tokens))
            .chain(self.analysis.entities().iter().map(|e| &e.tokens))
        {
            taken[tokens.clone()].fill(true);
        }
        let fits = |i: usize| {
            i < n
                && !taken[i]
                && self.is_name_word(i)
                && self.analysis[i].pos == Pos::Propn
                && self.analysis.word(i).chars().any(char::is_lowercase)
        };
        let mut i = 0;
        while i < n {
            let mut end = i;
            while fits(end) && end < i + 4 && self.analysis.sentence_of(i).contains(&end) {
                end += 1;
            }
            let starts = i == 0 || !fits(i - 1);
            let name = starts
                && (2..=3).contains(&(end - i))
                && given_names::is_given(&deunicode::deunicode(self.words.get(i)))
                && (i..end).all(|j| head(self.words.get(j)).is_none() && self.words.title_ending(j, j).is_none())
                && !self.in_title_case(i);
            if name {
                names.push(Name { tokens: i..end, what: Named::Person });
            }
            i = end.max(i + 1);
        }
    }

    /// A capitalised word without label and article that is the subject of a verb that only people can be the subject of.
    pub(super) fn subjects_of_people(&self, names: &mut Vec<Name>, listed: &[(Range<usize>, Listed)]) {
        const VERBS: &[&str] = &[
            "say",
            "tell",
            "add",
            "ask",
            "reply",
            "explain",
            "recall",
            "argue",
            "insist",
            "deny",
            "marry",
            "divorce",
            "study",
            "graduate",
            "retire",
            "resign",
            "smile",
            "laugh",
            "nod",
            "shrug",
            "write",
            "think",
            "believe",
            "feel",
            "know",
            "want",
            "hope",
            "remember",
            "joke",
            "quip",
            "tweet",
            "speak",
            "talk",
            "testify",
            "apologize",
            "apologise",
            "die",
            "bear",
            "grow",
            "attend",
            "teach",
            "sit",
            "wear",
            "love",
            "appear",
        ];
        let labels = self.labels();
        let mut taken = vec![false; self.analysis.len()];
        for tokens in names.iter().map(|n| &n.tokens).chain(listed.iter().map(|(tokens, _)| tokens)) {
            taken[tokens.clone()].fill(true);
        }
        for i in 0..self.analysis.len() {
            let token = &self.analysis[i];
            let subject = matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass) && token.tag == Tag::Nnp;
            if !subject || taken[i] || labels[i].is_some() || !self.is_name_word(i) || self.in_title_case(i) {
                continue;
            }
            let alone =
                self.analysis.children(i).iter().all(|&c| {
                    matches!(self.analysis[c].dep, Dep::Appos | Dep::Relcl | Dep::Punct | Dep::Conj | Dep::Cc)
                });
            let word = self.words.get(i);
            let name = alone
                && VERBS.contains(&&*self.analysis[token.head].lemma)
                && self.analysis.word(i).chars().skip(1).any(char::is_lowercase)
                && self.analysis.word(i).chars().count() >= 3
                && head(word).is_none()
                && titles::of_word(word).is_none();
            if name {
                names.push(Name { tokens: i..i + 1, what: Named::Person });
            }
        }
    }
}
