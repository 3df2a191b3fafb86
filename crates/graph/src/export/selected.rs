//! What a selection chooses of a store: the things that every format but RDF writes.

use crate::diagram::{Diagram, Selection};
use crate::error::{Kind, StoreError};
use crate::lookup;
use crate::namespace::Namespace;
use crate::store::Store;
use demarche_record::Record;
use demarche_resolve::{Corpus, Key, Meeting, Member, Organization, Person, Place, Statement};
use std::collections::BTreeSet;

/// People, bodies, places, meetings and statements of a store, all or chosen, with the records that they are from.
pub struct Selected {
    records: Vec<Record>,
    corpus: Corpus,
    names: Namespace,
    /// What was chosen; everything where there is no choice.
    chosen: Option<BTreeSet<Key>>,
    left_out: Vec<String>,
}

impl Store {
    /// Chooses what to write in a format that is no RDF. Without a filter that is everything, also people of no meeting and
    /// statements of nobody.
    ///
    /// # Errors
    /// When `about` names nothing or several things, a bound is no date, or a record cannot be read.
    pub fn select(&self, selection: &Selection) -> Result<Selected, StoreError> {
        let records = self.records()?;
        let corpus = self.corpus_of(&records)?;
        let names = self.names().clone();
        let whole = !selection.is_partial() && selection.statements && selection.max_nodes == usize::MAX;
        if whole {
            return Ok(Selected { records, corpus, names, chosen: None, left_out: Vec::new() });
        }
        let diagram = diagram(&corpus, &names, selection)?;
        let key = |iri: &str| iri.strip_prefix(names.base()).and_then(Key::parse);
        let chosen = diagram.graph().node_weights().filter_map(|node| key(&node.id)).collect();
        // The first sentence counts what is there.
        let left_out = diagram.caption.into_iter().skip(1).collect();
        Ok(Selected { records, corpus, names, chosen: Some(chosen), left_out })
    }

    /// The picture of what a selection chooses, to be written as DOT, SVG or PNG.
    ///
    /// # Errors
    /// As [`Store::select`].
    pub fn diagram(&self, selection: &Selection) -> Result<Diagram, StoreError> {
        let corpus = self.corpus()?;
        diagram(&corpus, self.names(), selection)
    }
}

/// The diagram of what a selection chooses of a corpus. Names are those of the corpus, also the other ones in use.
pub(crate) fn diagram(corpus: &Corpus, names: &Namespace, selection: &Selection) -> Result<Diagram, StoreError> {
    let mut selection = selection.clone();
    if let Some(asked) = &selection.about {
        let known = NameOrIri { corpus, names, asked };
        selection.about = Some(known.iri()?);
    }
    let all = Diagram::of_corpus(corpus, names, "Who met whom");
    Ok(all.select(&selection).map_err(|error| Kind::Unknown(error.to_string()))?)
}

/// What somebody is asked for by.
struct NameOrIri<'a> {
    corpus: &'a Corpus,
    names: &'a Namespace,
    asked: &'a str,
}

impl NameOrIri<'_> {
    fn iri(&self) -> Result<String, StoreError> {
        let asked = self.asked;
        let bare = asked.trim().trim_start_matches('<').trim_end_matches('>');
        if bare
            .strip_prefix(self.names.base())
            .and_then(Key::parse)
            .is_some_and(|key| self.corpus.label(&key).is_some())
        {
            return Ok(bare.to_owned());
        }
        let called = lookup::everybody(self.corpus);
        let articles = |key: &&Key| lookup::articles(self.corpus, key);
        Ok(self.names.of(lookup::find("person, body or place", called, articles, asked.trim())?).into_string())
    }
}

impl Selected {
    /// The people, in the order of their keys.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.corpus.people.iter().filter(|person| self.has(&person.key))
    }

    /// The bodies, in the order of their keys.
    pub fn organizations(&self) -> impl Iterator<Item = &Organization> {
        self.corpus.organizations.iter().filter(|body| self.has(&body.key))
    }

    /// The places, states among them, in the order of their keys.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.corpus.places.iter().filter(|place| self.has(&place.key))
    }

    /// The meetings, in the order of their keys.
    pub fn meetings(&self) -> impl Iterator<Item = &Meeting> {
        self.corpus.meetings.iter().filter(|meeting| self.has(&meeting.key))
    }

    /// The statements, in the order of their keys.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.corpus.statements.iter().filter(|statement| self.has(&statement.key))
    }

    /// The articles that tell of the meetings and statements, in the order of their ids; all of them where nothing was
    /// left out.
    pub fn articles(&self) -> impl Iterator<Item = &Record> {
        let told: Option<BTreeSet<&str>> = self.chosen.as_ref().map(|_| {
            let of_meetings = self.meetings().flat_map(|meeting| &meeting.reports).map(|report| &report.member);
            let of_statements = self.statements().flat_map(|statement| &statement.members);
            of_meetings.chain(of_statements).map(|member| member.article.as_str()).collect()
        });
        self.records.iter().filter(move |record| told.as_ref().is_none_or(|told| told.contains(record.id.as_str())))
    }

    /// Sentences on what was left out though no filter named it: what has no known day, found no room or has no speaker.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// Whether a thing of the corpus was chosen.
    pub(crate) fn has(&self, key: &Key) -> bool {
        match &self.chosen {
            Some(chosen) => chosen.contains(key),
            // A record may speak of what is not in the corpus, having been dropped by a correction.
            None => self.corpus.label(key).is_some(),
        }
    }

    /// What to call a thing.
    pub(crate) fn label<'a>(&'a self, key: &'a Key) -> &'a str {
        self.corpus.label(key).unwrap_or(key.name())
    }

    /// The country that a place lies in or is.
    pub(crate) fn country(&self, place: &Key) -> Option<&str> {
        self.corpus.place(place)?.country.as_deref()
    }

    /// The IRI of a thing.
    pub(crate) fn iri(&self, key: &Key) -> String {
        self.names.of(key).into_string()
    }

    /// The base and the prefixes of the IRIs.
    pub(crate) fn names(&self) -> &Namespace {
        &self.names
    }

    /// What an article says.
    pub(crate) fn record(&self, article: &str) -> Option<&Record> {
        self.records.binary_search_by(|record| record.id.as_str().cmp(article)).ok().map(|found| &self.records[found])
    }

    /// The articles of some members, each once, in the order of their dates.
    pub(crate) fn told_by<'m>(&self, members: impl IntoIterator<Item = &'m Member>) -> Vec<&Record> {
        let ids: BTreeSet<&str> = members.into_iter().map(|member| member.article.as_str()).collect();
        let mut records: Vec<&Record> = ids.into_iter().filter_map(|id| self.record(id)).collect();
        records.sort_by_key(|record| (&record.published.latest, &record.id));
        records
    }

    /// From how many independent articles the members are.
    pub(crate) fn source_count(&self, members: &[Member]) -> usize {
        self.corpus.source_count(members)
    }
}

/// The members that a meeting is made of.
pub(crate) fn members(meeting: &Meeting) -> Vec<Member> {
    meeting.reports.iter().map(|report| report.member.clone()).collect()
}
