//! The graph as tools for property graphs know it: things with typed properties, joined by links with properties.

use crate::export::selected::{Selected, members};
use crate::quads::{mode_word, organization_word, place_word};
use demarche_record::{ParticipantRole, PlaceKind, StatementKind, Status};
use demarche_resolve::{Key, Meeting, Organization, Person, Place, Statement, Tenure, When};
use std::collections::{BTreeMap, BTreeSet};

/// Whether meetings and statements are things of their own, or only join those who met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// People, bodies, places, meetings and statements.
    #[default]
    Events,
    /// People, bodies and states, joined by the meetings that they had.
    Network,
}

/// What the values of a property are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Texts,
    Integer,
    Decimal,
    Day,
    Flag,
}

/// A property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Property {
    pub name: &'static str,
    pub kind: Type,
}

/// The value of a property.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Texts(Vec<String>),
    Integer(usize),
    Decimal(f64),
    Day(String),
    Flag(bool),
}

/// What a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum VertexKind {
    Person,
    Organization,
    Place,
    Meeting,
    Statement,
    Article,
}

/// How two things hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LinkKind {
    TakesPart,
    TakesPlaceIn,
    Said,
    SaidTo,
    About,
    HoldsOffice,
    Met,
    ReportedIn,
}

/// The days on which something can have happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub first: Option<String>,
    pub last: Option<String>,
}

/// A thing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Vertex {
    pub kind: VertexKind,
    /// `person:joe-biden`: the key in letters that every format allows in a name.
    pub id: String,
    pub iri: String,
    pub label: String,
    /// Whether it is a state besides.
    pub is_state: bool,
    /// One for each of [`VertexKind::properties`].
    pub values: Vec<Option<Value>>,
    /// When it took place; none for what has no time.
    pub span: Option<Span>,
}

/// A link.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    pub kind: LinkKind,
    /// The id of the thing that it leads from.
    pub from: String,
    /// The id of the thing that it leads to.
    pub to: String,
    /// One for each of [`LinkKind::properties`].
    pub values: Vec<Option<Value>>,
    /// When it holds, each time by itself; empty where it has no time.
    pub spans: Vec<Span>,
}

const fn property(name: &'static str, kind: Type) -> Property {
    Property { name, kind }
}

const OTHER_NAMES: Property = property("other_names", Type::Texts);
const SAME_AS: Property = property("same_as", Type::Texts);
const KIND: Property = property("kind", Type::Text);
const SOURCES: Property = property("sources", Type::Integer);
const CONFIDENCE: Property = property("confidence", Type::Decimal);
const WHEN: Property = property("when", Type::Text);
const EARLIEST: Property = property("earliest", Type::Day);
const LATEST: Property = property("latest", Type::Day);

impl VertexKind {
    pub const ALL: [VertexKind; 6] =
        [Self::Person, Self::Organization, Self::Place, Self::Meeting, Self::Statement, Self::Article];

    /// The name of the kind, as labels of nodes are written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Place => "Place",
            Self::Meeting => "Meeting",
            Self::Statement => "Statement",
            Self::Article => "Article",
        }
    }

    /// The properties that things of the kind may have.
    pub fn properties(self) -> &'static [Property] {
        const TITLES: Property = property("titles", Type::Texts);
        const COUNTRY: Property = property("country", Type::Text);
        const STATUS: Property = property("status", Type::Text);
        const MODE: Property = property("mode", Type::Text);
        const TOPICS: Property = property("topics", Type::Texts);
        const TEXT: Property = property("text", Type::Text);
        const CUE: Property = property("cue", Type::Text);
        const STANCE: Property = property("stance", Type::Text);
        const NEGATED: Property = property("negated", Type::Flag);
        const FILE: Property = property("file", Type::Text);
        const URL: Property = property("url", Type::Text);
        const PUBLISHER: Property = property("publisher", Type::Text);
        match self {
            Self::Person => &[OTHER_NAMES, SAME_AS, TITLES, SOURCES],
            Self::Organization => &[OTHER_NAMES, SAME_AS, KIND, SOURCES],
            Self::Place => &[OTHER_NAMES, SAME_AS, KIND, COUNTRY, SOURCES],
            Self::Meeting => &[KIND, STATUS, MODE, WHEN, EARLIEST, LATEST, TOPICS, SOURCES, CONFIDENCE],
            Self::Statement => &[KIND, TEXT, CUE, STANCE, NEGATED, WHEN, EARLIEST, LATEST, SOURCES, CONFIDENCE],
            Self::Article => &[FILE, URL, PUBLISHER, WHEN, EARLIEST, LATEST],
        }
    }
}

impl LinkKind {
    pub const ALL: [LinkKind; 8] = [
        Self::TakesPart,
        Self::TakesPlaceIn,
        Self::Said,
        Self::SaidTo,
        Self::About,
        Self::HoldsOffice,
        Self::Met,
        Self::ReportedIn,
    ];

    /// The name of the kind, as types of relationships are written.
    pub fn name(self) -> &'static str {
        match self {
            Self::TakesPart => "TAKES_PART",
            Self::TakesPlaceIn => "TAKES_PLACE_IN",
            Self::Said => "SAID",
            Self::SaidTo => "SAID_TO",
            Self::About => "ABOUT",
            Self::HoldsOffice => "HOLDS_OFFICE",
            Self::Met => "MET",
            Self::ReportedIn => "REPORTED_IN",
        }
    }

    /// The name as people write it: `takes part`.
    pub fn words(self) -> &'static str {
        match self {
            Self::TakesPart => "takes part",
            Self::TakesPlaceIn => "takes place in",
            Self::Said => "said",
            Self::SaidTo => "said to",
            Self::About => "about",
            Self::HoldsOffice => "holds office",
            Self::Met => "met",
            Self::ReportedIn => "reported in",
        }
    }

    /// The properties that links of the kind may have.
    pub fn properties(self) -> &'static [Property] {
        const ROLE: Property = property("role", Type::Text);
        const TITLE: Property = property("title", Type::Text);
        const FROM: Property = property("from", Type::Text);
        const UNTIL: Property = property("until", Type::Text);
        const MEETINGS: Property = property("meetings", Type::Integer);
        const FIRST: Property = property("first", Type::Day);
        const LAST: Property = property("last", Type::Day);
        const STATUS: Property = property("status", Type::Text);
        match self {
            Self::TakesPart => &[ROLE],
            Self::HoldsOffice => &[TITLE, FROM, UNTIL, SOURCES],
            Self::Met => &[MEETINGS, FIRST, LAST],
            Self::ReportedIn => &[STATUS],
            Self::TakesPlaceIn | Self::Said | Self::SaidTo | Self::About => &[],
        }
    }
}

fn id(key: &Key) -> String {
    key.as_str().replace('/', ":")
}

fn article_id(article: &str) -> String {
    format!("article:{}", crate::namespace::hyphenated(article.strip_prefix("doc:").unwrap_or(article)))
}

fn text(value: impl Into<String>) -> Option<Value> {
    Some(Value::Text(value.into()))
}

fn texts(values: &[String]) -> Option<Value> {
    (!values.is_empty()).then(|| Value::Texts(values.to_vec()))
}

fn day(value: Option<&String>) -> Option<Value> {
    value.map(|day| Value::Day(day.clone()))
}

/// Value, first and last day of a time.
fn times(when: Option<&When>) -> [Option<Value>; 3] {
    let Some(When { value, earliest, latest }) = when else { return [None, None, None] };
    [text(value), day(earliest.as_ref()), day(latest.as_ref())]
}

fn span(when: Option<&When>) -> Option<Span> {
    let when = when.filter(|when| when.earliest.is_some() || when.latest.is_some())?;
    Some(Span { first: when.earliest.clone(), last: when.latest.clone() })
}

/// The part that somebody has in a meeting.
pub(crate) fn role_word(role: ParticipantRole) -> &'static str {
    match role {
        ParticipantRole::Participant => "participant",
        ParticipantRole::Host => "host",
        ParticipantRole::Guest => "guest",
        ParticipantRole::Mediator => "mediator",
    }
}

/// Whose words a statement has.
pub(crate) fn statement_word(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Direct => "direct",
        StatementKind::Indirect => "indirect",
        StatementKind::Mixed => "mixed",
    }
}

impl Selected {
    /// The things that a view shows, kind by kind in the order of their keys.
    pub(crate) fn vertices(&self, view: View) -> impl Iterator<Item = Vertex> {
        let met: Option<BTreeSet<Key>> =
            (view == View::Network).then(|| self.encounters().into_keys().flat_map(|(a, b)| [a, b]).cloned().collect());
        let people = self.people().map(|person| (&person.key, self.person_vertex(person)));
        let bodies = self.organizations().map(|body| (&body.key, self.organization_vertex(body)));
        let places = self.places().map(|place| (&place.key, self.place_vertex(place)));
        let actors = people.chain(bodies).chain(places);
        let meetings = self.meetings().map(|meeting| (&meeting.key, self.meeting_vertex(meeting)));
        let statements = self.statements().map(|statement| (&statement.key, self.statement_vertex(statement)));
        let all = actors.chain(meetings).chain(statements);
        all.filter(move |(key, _)| met.as_ref().is_none_or(|met| met.contains(key))).map(|(_, vertex)| vertex)
    }

    /// The links that a view shows between its things, kind by kind.
    pub(crate) fn links(&self, view: View) -> Box<dyn Iterator<Item = Link> + '_> {
        match view {
            View::Network => Box::new(self.met()),
            View::Events => {
                let of_meetings = self.meetings().flat_map(|meeting| self.meeting_links(meeting));
                let of_statements = self.statements().flat_map(|statement| self.statement_links(statement));
                let offices = self.people().flat_map(|person| self.office_links(person));
                Box::new(of_meetings.chain(of_statements).chain(offices))
            }
        }
    }

    /// The articles, as things.
    pub(crate) fn article_vertices(&self) -> impl Iterator<Item = Vertex> {
        self.articles().map(|record| {
            let published = &record.published;
            Vertex {
                kind: VertexKind::Article,
                id: article_id(&record.id),
                iri: self.names().article(&record.id).into_string(),
                label: record.title.clone().unwrap_or_else(|| record.source.clone()),
                is_state: false,
                values: vec![
                    text(&record.source),
                    record.url.clone().map(Value::Text),
                    record.publisher.clone().map(Value::Text),
                    published.value.clone().map(Value::Text),
                    day(published.earliest.as_ref()),
                    day(published.latest.as_ref()),
                ],
                span: None,
            }
        })
    }

    /// Where meetings and statements are reported.
    pub(crate) fn report_links(&self) -> impl Iterator<Item = Link> {
        let link = |from: &Key, article: &str, status: Option<Value>| Link {
            kind: LinkKind::ReportedIn,
            from: id(from),
            to: article_id(article),
            values: vec![status],
            spans: Vec::new(),
        };
        let meetings = self.meetings().flat_map(move |meeting| {
            let mut told: BTreeMap<&str, &str> = BTreeMap::new();
            for report in &meeting.reports {
                told.insert(&report.member.article, report.status.as_str());
            }
            told.into_iter().map(move |(article, status)| link(&meeting.key, article, text(status)))
        });
        let statements = self.statements().flat_map(move |statement| {
            let told: BTreeSet<&str> = statement.members.iter().map(|member| member.article.as_str()).collect();
            told.into_iter().map(move |article| link(&statement.key, article, None))
        });
        meetings.chain(statements)
    }

    /// Everybody with everybody else whom they met, once for each pair.
    pub(crate) fn met(&self) -> impl Iterator<Item = Link> {
        self.encounters().into_iter().map(|((one, other), meetings)| {
            let whens = || meetings.iter().filter_map(|meeting| meeting.when.as_ref());
            let first = whens().filter_map(|when| when.earliest.as_ref()).min();
            let last = whens().filter_map(|when| when.latest.as_ref()).max();
            Link {
                kind: LinkKind::Met,
                from: id(one),
                to: id(other),
                values: vec![Some(Value::Integer(meetings.len())), day(first), day(last)],
                spans: meetings.iter().filter_map(|meeting| span(meeting.when.as_ref())).collect(),
            }
        })
    }

    /// The meetings that took place, by pairs of those who took part.
    fn encounters(&self) -> BTreeMap<(&Key, &Key), Vec<&Meeting>> {
        let mut pairs: BTreeMap<(&Key, &Key), Vec<&Meeting>> = BTreeMap::new();
        for meeting in self.meetings().filter(|meeting| matches!(meeting.status, Status::Held | Status::Ongoing)) {
            let agents: BTreeSet<&Key> = meeting.participants.iter().map(|part| &part.agent).collect();
            let agents: Vec<&Key> = agents.into_iter().filter(|agent| self.has(agent)).collect();
            for (number, one) in agents.iter().enumerate() {
                for other in &agents[number + 1..] {
                    pairs.entry((one, other)).or_default().push(meeting);
                }
            }
        }
        pairs
    }

    /// "foreign minister, Norway": the offices of a person, those that most articles tell first.
    pub(crate) fn titles(&self, person: &Person) -> Vec<String> {
        let mut tenures: Vec<&Tenure> = person.tenures.iter().collect();
        tenures.sort_by_key(|tenure| std::cmp::Reverse(tenure.evidence.len()));
        let mut titles: Vec<String> = Vec::new();
        for tenure in tenures {
            let title = match &tenure.of {
                Some(of) => format!("{}, {}", tenure.title, self.label(of)),
                None => tenure.title.clone(),
            };
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles
    }

    fn vertex(&self, kind: VertexKind, key: &Key, label: &str, values: Vec<Option<Value>>) -> Vertex {
        let (id, iri, label) = (id(key), self.iri(key), label.to_owned());
        Vertex { kind, id, iri, label, is_state: false, values, span: None }
    }

    fn person_vertex(&self, person: &Person) -> Vertex {
        let values = vec![
            texts(&person.other_names),
            texts(&person.identifiers),
            texts(&self.titles(person)),
            Some(Value::Integer(self.source_count(&person.members))),
        ];
        self.vertex(VertexKind::Person, &person.key, &person.name, values)
    }

    fn organization_vertex(&self, body: &Organization) -> Vertex {
        let values = vec![
            texts(&body.other_names),
            texts(&body.identifiers),
            text(organization_word(body.kind)),
            Some(Value::Integer(self.source_count(&body.members))),
        ];
        self.vertex(VertexKind::Organization, &body.key, &body.name, values)
    }

    fn place_vertex(&self, place: &Place) -> Vertex {
        let values = vec![
            texts(&place.other_names),
            texts(&place.identifiers),
            text(place_word(place.kind)),
            place.country.clone().map(Value::Text),
            Some(Value::Integer(self.source_count(&place.members))),
        ];
        let is_state = place.kind == PlaceKind::Country;
        Vertex { is_state, ..self.vertex(VertexKind::Place, &place.key, &place.name, values) }
    }

    fn meeting_vertex(&self, meeting: &Meeting) -> Vertex {
        let [when, earliest, latest] = times(meeting.when.as_ref());
        let values = vec![
            text(&meeting.kind),
            text(meeting.status.as_str()),
            meeting.mode.and_then(|mode| text(mode_word(mode))),
            when,
            earliest,
            latest,
            texts(&meeting.topics),
            Some(Value::Integer(self.source_count(&members(meeting)))),
            Some(Value::Decimal(meeting.confidence)),
        ];
        let span = span(meeting.when.as_ref());
        Vertex { span, ..self.vertex(VertexKind::Meeting, &meeting.key, &meeting.label, values) }
    }

    fn statement_vertex(&self, statement: &Statement) -> Vertex {
        let [when, earliest, latest] = times(statement.when.as_ref());
        let values = vec![
            text(statement_word(statement.kind)),
            text(&statement.text),
            statement.cue.clone().map(Value::Text),
            statement.stance.clone().map(Value::Text),
            Some(Value::Flag(statement.negated)),
            when,
            earliest,
            latest,
            Some(Value::Integer(self.source_count(&statement.members))),
            Some(Value::Decimal(statement.confidence)),
        ];
        let span = span(statement.when.as_ref());
        Vertex { span, ..self.vertex(VertexKind::Statement, &statement.key, &shortened(&statement.text), values) }
    }

    /// A link, where both of its ends were chosen.
    fn link(&self, kind: LinkKind, from: &Key, to: &Key, values: Vec<Option<Value>>, spans: Vec<Span>) -> Option<Link> {
        let known = self.has(from) && self.has(to);
        known.then(|| Link { kind, from: id(from), to: id(to), values, spans })
    }

    fn meeting_links(&self, meeting: &Meeting) -> Vec<Link> {
        let spans: Vec<Span> = span(meeting.when.as_ref()).into_iter().collect();
        let parts = meeting.participants.iter().filter_map(|part| {
            let role = vec![text(role_word(part.role))];
            self.link(LinkKind::TakesPart, &part.agent, &meeting.key, role, spans.clone())
        });
        let place = meeting.place.iter();
        let place =
            place.filter_map(|place| self.link(LinkKind::TakesPlaceIn, &meeting.key, place, vec![], spans.clone()));
        parts.chain(place).collect()
    }

    fn statement_links(&self, statement: &Statement) -> Vec<Link> {
        let spans: Vec<Span> = span(statement.when.as_ref()).into_iter().collect();
        let key = &statement.key;
        let speaker = statement.speaker.iter().map(|speaker| (LinkKind::Said, speaker, key));
        let addressees = statement.addressees.iter().map(|addressee| (LinkKind::SaidTo, key, addressee));
        let about = statement.about.iter().map(|about| (LinkKind::About, key, about));
        let all = speaker.chain(addressees).chain(about);
        all.filter_map(|(kind, from, to)| self.link(kind, from, to, vec![], spans.clone())).collect()
    }

    fn office_links(&self, person: &Person) -> Vec<Link> {
        let offices = person.tenures.iter().filter_map(|tenure| {
            let articles: BTreeSet<&str> = tenure.evidence.iter().map(|e| e.article.as_str()).collect();
            let values = vec![
                text(&tenure.title),
                tenure.from.clone().map(Value::Text),
                tenure.until.clone().map(Value::Text),
                Some(Value::Integer(articles.len())),
            ];
            self.link(LinkKind::HoldsOffice, &person.key, tenure.of.as_ref()?, values, vec![])
        });
        offices.collect()
    }
}

/// The first words of a statement, to call it by.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST) {
        None => words,
        Some((cut, _)) => {
            let whole = words[..cut].rfind(' ').filter(|&space| space > MOST / 2).unwrap_or(cut);
            format!("{}…", words[..whole].trim_end_matches([',', ';', ':']))
        }
    }
}
