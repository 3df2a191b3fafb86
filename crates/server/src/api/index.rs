//! What lists, search and the network need of every thing, read from the graph once.
//!
//! Details of one thing are looked up in the graph when they are asked for; what has to be compared over all things
//! (names, counts, days) lies here in plain vectors. Made before the workers are forked, so that all of them share it.

use super::answers::{ArticleSummary, At, Kind, Link, MeetingSummary, NamedSummary, StatementSummary, Time};
use super::facts::{Facts, In, concept, mention, number, text, time};
use super::words::{folded, searched};
use crate::exchange::Failed;
use demarche_graph::Store;
use demarche_graph::model::{NamedNodeRef, Term};
use demarche_graph::vocabulary::{dct, dm, owl, prov, rdf, rdfs, skos};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The number of a thing in its list.
pub(super) type Number = u32;

/// Where a key's thing lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Entry {
    Named(Number),
    Meeting(Number),
    Statement(Number),
    Article(Number),
}

/// A person, body or place.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Named {
    pub key: String,
    pub name: String,
    pub other_names: Vec<String>,
    pub identifiers: Vec<String>,
    pub sort: Option<String>,
    pub country: Option<String>,
    pub sources: u32,
    /// Offices, by their nodes' keys.
    pub tenures: Vec<String>,
    /// Meetings with it as a participant.
    pub attended: Vec<Number>,
    /// Meetings that took place there.
    pub here: Vec<Number>,
    /// Statements that it made.
    pub said: Vec<Number>,
    /// Statements that mention it.
    pub mentioned: Vec<Number>,
    /// The names, folded, each with `-` before it.
    pub folded: Vec<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Meeting {
    pub key: String,
    pub name: String,
    pub status: String,
    pub mode: Option<String>,
    pub sort: Option<String>,
    pub participants: Vec<Number>,
    pub place: Option<Number>,
    pub value: Option<String>,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub sources: u32,
    pub confidence: f64,
    /// Statements that mention it.
    pub mentioned: Vec<Number>,
    pub articles: Vec<Number>,
    pub searched: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Statement {
    pub key: String,
    pub text: String,
    pub sort: String,
    pub speaker: Option<Number>,
    pub cue: Option<String>,
    pub stance: Option<String>,
    pub negated: bool,
    pub addressees: Vec<Number>,
    pub about: Vec<Entry>,
    pub value: Option<String>,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    /// The day of the first article, where one is dated.
    pub reported: Option<String>,
    pub articles: Vec<Number>,
    pub sources: u32,
    pub confidence: f64,
    pub searched: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Article {
    pub key: String,
    pub id: String,
    pub title: String,
    pub file: String,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub value: Option<String>,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub dated_by: Option<String>,
    pub searched: String,
}

/// What lists, search and the network need; made once from a store.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Index {
    pub(super) named: Vec<Named>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) statements: Vec<Statement>,
    pub(super) articles: Vec<Article>,
    entries: HashMap<String, Entry>,
}

impl Index {
    /// Reads what is needed from a store's graph, which is loaded if it is not yet.
    ///
    /// # Errors
    /// When the graph cannot be loaded or read.
    pub fn new(store: &Store) -> Result<Self, Failed> {
        let facts = Facts::of(store);
        let mut index = Self::default();
        index.keys(facts)?;
        index.names(facts)?;
        index.offices(facts)?;
        index.articles(facts)?;
        index.tell_times(facts)?;
        index.tell_meetings(facts)?;
        index.tell_statements(facts)?;
        index.finish();
        Ok(index)
    }

    /// The thing of a key.
    pub(super) fn find(&self, key: &str) -> Option<Entry> {
        self.entries.get(key).copied()
    }

    /// Every thing, in the order of the keys, so that numbers follow keys.
    fn keys(&mut self, facts: Facts<'_>) -> Result<(), Failed> {
        let mut keys: Vec<String> = Vec::new();
        facts.each(rdf::TYPE, In::All, |key, _| {
            if Kind::of_key(key).is_some() {
                keys.push(key.to_owned());
            }
        })?;
        keys.sort();
        keys.dedup();
        for key in keys {
            let entry = match Kind::of_key(&key) {
                Some(Kind::Person | Kind::Organization | Kind::Place) => {
                    self.named.push(Named { key: key.clone(), ..Named::default() });
                    Entry::Named(last(&self.named))
                }
                Some(Kind::Meeting) => {
                    self.meetings.push(Meeting { key: key.clone(), ..Meeting::default() });
                    Entry::Meeting(last(&self.meetings))
                }
                Some(Kind::Statement) => {
                    self.statements.push(Statement { key: key.clone(), ..Statement::default() });
                    Entry::Statement(last(&self.statements))
                }
                Some(Kind::Article) => {
                    self.articles.push(Article { key: key.clone(), ..Article::default() });
                    Entry::Article(last(&self.articles))
                }
                None => continue,
            };
            self.entries.insert(key, entry);
        }
        Ok(())
    }

    /// Reads a property of all things below the base that are in the index.
    fn column(
        &mut self,
        facts: Facts<'_>,
        predicate: NamedNodeRef<'_>,
        mut take: impl FnMut(&mut Self, Entry, &Term),
    ) -> Result<(), Failed> {
        facts.each(predicate, In::All, |key, object| {
            if let Some(entry) = self.find(key) {
                take(self, entry, object);
            }
        })
    }

    /// The same of things that refer to others in the index.
    fn links(
        &mut self,
        facts: Facts<'_>,
        predicate: NamedNodeRef<'_>,
        mut take: impl FnMut(&mut Self, Entry, Entry),
    ) -> Result<(), Failed> {
        self.column(facts, predicate, |index, entry, object| {
            if let Some(other) = facts.key(object).and_then(|key| index.find(key)) {
                take(index, entry, other);
            }
        })
    }

    fn names(&mut self, facts: Facts<'_>) -> Result<(), Failed> {
        let owned = |term: &Term| text(term).unwrap_or_default().to_owned();
        self.column(facts, rdfs::LABEL, |index, entry, label| match entry {
            Entry::Named(number) => index.named[at(number)].name = owned(label),
            Entry::Meeting(number) => index.meetings[at(number)].name = owned(label),
            Entry::Article(number) => index.articles[at(number)].title = owned(label),
            Entry::Statement(_) => {}
        })?;
        self.column(facts, skos::ALT_LABEL, |index, entry, label| {
            if let Entry::Named(number) = entry {
                index.named[at(number)].other_names.push(owned(label));
            }
        })?;
        self.column(facts, owl::SAME_AS, |index, entry, same| {
            if let (Entry::Named(number), Term::NamedNode(same)) = (entry, same) {
                index.named[at(number)].identifiers.push(same.as_str().to_owned());
            }
        })?;
        self.column(facts, dm::KIND, |index, entry, kind| match entry {
            Entry::Named(number) => index.named[at(number)].sort = text(kind).map(str::to_owned),
            Entry::Meeting(number) => index.meetings[at(number)].sort = text(kind).map(str::to_owned),
            Entry::Statement(_) | Entry::Article(_) => {}
        })?;
        self.column(facts, dm::COUNTRY, |index, entry, country| {
            if let Entry::Named(number) = entry {
                index.named[at(number)].country = text(country).map(str::to_owned);
            }
        })?;
        self.column(facts, dm::TENURE, |index, entry, tenure| {
            if let (Entry::Named(number), Some(key)) = (entry, facts.key(tenure)) {
                index.named[at(number)].tenures.push(key.to_owned());
            }
        })?;
        self.column(facts, dm::SOURCE_COUNT, |index, entry, count| {
            let count = number(count).unwrap_or_default();
            match entry {
                Entry::Named(number) => index.named[at(number)].sources = count,
                Entry::Meeting(number) => index.meetings[at(number)].sources = count,
                Entry::Statement(number) => index.statements[at(number)].sources = count,
                Entry::Article(_) => {}
            }
        })
    }

    /// For each person the office that most articles give, as a line of a list has it.
    fn offices(&mut self, facts: Facts<'_>) -> Result<(), Failed> {
        let mut offices: HashMap<String, (u32, String)> = HashMap::new();
        facts.each(rdfs::LABEL, In::All, |key, label| {
            if key.starts_with("tenure/") {
                offices.entry(key.to_owned()).or_default().1 = text(label).unwrap_or_default().to_owned();
            }
        })?;
        facts.each(dm::SOURCE_COUNT, In::All, |key, count| {
            if let Some(office) = offices.get_mut(key) {
                office.0 = number(count).unwrap_or_default();
            }
        })?;
        for named in self.named.iter_mut().filter(|named| !named.tenures.is_empty()) {
            let held = named.tenures.iter().filter_map(|tenure| offices.get(tenure));
            let best = held.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
            named.sort = best.map(|(_, label)| label.clone());
        }
        Ok(())
    }

    fn articles(&mut self, facts: Facts<'_>) -> Result<(), Failed> {
        type Set = fn(&mut Article, String);
        let columns: [(NamedNodeRef<'_>, Set); 6] = [
            (dct::IDENTIFIER, |article, value| article.id = value),
            (dm::FILE, |article, value| article.file = value),
            (dm::PUBLISHER, |article, value| article.publisher = Some(value)),
            (dm::PUBLISHED, |article, value| article.value = Some(value)),
            (dm::DATED_BY, |article, value| article.dated_by = Some(value)),
            (demarche_graph::vocabulary::schema::URL, |article, value| article.url = Some(value)),
        ];
        for (predicate, set) in columns {
            self.column(facts, predicate, |index, entry, value| {
                if let (Entry::Article(number), Some(value)) = (entry, text(value)) {
                    set(&mut index.articles[at(number)], value.to_owned());
                }
            })?;
        }
        Ok(())
    }

    fn tell_times(&mut self, facts: Facts<'_>) -> Result<(), Failed> {
        let owned = |term: &Term| text(term).map(str::to_owned);
        self.column(facts, dm::WHEN, |index, entry, value| match entry {
            Entry::Meeting(number) => index.meetings[at(number)].value = owned(value),
            Entry::Statement(number) => index.statements[at(number)].value = owned(value),
            Entry::Named(_) | Entry::Article(_) => {}
        })?;
        self.column(facts, dm::EARLIEST, |index, entry, day| match entry {
            Entry::Meeting(number) => index.meetings[at(number)].earliest = owned(day),
            Entry::Statement(number) => index.statements[at(number)].earliest = owned(day),
            Entry::Article(number) => index.articles[at(number)].earliest = owned(day),
            Entry::Named(_) => {}
        })?;
        self.column(facts, dm::LATEST, |index, entry, day| match entry {
            Entry::Meeting(number) => index.meetings[at(number)].latest = owned(day),
            Entry::Statement(number) => index.statements[at(number)].latest = owned(day),
            Entry::Article(number) => index.articles[at(number)].latest = owned(day),
            Entry::Named(_) => {}
        })?;
        self.column(facts, dm::CONFIDENCE, |index, entry, confidence| {
            let confidence = number(confidence).unwrap_or_default();
            match entry {
                Entry::Meeting(number) => index.meetings[at(number)].confidence = confidence,
                Entry::Statement(number) => index.statements[at(number)].confidence = confidence,
                Entry::Named(_) | Entry::Article(_) => {}
            }
        })
    }

    fn tell_meetings(&mut self, facts: Facts<'_>) -> Result<(), Failed> {
        self.links(facts, dm::PARTICIPANT, |index, meeting, agent| {
            if let (Entry::Meeting(meeting), Entry::Named(agent)) = (meeting, agent) {
                index.meetings[at(meeting)].participants.push(agent);
                index.named[at(agent)].attended.push(meeting);
            }
        })?;
        self.links(facts, dm::PLACE, |index, meeting, place| {
            if let (Entry::Meeting(meeting), Entry::Named(place)) = (meeting, place) {
                index.meetings[at(meeting)].place = Some(place);
                index.named[at(place)].here.push(meeting);
            }
        })?;
        self.column(facts, dm::STATUS, |index, entry, status| {
            if let (Entry::Meeting(number), Some(status)) = (entry, concept(status)) {
                index.meetings[at(number)].status = status;
            }
        })?;
        self.column(facts, dm::MODE, |index, entry, mode| {
            if let Entry::Meeting(number) = entry {
                index.meetings[at(number)].mode = concept(mode);
            }
        })?;
        self.links(facts, prov::WAS_DERIVED_FROM, |index, entry, article| {
            let Entry::Article(article) = article else { return };
            match entry {
                Entry::Meeting(number) => index.meetings[at(number)].articles.push(article),
                Entry::Statement(number) => index.statements[at(number)].articles.push(article),
                Entry::Named(_) | Entry::Article(_) => {}
            }
        })
    }

    fn tell_statements(&mut self, facts: Facts<'_>) -> Result<(), Failed> {
        type Set = fn(&mut Statement, String);
        let columns: [(NamedNodeRef<'_>, Set); 3] = [
            (dm::TEXT, |statement, value| statement.text = value),
            (dm::CUE, |statement, value| statement.cue = Some(value)),
            (dm::NEGATED, |statement, value| statement.negated = value == "true"),
        ];
        for (predicate, set) in columns {
            self.column(facts, predicate, |index, entry, value| {
                if let (Entry::Statement(number), Some(value)) = (entry, text(value)) {
                    set(&mut index.statements[at(number)], value.to_owned());
                }
            })?;
        }
        self.column(facts, dm::STANCE, |index, entry, stance| {
            if let Entry::Statement(number) = entry {
                index.statements[at(number)].stance = concept(stance);
            }
        })?;
        self.column(facts, rdf::TYPE, |index, entry, class| {
            let sorts = [
                (dm::DIRECT_STATEMENT, "direct"),
                (dm::INDIRECT_STATEMENT, "indirect"),
                (dm::MIXED_STATEMENT, "mixed"),
            ];
            if let (Entry::Statement(number), Term::NamedNode(class)) = (entry, class)
                && let Some((_, sort)) = sorts.into_iter().find(|(known, _)| class == known)
            {
                index.statements[at(number)].sort = sort.to_owned();
            }
        })?;
        self.links(facts, dm::SPEAKER, |index, statement, speaker| {
            if let (Entry::Statement(statement), Entry::Named(speaker)) = (statement, speaker) {
                index.statements[at(statement)].speaker = Some(speaker);
                index.named[at(speaker)].said.push(statement);
            }
        })?;
        self.links(facts, dm::ADDRESSEE, |index, statement, addressee| {
            if let (Entry::Statement(statement), Entry::Named(addressee)) = (statement, addressee) {
                index.statements[at(statement)].addressees.push(addressee);
            }
        })?;
        self.links(facts, dm::ABOUT, |index, statement, about| {
            let Entry::Statement(statement) = statement else { return };
            index.statements[at(statement)].about.push(about);
            match about {
                Entry::Named(number) => index.named[at(number)].mentioned.push(statement),
                Entry::Meeting(number) => index.meetings[at(number)].mentioned.push(statement),
                Entry::Statement(_) | Entry::Article(_) => {}
            }
        })
    }

    /// The engine gives facts in no order that means anything; and what follows from others.
    fn finish(&mut self) {
        for named in &mut self.named {
            for list in [&mut named.attended, &mut named.here, &mut named.said, &mut named.mentioned] {
                list.sort_unstable();
                list.dedup();
            }
            for list in [&mut named.other_names, &mut named.identifiers, &mut named.tenures] {
                list.sort_unstable();
            }
            let names = std::iter::once(&named.name).chain(&named.other_names);
            named.folded = names.map(|name| folded(name)).collect();
        }
        for meeting in &mut self.meetings {
            for list in [&mut meeting.participants, &mut meeting.mentioned, &mut meeting.articles] {
                list.sort_unstable();
                list.dedup();
            }
            meeting.searched = searched(&meeting.name);
        }
        for article in &mut self.articles {
            article.searched = searched(&article.title);
        }
        for statement in &mut self.statements {
            statement.addressees.sort_unstable();
            statement.about.sort_unstable();
            statement.articles.sort_unstable();
            let days = statement.articles.iter().filter_map(|number| self.articles[at(*number)].latest.as_ref());
            statement.reported = days.min().cloned();
            statement.searched = searched(&statement.text);
        }
    }
}

/// Making the parts of answers.
impl Index {
    pub(super) fn link(&self, entry: Entry) -> Link {
        let (key, name) = match entry {
            Entry::Named(number) => (&self.named[at(number)].key, &self.named[at(number)].name),
            Entry::Meeting(number) => (&self.meetings[at(number)].key, &self.meetings[at(number)].name),
            Entry::Statement(number) => (&self.statements[at(number)].key, &self.statements[at(number)].text),
            Entry::Article(number) => (&self.articles[at(number)].key, &self.articles[at(number)].title),
        };
        Link { key: key.clone(), kind: self.kind(entry), name: name.clone() }
    }

    pub(super) fn kind(&self, entry: Entry) -> Kind {
        match entry {
            Entry::Named(number) => {
                let key = &self.named[at(number)].key;
                Kind::of_key(key).expect("only keys of known kinds are in the index")
            }
            Entry::Meeting(_) => Kind::Meeting,
            Entry::Statement(_) => Kind::Statement,
            Entry::Article(_) => Kind::Article,
        }
    }

    pub(super) fn named_link(&self, number: Number) -> Link {
        self.link(Entry::Named(number))
    }

    /// What a key of the graph is called; none where the graph does not have it.
    pub(super) fn link_of(&self, key: &str) -> Option<Link> {
        self.find(key).map(|entry| self.link(entry))
    }

    pub(super) fn article_summary(&self, number: Number) -> ArticleSummary {
        let article = &self.articles[at(number)];
        ArticleSummary {
            key: article.key.clone(),
            title: article.title.clone(),
            publisher: article.publisher.clone(),
            published: when(&article.value, &article.earliest, &article.latest),
        }
    }

    pub(super) fn named_summary(&self, number: Number) -> NamedSummary {
        let named = &self.named[at(number)];
        NamedSummary {
            key: named.key.clone(),
            kind: self.named_link(number).kind,
            name: named.name.clone(),
            other_names: named.other_names.clone(),
            sort: named.sort.clone(),
            country: named.country.clone(),
            sources: named.sources,
            meetings: named.attended.len() + named.here.iter().filter(|m| !named.attended.contains(m)).count(),
            statements: named.said.len(),
        }
    }

    pub(super) fn meeting_summary(&self, number: Number, facts: Facts<'_>) -> Result<MeetingSummary, Failed> {
        let meeting = &self.meetings[at(number)];
        Ok(MeetingSummary {
            key: meeting.key.clone(),
            name: meeting.name.clone(),
            status: meeting.status.clone(),
            mode: meeting.mode.clone(),
            sort: meeting.sort.clone(),
            participants: meeting.participants.iter().map(|agent| self.named_link(*agent)).collect(),
            place: meeting.place.map(|place| self.named_link(place)),
            when: when(&meeting.value, &meeting.earliest, &meeting.latest),
            sources: meeting.sources,
            confidence: meeting.confidence,
            at: self.shown_at(&meeting.key, facts)?,
        })
    }

    pub(super) fn statement_summary(&self, number: Number, facts: Facts<'_>) -> Result<StatementSummary, Failed> {
        let statement = &self.statements[at(number)];
        Ok(StatementSummary {
            key: statement.key.clone(),
            text: statement.text.clone(),
            sort: statement.sort.clone(),
            speaker: statement.speaker.map(|speaker| self.named_link(speaker)),
            cue: statement.cue.clone(),
            stance: statement.stance.clone(),
            negated: statement.negated,
            addressees: statement.addressees.iter().map(|agent| self.named_link(*agent)).collect(),
            about: statement.about.iter().map(|entry| self.link(*entry)).collect(),
            when: when(&statement.value, &statement.earliest, &statement.latest),
            reported: statement.reported.clone(),
            sources: statement.sources,
            confidence: statement.confidence,
            at: self.shown_at(&statement.key, facts)?,
        })
    }

    /// The longest stretch of the first article that tells of a thing.
    fn shown_at(&self, key: &str, facts: Facts<'_>) -> Result<Option<At>, Failed> {
        let evidence = facts.objects(&facts.node(key), dm::EVIDENCE, In::All)?;
        let stretches = evidence.iter().filter_map(|term| mention(facts.key(term)?));
        let ranked = stretches.map(|(article, start, end)| {
            let day = match self.find(article) {
                Some(Entry::Article(number)) => self.articles[at(number)].latest.clone(),
                _ => None,
            };
            ((day.is_none(), day, article), std::cmp::Reverse(end - start), start, end)
        });
        let first = ranked.min();
        Ok(first.map(|((_, _, article), _, start, end)| At { article: article.to_owned(), start, end }))
    }
}

/// A time, where there is a value or a day.
pub(super) fn when(value: &Option<String>, earliest: &Option<String>, latest: &Option<String>) -> Option<Time> {
    let value = value.as_ref().or(earliest.as_ref()).or(latest.as_ref())?;
    Some(time(value.clone(), earliest.clone(), latest.clone()))
}

/// A number as an index of a vector.
pub(super) fn at(number: Number) -> usize {
    number as usize
}

fn last<T>(list: &[T]) -> Number {
    Number::try_from(list.len() - 1).expect("fewer than 4,294,967,296 things")
}
