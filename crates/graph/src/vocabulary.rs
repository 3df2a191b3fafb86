//! The terms that the graph is written in. Made from `ontology/demarche.ttl` by `cargo ontology`: edit that file.

use oxigraph::model::NamedNodeRef;

/// Declares the terms of a vocabulary as constants, and the list of all of them.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $module:ident, $namespace:literal, { $($(#[$comment:meta])* $name:ident = $local:literal,)* }) => {
        $(#[$doc])*
        pub mod $module {
            use super::NamedNodeRef;

            /// What the IRIs of this vocabulary begin with.
            pub const NAMESPACE: &str = $namespace;

            $(
                #[doc = concat!("`", stringify!($module), ":", $local, "`.")]
                $(#[$comment])*
                pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $local));
            )*

            /// All terms that the graph may use.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($name),*];
        }
    };
}

/// A concept of one of our schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concept {
    /// The concept.
    pub iri: NamedNodeRef<'static>,
    /// The scheme that it belongs to.
    pub scheme: NamedNodeRef<'static>,
    /// Its label in English.
    pub label: &'static str,
}

vocabulary! {
    /// Our own terms, `https://w3id.org/demarche#`.
    dm, "https://w3id.org/demarche#", {
        /// Who meets and speaks: a person, a body or a state. In the words of the news a city may stand for those who govern there; such a dm:Place takes part and speaks without being an agent.
        AGENT_CLASS = "Agent",
        /// An individual human being that an article names.
        PERSON = "Person",
        /// A body, state organ, company, party or medium.
        ORGANIZATION = "Organization",
        /// A town, state, region, building or site.
        PLACE_CLASS = "Place",
        /// A state: a place, and a body that speaks and meets.
        STATE = "State",
        /// An occasion on which two or more people or bodies talk with each other, whether it took place, is planned or was called off. Its dm:status tells.
        MEETING_CLASS = "Meeting",
        /// One participant's part in a meeting, where it is more than taking part: host, guest, mediator.
        PARTICIPATION_CLASS = "Participation",
        /// What a source is reported to have said or written.
        STATEMENT = "Statement",
        /// A statement in the source's own words, between quotation marks.
        DIRECT_STATEMENT = "DirectStatement",
        /// A statement in the article's words.
        INDIRECT_STATEMENT = "IndirectStatement",
        /// A clause of the article's with quoted parts.
        MIXED_STATEMENT = "MixedStatement",
        /// That someone held an office, post or title, as reported, with its time where it is told.
        TENURE_CLASS = "Tenure",
        /// A document that was read. Its IRI is also that of the graph with what it says.
        ARTICLE = "Article",
        /// A stretch of an article. Its IRI ends in #char=START,END (RFC 5147), counted in Unicode code points from the start of the source text; END is exclusive.
        MENTION = "Mention",
        /// What one article says of a meeting or a statement, in the graph of the article.
        REPORT = "Report",
        /// What one article, at its date, said of a meeting: its participants, place, time and status as this article has them. In the order of the articles' dates the reports are the history of the meeting.
        MEETING_REPORT = "MeetingReport",
        /// How one article relates a statement.
        STATEMENT_REPORT = "StatementReport",
        /// Why what several articles speak of was taken for one thing or kept apart, or why something was set aside. Decisions stand in a graph of their own.
        DECISION = "Decision",
        /// What a reader has set right. What it sets stands on it in the terms of what it corrects: rdfs:label, dm:status, dm:place, dm:when … Corrections stand in a graph of their own.
        CORRECTION = "Correction",
        /// One side of what the reports of a meeting do not agree on: what dm:disputed names, with the value that some of them have (dm:place, dm:mode, dm:when, dm:status or dm:participant), and the reports that tell it so. A meeting with versions has two or more of each property that is disputed.
        VERSION_CLASS = "Version",
        /// One occasion of a triple such as dm:met: its reifier, with the meeting, its place and its time, in exports with RDF 1.2's annotated triples.
        ENCOUNTER = "Encounter",
        /// Measures of the network in which those are linked who took part in the same meeting. They stand in a graph of their own; its name says which meetings and members count: dm:members, dm:status, and dm:earliest and dm:latest for the first and last day.
        NETWORK = "Network",
        /// The two took part in the same meeting that was held or is going on. A shortcut, written in both directions.
        MET = "met",
        /// The two are to take part in a meeting that is planned or was put off. A shortcut, written in both directions.
        PLANS_TO_MEET = "plansToMeet",
        /// The two may take part in a meeting that is proposed or possible. A shortcut, written in both directions.
        MAY_MEET = "mayMeet",
        /// A person, body or state that takes part in a meeting; or a place that stands for those who govern there.
        PARTICIPANT = "participant",
        /// The qualified form of dm:participant, where the part is told.
        PARTICIPATION = "participation",
        /// Whose part it is.
        AGENT = "agent",
        /// The part in a meeting, a concept of dm:roles.
        ROLE = "role",
        /// The meeting at which two encountered each other.
        MEETING = "meeting",
        /// Where a meeting is, if the text puts it there: a place, or a body that stands for its seat (the White House).
        PLACE = "place",
        /// How the participants talk, a concept of dm:modes.
        MODE = "mode",
        /// Whether a meeting took place, a concept of dm:statuses. Of a meeting that several articles report it is held where any says so, else what the newest says; each article's own word is on its report.
        STATUS = "status",
        /// What a meeting is about, in the words of the source.
        TOPIC = "topic",
        /// Who tells of the meeting in an article that does not do so in its own words: the speaker of the statement that it stands in.
        CLAIMED_BY = "claimedBy",
        /// A version of what the reports of a meeting do not agree on. What most articles tell stands on the meeting itself.
        VERSION = "version",
        /// The property on which the reports do not agree: dm:place, dm:mode, dm:when, dm:status or dm:participant.
        DISPUTED = "disputed",
        /// A report that has this version.
        TOLD_BY = "toldBy",
        /// The meeting or statement that a report is of.
        REPORTS = "reports",
        /// The time at the precision of the text: xsd:date, xsd:gYearMonth, xsd:gYear, else edtf:EDTF.
        WHEN = "when",
        /// The first day that a time can mean. Of an article, the first day on which it can have appeared.
        EARLIEST = "earliest",
        /// The last day that a time can mean. Of an article, the last day on which it can have appeared.
        LATEST = "latest",
        /// The person, body or state that is reported to have said it; or a place that stands for those who govern there.
        SPEAKER = "speaker",
        /// The inverse of dm:speaker, a shortcut; not written where the source is reported not to have said it.
        SAID = "said",
        /// Whom a statement was made to.
        ADDRESSEE = "addressee",
        /// A person, body, place or meeting that a statement mentions.
        ABOUT = "about",
        /// What was said, as it stands in the source; the parts of a split quotation are joined by an ellipsis between spaces.
        TEXT = "text",
        /// The dictionary form of the word that tells of speaking.
        CUE = "cue",
        /// What the speaker does in saying it, a concept of dm:stances.
        STANCE = "stance",
        /// True where the source is reported not to have said it.
        NEGATED = "negated",
        /// An office, post or title that a person is reported to hold or to have held.
        TENURE = "tenure",
        /// The office or post, without the body.
        TITLE = "title",
        /// The body or state of an office.
        OF = "of",
        /// From when an office was held, at the precision of the text.
        FROM = "from",
        /// Until when an office was held, at the precision of the text.
        UNTIL = "until",
        /// ISO 3166-1 alpha-2 code of the state that a place lies in.
        COUNTRY = "country",
        /// The sort: of a meeting its noun (summit, call), of a body or place what it is (government, city), of a mention how it names (name, nominal, pronoun), of a decision what was decided (same, apart, set aside, corrected), of a correction what it does (same, different, rename, drop, set).
        KIND = "kind",
        /// Who the members of a network are: people, states, all.
        MEMBERS = "members",
        /// How much more the communities of a network meet within than chance would have it, weighted by meetings (Newman).
        MODULARITY = "modularity",
        /// With how many others of the network there was a meeting.
        DEGREE = "degree",
        /// The meetings with each of the others of the network, added up.
        WEIGHTED_DEGREE = "weightedDegree",
        /// In how many meetings with others of the network somebody took part.
        MEETING_COUNT = "meetingCount",
        /// The share of shortest chains between two others that lead over somebody, 0 to 1 (Freeman, normalised; links without weights).
        BETWEENNESS = "betweenness",
        /// How near the others are, 0 to 1: the inverse of the mean distance, scaled by the share of members that can be reached (Wasserman and Faust).
        CLOSENESS = "closeness",
        /// The number of the group that meets more within than with others, the largest group being 1 (Louvain).
        COMMUNITY = "community",
        /// The number of the part of the network in which all are linked by some chain, the largest being 1.
        COMPONENT = "component",
        /// A stretch of an article that a claim rests on. It is described in the graph of the article.
        EVIDENCE = "evidence",
        /// Whom or what a mention names.
        REFERS_TO = "refersTo",
        /// How many articles speak of it; copies of one article count once.
        SOURCE_COUNT = "sourceCount",
        /// 0 to 1; of what several articles report, that of the surest report.
        CONFIDENCE = "confidence",
        /// Why it was decided or corrected so, in words.
        REASON = "reason",
        /// The thing that a decision is about.
        DECIDES = "decides",
        /// The other thing, where a decision keeps two apart.
        APART_FROM = "apartFrom",
        /// How sure it is that what was decided on is one thing, 0 to 100; a correction counts 100 or 0.
        SCORE = "score",
        /// The correction that a decision is made by.
        FOLLOWS = "follows",
        /// What a correction is about, by the IRI that the correction gives it.
        CORRECTS = "corrects",
        /// Path or URL from which an article was read.
        FILE = "file",
        /// The name of who published an article.
        PUBLISHER = "publisher",
        /// When an article appeared, as precisely as is known.
        PUBLISHED = "published",
        /// Where the date of an article is from: option, metadata, url, dateline, inferred (from the article itself) or meetings (those that it shares with dated articles).
        DATED_BY = "datedBy",
        /// Whether a meeting took place.
        STATUSES = "statuses",
        /// Past and asserted.
        HELD = "held",
        /// Going on.
        ONGOING = "ongoing",
        /// Announced, agreed, scheduled.
        PLANNED = "planned",
        /// One side offers or asks.
        PROPOSED = "proposed",
        /// It may come about.
        POSSIBLE = "possible",
        /// Put off.
        POSTPONED = "postponed",
        /// Called off.
        CANCELLED = "cancelled",
        /// Said not to have taken place.
        DENIED = "denied",
        /// How people talk at a meeting.
        MODES = "modes",
        /// Face to face.
        IN_PERSON = "inPerson",
        /// By telephone.
        PHONE = "phone",
        /// By video link.
        VIDEO = "video",
        /// By letters or messages.
        WRITTEN = "written",
        /// What a participant is besides taking part.
        ROLES = "roles",
        /// Who receives.
        HOST = "host",
        /// Who is received.
        GUEST = "guest",
        /// Who stands between the sides.
        MEDIATOR = "mediator",
        /// What a speaker does in saying something, by the word that tells of speaking.
        STANCES = "stances",
        /// Says something, neutrally.
        STATES = "states",
        /// Says something that the reporter leaves open.
        CLAIMS = "claims",
        /// Says it with weight.
        STRESSES = "stresses",
        /// Goes on to say.
        ADDS = "adds",
        /// Gives the reason or the sense of something.
        EXPLAINS = "explains",
        /// Answers.
        REPLIES = "replies",
        /// Asks to know or to get something.
        ASKS = "asks",
        /// Puts something forward, or hints at it.
        SUGGESTS = "suggests",
        /// Calls for something.
        DEMANDS = "demands",
        /// Tells somebody to do something, by right of office.
        ORDERS = "orders",
        /// Tells of a danger, or threatens.
        WARNS = "warns",
        /// Binds oneself to something.
        PROMISES = "promises",
        /// Says yes to what was said or asked.
        AGREES = "agrees",
        /// Makes something known.
        ANNOUNCES = "announces",
        /// Says that what is told is so.
        CONFIRMS = "confirms",
        /// Says so, though it is to one's own disadvantage.
        ADMITS = "admits",
        /// Says that what is told is not so, or turns it down.
        DENIES = "denies",
        /// Says that somebody did wrong.
        ACCUSES = "accuses",
        /// Finds fault with somebody or something.
        CRITICISES = "criticises",
        /// Says that one is wronged or displeased.
        COMPLAINS = "complains",
        /// Speaks well of somebody, thanks or greets them.
        PRAISES = "praises",
        /// Says what will come.
        PREDICTS = "predicts",
        /// Says it in jest, or in a manner that the word tells of.
        JOKES = "jokes",
    }
}

vocabulary! {
    /// What the graph uses of `rdf:`, `http://www.w3.org/1999/02/22-rdf-syntax-ns#`.
    rdf, "http://www.w3.org/1999/02/22-rdf-syntax-ns#", {
        /// Of what class a thing is.
        TYPE = "type",
        /// In exports with annotated triples (RDF 1.2): the triple that a reifier is about.
        REIFIES = "reifies",
        /// Text of an article or a name, with its language.
        LANG_STRING = "langString",
    }
}

vocabulary! {
    /// What the graph uses of `rdfs:`, `http://www.w3.org/2000/01/rdf-schema#`.
    rdfs, "http://www.w3.org/2000/01/rdf-schema#", {
        /// The name of a person, body or place, the title of an article, a phrase for a meeting or tenure, the word of a concept.
        LABEL = "label",
    }
}

vocabulary! {
    /// What the graph uses of `skos:`, `http://www.w3.org/2004/02/skos/core#`.
    skos, "http://www.w3.org/2004/02/skos/core#", {
        /// Another name of a person, body or place.
        ALT_LABEL = "altLabel",
        /// A status, mode, stance or part in a meeting that the graph uses.
        CONCEPT = "Concept",
        /// The scheme of a concept.
        IN_SCHEME = "inScheme",
    }
}

vocabulary! {
    /// What the graph uses of `owl:`, `http://www.w3.org/2002/07/owl#`.
    owl, "http://www.w3.org/2002/07/owl#", {
        /// The same person, body or place in Wikidata, from the gazetteer or a correction.
        SAME_AS = "sameAs",
    }
}

vocabulary! {
    /// What the graph uses of `prov:`, `http://www.w3.org/ns/prov#`.
    prov, "http://www.w3.org/ns/prov#", {
        /// From a claim, report or decision to the articles that it rests on.
        WAS_DERIVED_FROM = "wasDerivedFrom",
        /// From a statement with words between quotation marks to the articles that quote it.
        WAS_QUOTED_FROM = "wasQuotedFrom",
    }
}

vocabulary! {
    /// What the graph uses of `dct:`, `http://purl.org/dc/terms/`.
    dct, "http://purl.org/dc/terms/", {
        /// The headline of an article.
        TITLE = "title",
        /// The identifier of an article, doc: and a digest of its text.
        IDENTIFIER = "identifier",
        /// The language of an article (BCP 47).
        LANGUAGE = "language",
    }
}

vocabulary! {
    /// What the graph uses of `schema:`, `https://schema.org/`.
    schema, "https://schema.org/", {
        /// Where an article was published.
        URL = "url",
    }
}

vocabulary! {
    /// What the graph uses of `nif:`, `http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#`.
    nif, "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#", {
        /// Where a mention begins, in code points from the start of the source text.
        BEGIN_INDEX = "beginIndex",
        /// Where a mention ends (exclusive), in code points from the start of the source text.
        END_INDEX = "endIndex",
        /// The words of a mention.
        ANCHOR_OF = "anchorOf",
        /// The article that a mention stands in.
        REFERENCE_CONTEXT = "referenceContext",
    }
}

vocabulary! {
    /// What the graph uses of `xsd:`, `http://www.w3.org/2001/XMLSchema#`.
    xsd, "http://www.w3.org/2001/XMLSchema#", {
        /// A day.
        DATE = "date",
        /// A month of a year.
        G_YEAR_MONTH = "gYearMonth",
        /// A year.
        G_YEAR = "gYear",
        /// A confidence.
        DECIMAL = "decimal",
        /// A number of articles, an offset, a score.
        INTEGER = "integer",
        /// Yes or no.
        BOOLEAN = "boolean",
        /// A code, path or word that is no running text.
        STRING = "string",
    }
}

vocabulary! {
    /// What the graph uses of `edtf:`, `http://id.loc.gov/datatypes/edtf/`.
    edtf, "http://id.loc.gov/datatypes/edtf/", {
        /// A season, decade, part of a day or uncertain time, in the Extended Date/Time Format.
        EDTF = "EDTF",
    }
}

/// All concepts of our schemes.
pub const CONCEPTS: &[Concept] = &[
    Concept { iri: dm::HELD, scheme: dm::STATUSES, label: "held" },
    Concept { iri: dm::ONGOING, scheme: dm::STATUSES, label: "ongoing" },
    Concept { iri: dm::PLANNED, scheme: dm::STATUSES, label: "planned" },
    Concept { iri: dm::PROPOSED, scheme: dm::STATUSES, label: "proposed" },
    Concept { iri: dm::POSSIBLE, scheme: dm::STATUSES, label: "possible" },
    Concept { iri: dm::POSTPONED, scheme: dm::STATUSES, label: "postponed" },
    Concept { iri: dm::CANCELLED, scheme: dm::STATUSES, label: "cancelled" },
    Concept { iri: dm::DENIED, scheme: dm::STATUSES, label: "denied" },
    Concept { iri: dm::IN_PERSON, scheme: dm::MODES, label: "in person" },
    Concept { iri: dm::PHONE, scheme: dm::MODES, label: "by phone" },
    Concept { iri: dm::VIDEO, scheme: dm::MODES, label: "by video" },
    Concept { iri: dm::WRITTEN, scheme: dm::MODES, label: "in writing" },
    Concept { iri: dm::HOST, scheme: dm::ROLES, label: "host" },
    Concept { iri: dm::GUEST, scheme: dm::ROLES, label: "guest" },
    Concept { iri: dm::MEDIATOR, scheme: dm::ROLES, label: "mediator" },
    Concept { iri: dm::STATES, scheme: dm::STANCES, label: "state" },
    Concept { iri: dm::CLAIMS, scheme: dm::STANCES, label: "claim" },
    Concept { iri: dm::STRESSES, scheme: dm::STANCES, label: "stress" },
    Concept { iri: dm::ADDS, scheme: dm::STANCES, label: "add" },
    Concept { iri: dm::EXPLAINS, scheme: dm::STANCES, label: "explain" },
    Concept { iri: dm::REPLIES, scheme: dm::STANCES, label: "reply" },
    Concept { iri: dm::ASKS, scheme: dm::STANCES, label: "ask" },
    Concept { iri: dm::SUGGESTS, scheme: dm::STANCES, label: "suggest" },
    Concept { iri: dm::DEMANDS, scheme: dm::STANCES, label: "demand" },
    Concept { iri: dm::ORDERS, scheme: dm::STANCES, label: "order" },
    Concept { iri: dm::WARNS, scheme: dm::STANCES, label: "warn" },
    Concept { iri: dm::PROMISES, scheme: dm::STANCES, label: "promise" },
    Concept { iri: dm::AGREES, scheme: dm::STANCES, label: "agree" },
    Concept { iri: dm::ANNOUNCES, scheme: dm::STANCES, label: "announce" },
    Concept { iri: dm::CONFIRMS, scheme: dm::STANCES, label: "confirm" },
    Concept { iri: dm::ADMITS, scheme: dm::STANCES, label: "admit" },
    Concept { iri: dm::DENIES, scheme: dm::STANCES, label: "deny" },
    Concept { iri: dm::ACCUSES, scheme: dm::STANCES, label: "accuse" },
    Concept { iri: dm::CRITICISES, scheme: dm::STANCES, label: "criticise" },
    Concept { iri: dm::COMPLAINS, scheme: dm::STANCES, label: "complain" },
    Concept { iri: dm::PRAISES, scheme: dm::STANCES, label: "praise" },
    Concept { iri: dm::PREDICTS, scheme: dm::STANCES, label: "predict" },
    Concept { iri: dm::JOKES, scheme: dm::STANCES, label: "joke" },
];
