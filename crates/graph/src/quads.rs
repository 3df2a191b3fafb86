//! Records and what they have in common, as quads.

use crate::corrected::things;
use crate::namespace::Namespace;
use crate::parallel;
use crate::vocabulary::{CONCEPTS, dct, dm, edtf, nif, owl, prov, rdf, rdfs, schema, skos, xsd};
use demarche_record::{
    Basis, MeetingTime, MentionKind, Mode, OrganizationKind, ParticipantRole, PlaceKind, Published, Record, Span,
    StatementKind, Status,
};
use demarche_resolve::{
    Action, Claim, Corpus, Correction, Corrections, Evidence, Key, Meeting, Member, Organization, Participant, Person,
    Place, Statement, Values, Version, When, Written, resolve,
};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The language of labels and texts.
pub(crate) const LANGUAGE: &str = "en";

/// The quads of one record by itself, sorted: what a graph with this article alone would hold.
pub fn record_quads(record: &Record, names: &Namespace) -> Vec<Quad> {
    let corpus = resolve(std::slice::from_ref(record));
    let mut quads = corpus_quads(std::slice::from_ref(record), &corpus, &Corrections::default(), names);
    quads.extend(article_quads(record, &corpus, names));
    quads
}

/// What all articles together say (default graph), what readers have set right (graph of the corrections), and why things
/// were taken for the same (graph of the decisions). Sorted, each quad once.
pub fn corpus_quads(records: &[Record], corpus: &Corpus, corrections: &Corrections, names: &Namespace) -> Vec<Quad> {
    let mut quads = default_quads(records, corpus, names, 1);
    quads.extend(decision_quads(corpus, corrections, names));
    quads
}

/// What all articles together say: the default graph, made by so many threads.
pub(crate) fn default_quads(records: &[Record], corpus: &Corpus, names: &Namespace, threads: usize) -> Vec<Quad> {
    let by_id: BTreeMap<&str, &Record> = records.iter().map(|record| (record.id.as_str(), record)).collect();
    let articles: Vec<&Record> = by_id.values().copied().collect();
    let shares: Vec<usize> = (0..threads).collect();
    let mut quads: Vec<Quad> = parallel::map(threads, &shares, |share| {
        let share = |all: usize| all * share / threads..all * (share + 1) / threads;
        let mut writer = Writer::new(names, GraphName::DefaultGraph);
        for record in &articles[share(articles.len())] {
            writer.article(record, corpus.written.get(&record.id));
            // The reports of an article may use a concept that no meeting of the corpus has in the end.
            for meeting in &record.meetings {
                let participants = meeting.participants.iter().filter_map(|p| role_concept(p.role));
                writer.uses(status_concept(meeting.status));
                meeting.mode.map(mode_concept).into_iter().for_each(|concept| writer.uses(concept));
                participants.for_each(|concept| writer.uses(concept));
            }
        }
        writer.people(&corpus.people[share(corpus.people.len())], corpus, &by_id);
        writer.organizations(&corpus.organizations[share(corpus.organizations.len())], corpus, &by_id);
        writer.places(&corpus.places[share(corpus.places.len())], corpus, &by_id);
        writer.meetings(&corpus.meetings[share(corpus.meetings.len())], corpus, &by_id);
        writer.statements(&corpus.statements[share(corpus.statements.len())], corpus, &by_id);
        writer.concepts();
        writer.finish()
    })
    .into_iter()
    .flatten()
    .collect();
    // The shares are sorted, so that this does no more than to merge them; what two of them say stands once.
    quads.sort_by(quad_order);
    quads.dedup();
    quads
}

/// What readers have set right and what was decided, a graph each.
pub(crate) fn decision_quads(corpus: &Corpus, corrections: &Corrections, names: &Namespace) -> Vec<Quad> {
    let nodes: Vec<NamedNode> = corrections
        .entries()
        .iter()
        .map(|correction| names.correction(&short_digest([correction.to_string().as_str()])))
        .collect();
    let mut writer = Writer::new(names, names.corrections().into());
    for (node, correction) in nodes.iter().zip(corrections.entries()) {
        writer.correction(node, correction);
    }
    let mut quads = writer.finish();
    let mut writer = Writer::new(names, names.decisions().into());
    writer.decisions(corpus, &nodes);
    quads.extend(writer.finish());
    quads
}

/// The first 16 digits of a digest: enough to name what has no name of its own.
fn short_digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut digest = crate::view::digest(parts);
    digest.truncate(16);
    digest
}

/// What one article says, in its own named graph: reports of meetings and statements, and every mention with its
/// offsets. Sorted, each quad once.
pub fn article_quads(record: &Record, corpus: &Corpus, names: &Namespace) -> Vec<Quad> {
    let article = names.article(&record.id);
    let mut writer = Writer::new(names, article.clone().into());
    writer.mentions(record, corpus);
    // Where a record says the very same thing twice, once is enough.
    let mut reports: BTreeSet<NamedNode> = BTreeSet::new();
    for meeting in &record.meetings {
        let Some((key, report)) = report(record, &meeting.id, corpus, names) else { continue };
        if !reports.insert(report.clone()) {
            continue;
        }
        writer.a(&report, dm::MEETING_REPORT);
        writer.link(&report, dm::REPORTS, names.of(key));
        for participant in &meeting.participants {
            if let Some(agent) = corpus.key(record, &participant.entity) {
                writer.participant(&report, agent, participant.role);
            }
        }
        let place = meeting.place.as_ref().and_then(|place| corpus.key(record, place));
        writer.meeting_facts(&report, place, meeting.status, meeting.mode, &meeting.kind);
        for speaker in demarche_resolve::claimants(record, meeting) {
            if let Some(agent) = corpus.key(record, speaker) {
                writer.link(&report, dm::CLAIMED_BY, names.of(agent));
            }
        }
        for topic in &meeting.topics {
            writer.text(&report, dm::TOPIC, topic.text());
        }
        if let Some(time) = &meeting.time {
            writer.when(&report, &of_record(time));
        }
        writer.confidence(&report, meeting.confidence);
        for span in meeting_spans(meeting) {
            writer.link(&report, dm::EVIDENCE, names.mention(&record.id, span));
        }
        writer.link(&report, prov::WAS_DERIVED_FROM, article.clone());
    }
    for statement in &record.statements {
        let Some((key, report)) = report(record, &statement.id, corpus, names) else { continue };
        if !reports.insert(report.clone()) {
            continue;
        }
        writer.a(&report, dm::STATEMENT_REPORT);
        writer.link(&report, dm::REPORTS, names.of(key));
        if let Some(speaker) = statement.speaker.as_ref().and_then(|speaker| corpus.key(record, speaker)) {
            writer.link(&report, dm::SPEAKER, names.of(speaker));
        }
        let parts: Vec<&str> = statement.content.iter().map(Span::text).collect();
        writer.text(&report, dm::TEXT, &parts.join(" … "));
        if let Some(cue) = &statement.cue {
            writer.literal(&report, dm::CUE, Literal::new_simple_literal(&cue.lemma));
        }
        if let Some(time) = &statement.time {
            writer.when(&report, &of_record(time));
        }
        writer.confidence(&report, statement.confidence);
        for span in statement_spans(statement) {
            writer.link(&report, dm::EVIDENCE, names.mention(&record.id, span));
        }
        writer.link(&report, prov::WAS_DERIVED_FROM, article.clone());
    }
    writer.finish()
}

/// The thing that a record speaks of as `local`, and the IRI of what it says of it.
fn report<'c>(record: &Record, local: &str, corpus: &'c Corpus, names: &Namespace) -> Option<(&'c Key, NamedNode)> {
    let key = corpus.key(record, local)?;
    Some((key, names.report(corpus.fingerprint(record, local)?)))
}

/// The words that a meeting rests on: its namings and its time.
fn meeting_spans(meeting: &demarche_record::Meeting) -> impl Iterator<Item = &Span> {
    let namings = meeting.mentions.iter().map(|mention| &mention.span);
    namings.chain(meeting.time.iter().map(|time| &time.span))
}

/// The words that a statement rests on: its content, who speaks and the word that tells of speaking.
fn statement_spans(statement: &demarche_record::Statement) -> impl Iterator<Item = &Span> {
    statement.content.iter().chain(&statement.source).chain(statement.cue.iter().map(|cue| &cue.span))
}

fn of_record(time: &MeetingTime) -> When {
    When { value: time.value.clone(), earliest: time.earliest.clone(), latest: time.latest.clone() }
}

/// The order in which quads are kept and written: by graph (the default graph first), subject, predicate (types
/// first), object.
pub(crate) fn quad_order(a: &Quad, b: &Quad) -> Ordering {
    fn graph(quad: &Quad) -> &str {
        match &quad.graph_name {
            GraphName::NamedNode(name) => name.as_str(),
            _ => "",
        }
    }
    graph(a).cmp(graph(b)).then_with(|| subject(a).cmp(subject(b))).then_with(|| predicate_order(a, b))
}

/// The order of quads with one subject.
fn predicate_order(a: &Quad, b: &Quad) -> Ordering {
    fn object(quad: &Quad) -> (u8, &str, &str, &str) {
        match &quad.object {
            Term::NamedNode(node) => (0, node.as_str(), "", ""),
            Term::Literal(literal) => {
                (1, literal.value(), literal.datatype().as_str(), literal.language().unwrap_or_default())
            }
            _ => (2, "", "", ""),
        }
    }
    let is_other = |quad: &Quad| quad.predicate.as_ref() != rdf::TYPE;
    is_other(a)
        .cmp(&is_other(b))
        .then_with(|| a.predicate.as_str().cmp(b.predicate.as_str()))
        .then_with(|| object(a).cmp(&object(b)))
}

fn subject(quad: &Quad) -> &str {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

/// Gathers the quads of one graph.
struct Writer<'a> {
    names: &'a Namespace,
    graph: GraphName,
    quads: Vec<Quad>,
    /// Concepts that were used, to be described with a label.
    concepts: BTreeSet<&'static str>,
}

impl<'a> Writer<'a> {
    fn new(names: &'a Namespace, graph: GraphName) -> Self {
        Self { names, graph, quads: Vec::new(), concepts: BTreeSet::new() }
    }

    /// The quads sorted, each once. They come subject by subject, so that it is quicker to sort the subjects first.
    fn finish(self) -> Vec<Quad> {
        let mut runs: Vec<Vec<Quad>> = Vec::new();
        for quad in self.quads {
            match runs.last_mut() {
                Some(run) if run[0].subject == quad.subject => run.push(quad),
                _ => runs.push(vec![quad]),
            }
        }
        runs.sort_by(|a, b| subject(&a[0]).cmp(subject(&b[0])));
        let mut sorted: Vec<Quad> = Vec::with_capacity(runs.iter().map(Vec::len).sum());
        let mut runs = runs.into_iter().peekable();
        while let Some(mut of_subject) = runs.next() {
            while let Some(more) = runs.next_if(|run| run[0].subject == of_subject[0].subject) {
                of_subject.extend(more);
            }
            of_subject.sort_by(predicate_order);
            of_subject.dedup();
            sorted.append(&mut of_subject);
        }
        sorted
    }

    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate, object, self.graph.clone()));
    }

    fn a(&mut self, subject: &NamedNode, class: NamedNodeRef<'_>) {
        self.add(subject, rdf::TYPE, class);
    }

    fn link(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: NamedNode) {
        self.add(subject, predicate, object);
    }

    fn literal(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, literal: Literal) {
        self.add(subject, predicate, literal);
    }

    fn plain(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: &str) {
        self.literal(subject, predicate, Literal::new_simple_literal(text));
    }

    fn text(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: &str) {
        self.literal(subject, predicate, Literal::new_language_tagged_literal_unchecked(text, LANGUAGE));
    }

    fn day(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, day: &str) {
        self.literal(subject, predicate, Literal::new_typed_literal(day, xsd::DATE));
    }

    fn when(&mut self, subject: &NamedNode, when: &When) {
        self.literal(subject, dm::WHEN, time_literal(&when.value));
        self.bounds(subject, when.earliest.as_deref(), when.latest.as_deref());
    }

    fn bounds(&mut self, subject: &NamedNode, earliest: Option<&str>, latest: Option<&str>) {
        for (predicate, day) in [(dm::EARLIEST, earliest), (dm::LATEST, latest)] {
            if let Some(day) = day {
                self.day(subject, predicate, day);
            }
        }
    }

    fn count(&mut self, subject: &NamedNode, count: usize) {
        self.literal(subject, dm::SOURCE_COUNT, Literal::new_typed_literal(count.to_string(), xsd::INTEGER));
    }

    fn confidence(&mut self, subject: &NamedNode, confidence: f64) {
        self.literal(subject, dm::CONFIDENCE, Literal::new_typed_literal(decimal(confidence), xsd::DECIMAL));
    }

    fn uses(&mut self, concept: NamedNodeRef<'static>) {
        self.concepts.insert(concept.as_str());
    }

    /// The labels of the concepts that were used.
    fn concepts(&mut self) {
        let used = std::mem::take(&mut self.concepts);
        for concept in CONCEPTS.iter().filter(|concept| used.contains(concept.iri.as_str())) {
            let node = concept.iri.into_owned();
            self.a(&node, skos::CONCEPT);
            self.text(&node, rdfs::LABEL, concept.label);
            self.link(&node, skos::IN_SCHEME, concept.scheme.into_owned());
        }
    }

    /// An article. Where the meetings that it shares with others tell when it was `written`, that is its date.
    fn article(&mut self, record: &Record, written: Option<&Written>) {
        let article = self.names.article(&record.id);
        self.a(&article, dm::ARTICLE);
        self.text(&article, rdfs::LABEL, record.title.as_deref().unwrap_or(&record.source));
        if let Some(title) = &record.title {
            self.text(&article, dct::TITLE, title);
        }
        self.plain(&article, dct::IDENTIFIER, &record.id);
        self.plain(&article, dct::LANGUAGE, &record.language);
        self.plain(&article, dm::FILE, &record.source);
        if let Some(publisher) = &record.publisher {
            self.plain(&article, dm::PUBLISHER, publisher);
        }
        if let Some(url) = &record.url {
            self.plain(&article, schema::URL, url);
        }
        if let Some(Written { earliest, latest }) = written {
            let end = |day: &Option<String>| day.clone().unwrap_or_else(|| "..".to_owned());
            self.literal(&article, dm::PUBLISHED, time_literal(&format!("{}/{}", end(earliest), end(latest))));
            self.bounds(&article, earliest.as_deref(), latest.as_deref());
            self.plain(&article, dm::DATED_BY, "meetings");
            return;
        }
        let Published { value, earliest, latest, basis } = &record.published;
        if let Some(value) = value {
            self.literal(&article, dm::PUBLISHED, time_literal(value));
        }
        self.bounds(&article, earliest.as_deref(), latest.as_deref());
        if *basis != Basis::Unknown {
            self.plain(&article, dm::DATED_BY, basis_word(*basis));
        }
    }

    /// Articles, the number of independent ones, and the first words in each that the members rest on.
    fn provenance<'r>(
        &mut self,
        corpus: &Corpus,
        subject: &NamedNode,
        members: &[Member],
        records: &BTreeMap<&str, &'r Record>,
        spans: impl Fn(&'r Record, &str) -> Vec<&'r Span>,
    ) {
        let articles: BTreeSet<&str> = members.iter().map(|member| member.article.as_str()).collect();
        self.count(subject, corpus.source_count(members));
        for article in articles {
            self.link(subject, prov::WAS_DERIVED_FROM, self.names.article(article));
        }
        for member in members {
            if let Some(record) = records.get(member.article.as_str()) {
                for span in spans(record, &member.local) {
                    self.link(subject, dm::EVIDENCE, self.names.mention(&member.article, span));
                }
            }
        }
    }

    /// What people, organisations and places have in common: names, identifiers.
    fn named(&mut self, subject: &NamedNode, name: &str, other_names: &[String], identifiers: &[String]) {
        self.text(subject, rdfs::LABEL, name);
        for other in other_names {
            self.text(subject, skos::ALT_LABEL, other);
        }
        for identifier in identifiers {
            // What is no IRI cannot be written as one; the record keeps it.
            if let Ok(same) = NamedNode::new(identifier) {
                self.link(subject, owl::SAME_AS, same);
            }
        }
    }

    fn people(&mut self, people: &[Person], corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        for person in people {
            let subject = self.names.of(&person.key);
            self.a(&subject, dm::PERSON);
            self.named(&subject, &person.name, &person.other_names, &person.identifiers);
            self.provenance(corpus, &subject, &person.members, records, |record, local| {
                let found = record.people.iter().find(|person| person.id == local);
                found.and_then(|person| first_naming(&person.mentions)).into_iter().collect()
            });
            for tenure in &person.tenures {
                let node = self.names.of(&tenure.key);
                self.link(&subject, dm::TENURE, node.clone());
                self.a(&node, dm::TENURE_CLASS);
                let of = tenure.of.as_ref();
                let label = match of.and_then(|of| corpus.label(of)) {
                    Some(of) => format!("{}, {of}", tenure.title),
                    None => tenure.title.clone(),
                };
                self.text(&node, rdfs::LABEL, &label);
                self.text(&node, dm::TITLE, &tenure.title);
                if let Some(of) = of {
                    self.link(&node, dm::OF, self.names.of(of));
                }
                for (predicate, value) in [(dm::FROM, &tenure.from), (dm::UNTIL, &tenure.until)] {
                    if let Some(value) = value {
                        self.literal(&node, predicate, time_literal(value));
                    }
                }
                let articles: BTreeSet<&str> = tenure.evidence.iter().map(|e| e.article.as_str()).collect();
                self.count(&node, articles.len());
                for Evidence { article, span } in &tenure.evidence {
                    self.link(&node, prov::WAS_DERIVED_FROM, self.names.article(article));
                    self.link(&node, dm::EVIDENCE, self.names.mention(article, span));
                }
            }
        }
    }

    fn organizations(&mut self, all: &[Organization], corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        for organization in all {
            let subject = self.names.of(&organization.key);
            self.a(&subject, dm::ORGANIZATION);
            self.named(&subject, &organization.name, &organization.other_names, &organization.identifiers);
            if organization.kind != OrganizationKind::Other {
                self.plain(&subject, dm::KIND, organization_word(organization.kind));
            }
            self.provenance(corpus, &subject, &organization.members, records, |record, local| {
                let found = record.organizations.iter().find(|organization| organization.id == local);
                found.and_then(|organization| first_naming(&organization.mentions)).into_iter().collect()
            });
        }
    }

    fn places(&mut self, places: &[Place], corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        for place in places {
            let subject = self.names.of(&place.key);
            self.a(&subject, dm::PLACE_CLASS);
            if place.kind == PlaceKind::Country {
                // A state is a place and a body that speaks and meets.
                self.a(&subject, dm::STATE);
                self.a(&subject, dm::ORGANIZATION);
            }
            self.named(&subject, &place.name, &place.other_names, &place.identifiers);
            if place.kind != PlaceKind::Other {
                self.plain(&subject, dm::KIND, place_word(place.kind));
            }
            if let Some(country) = &place.country {
                self.plain(&subject, dm::COUNTRY, country);
            }
            self.provenance(corpus, &subject, &place.members, records, |record, local| {
                let found = record.places.iter().find(|place| place.id == local);
                found.and_then(|place| first_naming(&place.mentions)).into_iter().collect()
            });
        }
    }

    fn participant(&mut self, meeting: &NamedNode, agent: &Key, role: ParticipantRole) {
        let node = self.names.of(agent);
        self.link(meeting, dm::PARTICIPANT, node.clone());
        let Some(concept) = role_concept(role) else { return };
        let participation = self.names.participation(meeting, agent);
        self.link(meeting, dm::PARTICIPATION, participation.clone());
        self.a(&participation, dm::PARTICIPATION_CLASS);
        self.link(&participation, dm::AGENT, node);
        self.add(&participation, dm::ROLE, concept);
    }

    fn meeting_facts(&mut self, node: &NamedNode, place: Option<&Key>, status: Status, mode: Option<Mode>, kind: &str) {
        if let Some(place) = place {
            self.link(node, dm::PLACE, self.names.of(place));
        }
        self.add(node, dm::STATUS, status_concept(status));
        if let Some(mode) = mode {
            self.add(node, dm::MODE, mode_concept(mode));
        }
        if !kind.is_empty() {
            self.plain(node, dm::KIND, kind);
        }
    }

    fn meetings(&mut self, meetings: &[Meeting], corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        for meeting in meetings {
            let subject = self.names.of(&meeting.key);
            self.a(&subject, dm::MEETING_CLASS);
            self.text(&subject, rdfs::LABEL, &meeting.label);
            for participant in &meeting.participants {
                self.participant(&subject, &participant.agent, participant.role);
            }
            self.meeting_facts(&subject, meeting.place.as_ref(), meeting.status, meeting.mode, &meeting.kind);
            for topic in &meeting.topics {
                self.text(&subject, dm::TOPIC, topic);
            }
            if let Some(when) = &meeting.when {
                self.when(&subject, when);
            }
            self.confidence(&subject, meeting.confidence);
            let members: Vec<Member> = meeting.reports.iter().map(|report| report.member.clone()).collect();
            self.provenance(corpus, &subject, &members, records, |record, local| {
                let found = record.meetings.iter().filter(|meeting| meeting.id == local);
                found.flat_map(meeting_spans).collect()
            });
            if let Some(shortcut) = shortcut(meeting.status) {
                self.shortcuts(shortcut, &meeting.participants);
            }
            for disagreement in &meeting.disagreements {
                for version in &disagreement.versions {
                    self.version(&subject, version, corpus, records);
                }
            }
        }
    }

    /// What some of the reports of a meeting say of it and others do not.
    fn version(&mut self, meeting: &NamedNode, version: &Version, corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        let disputed = match &version.claim {
            Claim::Participants(_) => dm::PARTICIPANT,
            Claim::Place(_) => dm::PLACE,
            Claim::Mode(_) => dm::MODE,
            Claim::When(_) => dm::WHEN,
            Claim::Status(_) => dm::STATUS,
        };
        let node = self.names.version(meeting, &version.claim);
        self.link(meeting, dm::VERSION, node.clone());
        self.a(&node, dm::VERSION_CLASS);
        self.add(&node, dm::DISPUTED, disputed);
        match &version.claim {
            Claim::Participants(agents) => {
                agents.iter().for_each(|agent| self.link(&node, disputed, self.names.of(agent)));
            }
            Claim::Place(place) => self.link(&node, disputed, self.names.of(place)),
            Claim::Mode(mode) => self.add(&node, disputed, mode_concept(*mode)),
            Claim::When(when) => self.when(&node, when),
            Claim::Status(status) => self.add(&node, disputed, status_concept(*status)),
        }
        for member in &version.reports {
            let Some(record) = records.get(member.article.as_str()) else { continue };
            if let Some((_, report)) = report(record, &member.local, corpus, self.names) {
                self.link(&node, dm::TOLD_BY, report);
            }
            self.link(&node, prov::WAS_DERIVED_FROM, self.names.article(&record.id));
        }
    }

    /// Everybody with everybody else, in both directions.
    fn shortcuts(&mut self, shortcut: NamedNodeRef<'_>, participants: &[Participant]) {
        for one in participants {
            for other in participants.iter().filter(|other| other.agent != one.agent) {
                let (one, other) = (self.names.of(&one.agent), self.names.of(&other.agent));
                self.link(&one, shortcut, other);
            }
        }
    }

    fn statements(&mut self, statements: &[Statement], corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        for statement in statements {
            let subject = self.names.of(&statement.key);
            self.a(&subject, dm::STATEMENT);
            self.a(
                &subject,
                match statement.kind {
                    StatementKind::Direct => dm::DIRECT_STATEMENT,
                    StatementKind::Indirect => dm::INDIRECT_STATEMENT,
                    StatementKind::Mixed => dm::MIXED_STATEMENT,
                },
            );
            if let Some(speaker) = &statement.speaker {
                let speaker = self.names.of(speaker);
                self.link(&subject, dm::SPEAKER, speaker.clone());
                if !statement.negated {
                    self.link(&speaker, dm::SAID, subject.clone());
                }
            }
            self.text(&subject, dm::TEXT, &statement.text);
            if let Some(word) = &statement.cue {
                self.plain(&subject, dm::CUE, word);
            }
            if let Some(stance) = statement.stance.as_deref().and_then(stance_concept) {
                self.add(&subject, dm::STANCE, stance);
                self.uses(stance);
            }
            for addressee in &statement.addressees {
                self.link(&subject, dm::ADDRESSEE, self.names.of(addressee));
            }
            for about in &statement.about {
                self.link(&subject, dm::ABOUT, self.names.of(about));
            }
            if let Some(when) = &statement.when {
                self.when(&subject, when);
            }
            if statement.negated {
                self.literal(&subject, dm::NEGATED, Literal::from(true));
            }
            self.confidence(&subject, statement.confidence);
            if statement.kind != StatementKind::Indirect {
                for member in &statement.members {
                    self.link(&subject, prov::WAS_QUOTED_FROM, self.names.article(&member.article));
                }
            }
            self.provenance(corpus, &subject, &statement.members, records, |record, local| {
                let found = record.statements.iter().filter(|statement| statement.id == local);
                found.flat_map(statement_spans).collect()
            });
        }
    }

    fn decisions(&mut self, corpus: &Corpus, corrections: &[NamedNode]) {
        for decision in &corpus.decisions {
            let mut parts = vec![decision.kind.as_str(), &decision.reason];
            parts.extend(decision.about.iter().chain(&decision.other).map(Key::as_str));
            for member in &decision.members {
                parts.extend([member.article.as_str(), member.local.as_str()]);
            }
            let node = self.names.decision(&short_digest(parts));
            self.a(&node, dm::DECISION);
            self.plain(&node, dm::KIND, decision.kind.as_str());
            self.text(&node, dm::REASON, &decision.reason);
            let score = Literal::new_typed_literal(decision.score.to_string(), xsd::INTEGER);
            self.literal(&node, dm::SCORE, score);
            if let Some(about) = &decision.about {
                self.link(&node, dm::DECIDES, self.names.of(about));
            }
            if let Some(other) = &decision.other {
                self.link(&node, dm::APART_FROM, self.names.of(other));
            }
            if let Some(correction) = decision.correction.and_then(|number| corrections.get(number)) {
                self.link(&node, dm::FOLLOWS, correction.clone());
            }
            for member in &decision.members {
                self.link(&node, prov::WAS_DERIVED_FROM, self.names.article(&member.article));
            }
        }
    }

    fn correction(&mut self, node: &NamedNode, correction: &Correction) {
        self.a(node, dm::CORRECTION);
        if let Some(because) = &correction.because {
            self.text(node, dm::REASON, because);
        }
        let kind = match &correction.action {
            Action::Same(_) => "same",
            Action::Different(_) => "different",
            Action::Drop(_) => "drop",
            Action::Rename { .. } => "rename",
            Action::Set { .. } => "set",
        };
        self.plain(node, dm::KIND, kind);
        for thing in things(&correction.action) {
            self.link(node, dm::CORRECTS, self.names.of(&thing.key));
        }
        match &correction.action {
            Action::Rename { name, .. } => self.text(node, rdfs::LABEL, name),
            Action::Set { values, .. } => self.values(node, values),
            Action::Same(_) | Action::Different(_) | Action::Drop(_) => {}
        }
    }

    /// What a correction sets, in the terms of what it corrects.
    fn values(&mut self, node: &NamedNode, values: &Values) {
        if let Some(status) = values.status {
            self.add(node, dm::STATUS, status_concept(status));
        }
        if let Some(mode) = values.mode {
            self.add(node, dm::MODE, mode_concept(mode));
        }
        for (predicate, key) in [(dm::PLACE, &values.place), (dm::SPEAKER, &values.speaker)] {
            if let Some(key) = key {
                self.link(node, predicate, self.names.of(key));
            }
        }
        if let Some(when) = &values.when {
            self.when(node, when);
        }
        if let Some(country) = &values.country {
            self.plain(node, dm::COUNTRY, country);
        }
        if let Some(Ok(same)) = values.identifier.as_ref().map(NamedNode::new) {
            self.link(node, owl::SAME_AS, same);
        }
    }

    /// Every stretch of the article that anything rests on, with its offsets and what it refers to.
    fn mentions(&mut self, record: &Record, corpus: &Corpus) {
        let people = record.people.iter().map(|person| (&person.id, &person.mentions));
        let organizations = record.organizations.iter().map(|body| (&body.id, &body.mentions));
        let places = record.places.iter().map(|place| (&place.id, &place.mentions));
        for (id, mentions) in people.chain(organizations).chain(places) {
            for mention in mentions {
                let node = self.mention(record, &mention.span);
                self.plain(&node, dm::KIND, mention_word(mention.kind));
                if let Some(key) = corpus.key(record, id) {
                    self.link(&node, dm::REFERS_TO, self.names.of(key));
                }
            }
        }
        for role in record.people.iter().flat_map(|person| &person.roles) {
            self.mention(record, &role.span);
        }
        for meeting in &record.meetings {
            for span in meeting_spans(meeting).chain(&meeting.topics) {
                self.mention(record, span);
            }
        }
        for statement in &record.statements {
            for span in statement_spans(statement) {
                self.mention(record, span);
            }
        }
    }

    fn mention(&mut self, record: &Record, span: &Span) -> NamedNode {
        let node = self.names.mention(&record.id, span);
        // Oxigraph keeps every kind of integer as xsd:integer: written so from the start, exports and queries agree.
        let offset = |offset: usize| Literal::new_typed_literal(offset.to_string(), xsd::INTEGER);
        self.a(&node, dm::MENTION);
        self.literal(&node, nif::BEGIN_INDEX, offset(span.start()));
        self.literal(&node, nif::END_INDEX, offset(span.end()));
        self.plain(&node, nif::ANCHOR_OF, span.text());
        self.link(&node, nif::REFERENCE_CONTEXT, self.names.article(&record.id));
        node
    }
}

/// The first mention by name, else the first at all.
pub(crate) fn first_naming(mentions: &[demarche_record::Mention]) -> Option<&Span> {
    let named = mentions.iter().find(|mention| mention.kind == MentionKind::Name);
    named.or(mentions.first()).map(|mention| &mention.span)
}

/// The shortcut between participants that a status allows: a cancelled or denied meeting gives none.
fn shortcut(status: Status) -> Option<NamedNodeRef<'static>> {
    match status {
        Status::Held | Status::Ongoing => Some(dm::MET),
        Status::Planned | Status::Postponed => Some(dm::PLANS_TO_MEET),
        Status::Proposed | Status::Possible => Some(dm::MAY_MEET),
        Status::Cancelled | Status::Denied => None,
    }
}

/// The shortcut that a concept of status allows.
pub(crate) fn shortcut_of(status: &Term) -> Option<NamedNodeRef<'static>> {
    let is = |known: &Status| matches!(status, Term::NamedNode(concept) if *concept == status_concept(*known));
    Status::ALL.into_iter().find(is).and_then(shortcut)
}

/// A TIMEX3/EDTF value at its own precision: a day, a month, a year; anything else is EDTF.
pub(crate) fn time_literal(value: &str) -> Literal {
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    // A time of day is more than the types can hold together with an unknown time zone; the day stands.
    let day = value.split('T').next().unwrap_or(value);
    let parts: Vec<&str> = day.split('-').collect();
    match parts[..] {
        [year, month, date] if digits(year, 4) && digits(month, 2) && digits(date, 2) => {
            Literal::new_typed_literal(day, xsd::DATE)
        }
        [year, month] if digits(year, 4) && digits(month, 2) && ("01"..="12").contains(&month) => {
            Literal::new_typed_literal(day, xsd::G_YEAR_MONTH)
        }
        [year] if digits(year, 4) => Literal::new_typed_literal(day, xsd::G_YEAR),
        _ => Literal::new_typed_literal(value, edtf::EDTF),
    }
}

/// A number between 0 and 1 in the canonical form of xsd:decimal, with at most three decimals: 0.93, 1.
pub(crate) fn decimal(value: f64) -> String {
    let text = format!("{:.3}", value.clamp(0.0, 1.0));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub(crate) fn status_concept(status: Status) -> NamedNodeRef<'static> {
    match status {
        Status::Held => dm::HELD,
        Status::Ongoing => dm::ONGOING,
        Status::Planned => dm::PLANNED,
        Status::Proposed => dm::PROPOSED,
        Status::Possible => dm::POSSIBLE,
        Status::Postponed => dm::POSTPONED,
        Status::Cancelled => dm::CANCELLED,
        Status::Denied => dm::DENIED,
    }
}

/// A part that says more than that somebody took part.
fn role_concept(role: ParticipantRole) -> Option<NamedNodeRef<'static>> {
    match role {
        ParticipantRole::Participant => None,
        ParticipantRole::Host => Some(dm::HOST),
        ParticipantRole::Guest => Some(dm::GUEST),
        ParticipantRole::Mediator => Some(dm::MEDIATOR),
    }
}

fn mode_concept(mode: Mode) -> NamedNodeRef<'static> {
    match mode {
        Mode::InPerson => dm::IN_PERSON,
        Mode::Phone => dm::PHONE,
        Mode::Video => dm::VIDEO,
        Mode::Written => dm::WRITTEN,
    }
}

/// The concept for the word that the lexicon has; none for a word that it has not.
fn stance_concept(stance: &str) -> Option<NamedNodeRef<'static>> {
    CONCEPTS.iter().find(|concept| concept.scheme == dm::STANCES && concept.label == stance).map(|concept| concept.iri)
}

/// How people talk, in words ("by phone"): the label of the concept.
pub(crate) fn mode_word(mode: Mode) -> &'static str {
    let concept = mode_concept(mode);
    CONCEPTS.iter().find(|known| known.iri == concept).map_or("", |known| known.label)
}

pub(crate) fn organization_word(kind: OrganizationKind) -> &'static str {
    match kind {
        OrganizationKind::Government => "government",
        OrganizationKind::Company => "company",
        OrganizationKind::International => "international",
        OrganizationKind::Media => "media",
        OrganizationKind::Party => "party",
        OrganizationKind::Other => "other",
    }
}

pub(crate) fn place_word(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::City => "city",
        PlaceKind::Country => "country",
        PlaceKind::Region => "region",
        PlaceKind::Venue => "venue",
        PlaceKind::Other => "other",
    }
}

fn mention_word(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name => "name",
        MentionKind::Nominal => "nominal",
        MentionKind::Pronoun => "pronoun",
    }
}

fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Option => "option",
        Basis::Metadata => "metadata",
        Basis::Url => "url",
        Basis::Dateline => "dateline",
        Basis::Inferred => "inferred",
        Basis::Unknown => "unknown",
    }
}
