//! The terms that the graph is written in. `ontology/demarche.ttl` declares ours and ties them to the others.

use oxigraph::model::NamedNodeRef;

/// Declares the terms of a vocabulary as constants, and the list of all of them.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $module:ident, $namespace:literal, { $($name:ident = $local:literal,)* }) => {
        $(#[$doc])*
        pub mod $module {
            use super::NamedNodeRef;

            /// What the IRIs of this vocabulary begin with.
            pub const NAMESPACE: &str = $namespace;

            $(
                #[doc = concat!("`", stringify!($module), ":", $local, "`")]
                pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $local));
            )*

            /// All terms that the graph may use.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($name),*];
        }
    };
}

vocabulary! {
    /// Our own terms, `https://w3id.org/demarche#`.
    dm, "https://w3id.org/demarche#", {
        PERSON = "Person",
        ORGANIZATION = "Organization",
        PLACE_CLASS = "Place",
        STATE = "State",
        MEETING = "Meeting",
        PARTICIPATION_CLASS = "Participation",
        STATEMENT = "Statement",
        DIRECT_STATEMENT = "DirectStatement",
        INDIRECT_STATEMENT = "IndirectStatement",
        MIXED_STATEMENT = "MixedStatement",
        TENURE_CLASS = "Tenure",
        ARTICLE = "Article",
        MENTION = "Mention",
        MEETING_REPORT = "MeetingReport",
        STATEMENT_REPORT = "StatementReport",
        DECISION = "Decision",
        CORRECTION = "Correction",

        MET = "met",
        PLANS_TO_MEET = "plansToMeet",
        MAY_MEET = "mayMeet",
        PARTICIPANT = "participant",
        PARTICIPATION = "participation",
        AGENT = "agent",
        ROLE = "role",
        PLACE = "place",
        MODE = "mode",
        STATUS = "status",
        KIND = "kind",
        TOPIC = "topic",
        WHEN = "when",
        EARLIEST = "earliest",
        LATEST = "latest",
        REPORTS = "reports",
        SPEAKER = "speaker",
        ADDRESSEE = "addressee",
        ABOUT = "about",
        SAID = "said",
        TEXT = "text",
        CUE = "cue",
        STANCE = "stance",
        NEGATED = "negated",
        TENURE = "tenure",
        TITLE = "title",
        OF = "of",
        FROM = "from",
        UNTIL = "until",
        COUNTRY = "country",
        EVIDENCE = "evidence",
        REFERS_TO = "refersTo",
        SOURCE_COUNT = "sourceCount",
        CONFIDENCE = "confidence",
        FILE = "file",
        PUBLISHER = "publisher",
        PUBLISHED = "published",
        DATED_BY = "datedBy",
        REASON = "reason",
        DECIDES = "decides",
        APART_FROM = "apartFrom",
        SCORE = "score",
        FOLLOWS = "follows",
        CORRECTS = "corrects",
        CLAIMED_BY = "claimedBy",

        STATUSES = "statuses",
        HELD = "held",
        ONGOING = "ongoing",
        PLANNED = "planned",
        PROPOSED = "proposed",
        POSSIBLE = "possible",
        POSTPONED = "postponed",
        CANCELLED = "cancelled",
        DENIED = "denied",
        MODES = "modes",
        IN_PERSON = "inPerson",
        PHONE = "phone",
        VIDEO = "video",
        WRITTEN = "written",
        ROLES = "roles",
        HOST = "host",
        GUEST = "guest",
        MEDIATOR = "mediator",
    }
}

vocabulary! {
    /// RDF itself.
    rdf, "http://www.w3.org/1999/02/22-rdf-syntax-ns#", { TYPE = "type", }
}

vocabulary! {
    /// RDF Schema.
    rdfs, "http://www.w3.org/2000/01/rdf-schema#", { LABEL = "label", }
}

vocabulary! {
    /// XML Schema datatypes.
    xsd, "http://www.w3.org/2001/XMLSchema#", {
        DATE = "date",
        G_YEAR_MONTH = "gYearMonth",
        G_YEAR = "gYear",
        DECIMAL = "decimal",
        INTEGER = "integer",
        BOOLEAN = "boolean",
        STRING = "string",
    }
}

vocabulary! {
    /// Extended Date/Time Format.
    edtf, "http://id.loc.gov/datatypes/edtf/", { EDTF = "EDTF", }
}

vocabulary! {
    /// OWL.
    owl, "http://www.w3.org/2002/07/owl#", { SAME_AS = "sameAs", }
}

vocabulary! {
    /// SKOS.
    skos, "http://www.w3.org/2004/02/skos/core#", {
        CONCEPT = "Concept",
        IN_SCHEME = "inScheme",
        ALT_LABEL = "altLabel",
    }
}

vocabulary! {
    /// PROV-O.
    prov, "http://www.w3.org/ns/prov#", {
        WAS_DERIVED_FROM = "wasDerivedFrom",
        WAS_QUOTED_FROM = "wasQuotedFrom",
    }
}

vocabulary! {
    /// Dublin Core terms.
    dct, "http://purl.org/dc/terms/", {
        TITLE = "title",
        IDENTIFIER = "identifier",
        LANGUAGE = "language",
    }
}

vocabulary! {
    /// schema.org.
    schema, "https://schema.org/", { URL = "url", }
}

vocabulary! {
    /// NIF core: stretches of text.
    nif, "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#", {
        BEGIN_INDEX = "beginIndex",
        END_INDEX = "endIndex",
        ANCHOR_OF = "anchorOf",
        REFERENCE_CONTEXT = "referenceContext",
    }
}
