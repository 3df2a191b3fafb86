//! Small articles of our own with records made by hand.

#![allow(dead_code, clippy::unwrap_used)]

use demarche_record::{
    Article, Basis, Cue, Meeting, MeetingMention, MeetingTime, Mention, MentionKind, Mode, Organization,
    OrganizationKind, Participant, ParticipantRole, Person, Place, PlaceKind, Published, Record, Role, SourceText,
    Span, Statement, StatementKind, Status, validate,
};

/// A record in the making: every span is looked up in the text.
pub struct Draft {
    pub record: Record,
    text: String,
}

impl Draft {
    pub fn new(source: &str, published: Option<&str>, text: &str) -> Self {
        let mut record = Record::empty(&Article::new(source, text));
        if let Some(day) = published {
            let day = Some(day.to_owned());
            let basis = Basis::Metadata;
            record.published = Published { value: day.clone(), earliest: day.clone(), latest: day, basis };
        }
        Self { record, text: text.to_owned() }
    }

    /// The first stretch that reads `words`.
    pub fn span(&self, words: &str) -> Span {
        let start = self.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
        SourceText::new(&self.text).span_of_bytes(start..start + words.len()).unwrap()
    }

    fn mentions(&self, words: &[&str]) -> Vec<Mention> {
        let kind = |word: &str| match word {
            "he" | "she" | "they" => MentionKind::Pronoun,
            _ if word.starts_with("the ") => MentionKind::Nominal,
            _ => MentionKind::Name,
        };
        words.iter().map(|word| Mention { span: self.span(word), kind: kind(word) }).collect()
    }

    pub fn person(mut self, id: &str, name: &str, mentions: &[&str]) -> Self {
        let mentions = self.mentions(mentions);
        let (id, name) = (id.to_owned(), name.to_owned());
        self.record.people.push(Person { id, name, identifiers: vec![], mentions, roles: vec![] });
        self
    }

    /// A role of the person entered last.
    pub fn role(mut self, title: &str, of: Option<&str>, words: &str) -> Self {
        let role =
            Role { title: title.into(), of: of.map(str::to_owned), span: self.span(words), from: None, to: None };
        self.record.people.last_mut().unwrap().roles.push(role);
        self
    }

    pub fn organization(mut self, id: &str, name: &str, kind: OrganizationKind) -> Self {
        let mentions = self.mentions(&[name]);
        let (id, name) = (id.to_owned(), name.to_owned());
        self.record.organizations.push(Organization { id, name, kind, identifiers: vec![], mentions });
        self
    }

    pub fn place(mut self, id: &str, name: &str, kind: PlaceKind, country: &str) -> Self {
        let mentions = self.mentions(&[name]);
        let (id, name, country) = (id.to_owned(), name.to_owned(), Some(country.to_owned()));
        self.record.places.push(Place { id, name, kind, country, identifiers: vec![], mentions });
        self
    }

    pub fn time(&self, words: &str, value: &str, earliest: &str, latest: &str) -> MeetingTime {
        let (earliest, latest) = (Some(earliest.to_owned()), Some(latest.to_owned()));
        MeetingTime { span: self.span(words), value: value.into(), earliest, latest }
    }

    /// A meeting between the ids, told by the clause with the trigger in it.
    pub fn meeting(mut self, ids: &[&str], status: Status, clause: &str, trigger: &str) -> Self {
        let participant = |id: &&str| Participant { entity: (*id).to_owned(), role: ParticipantRole::Participant };
        let mentions = vec![MeetingMention { span: self.span(clause), trigger: self.span(trigger) }];
        let id = format!("m{}", self.record.meetings.len());
        self.record.meetings.push(Meeting {
            id,
            participants: ids.iter().map(participant).collect(),
            status,
            mode: None,
            kind: "meeting".into(),
            place: None,
            time: None,
            topics: vec![],
            mentions,
            confidence: 0.93,
        });
        self
    }

    /// Where and when the meeting entered last is.
    pub fn at(mut self, place: Option<&str>, time: Option<(&str, &str, &str, &str)>) -> Self {
        let time = time.map(|(words, value, earliest, latest)| self.time(words, value, earliest, latest));
        let meeting = self.record.meetings.last_mut().unwrap();
        meeting.place = place.map(str::to_owned);
        meeting.mode = place.map(|_| Mode::InPerson);
        meeting.time = time;
        self
    }

    pub fn statement(mut self, kind: StatementKind, speaker: &str, who: &str, cue: (&str, &str), words: &str) -> Self {
        let stance = (cue.1 == "warn").then(|| "warn".to_owned());
        let statement = Statement {
            id: format!("s{}", self.record.statements.len()),
            kind,
            speaker: Some(speaker.to_owned()),
            source: Some(self.span(who)),
            cue: Some(Cue { span: self.span(cue.0), lemma: cue.1.into(), stance }),
            content: vec![self.span(words)],
            addressees: vec![],
            time: None,
            negated: false,
            about: vec![],
            confidence: 0.9,
        };
        self.record.statements.push(statement);
        self
    }

    /// What the statement entered last is about.
    pub fn about(mut self, ids: &[&str]) -> Self {
        let statement = self.record.statements.last_mut().unwrap();
        statement.about = ids.iter().map(|id| (*id).to_owned()).collect();
        self
    }

    pub fn done(self) -> Record {
        let violations = validate(&self.record, &self.text);
        assert!(violations.is_empty(), "{violations:?}");
        self.record
    }
}

/// One short article in which everything occurs.
pub fn summit() -> Record {
    let text = "Mara Lindqvist, the foreign minister of Norway, hosted Teodor Banić in Oslo on 16 June 2021.\n\
        They spoke about fishing rights. “We shall meet again before the winter,” Lindqvist said.\n\
        Banić warned the Coastal Council that quotas were too low.\n";
    let mut draft = Draft::new("news/summit.txt", Some("2021-06-17"), text)
        .person("p0", "Mara Lindqvist", &["Mara Lindqvist"])
        .role("foreign minister", Some("l0"), "the foreign minister of Norway")
        .person("p1", "Teodor Banić", &["Teodor Banić"])
        .organization("o0", "Coastal Council", OrganizationKind::International)
        .place("l0", "Norway", PlaceKind::Country, "NO")
        .place("l1", "Oslo", PlaceKind::City, "NO")
        .meeting(&["p0", "p1"], Status::Held, "hosted Teodor Banić in Oslo on 16 June 2021", "hosted")
        .at(Some("l1"), Some(("16 June 2021", "2021-06-16", "2021-06-16", "2021-06-16")))
        .statement(StatementKind::Direct, "p0", "Lindqvist", ("said", "say"), "We shall meet again before the winter,")
        .statement(StatementKind::Indirect, "p1", "Banić", ("warned", "warn"), "quotas were too low");
    let topic = draft.span("fishing rights");
    let meeting = &mut draft.record.meetings[0];
    meeting.topics.push(topic);
    meeting.participants[0].role = ParticipantRole::Host;
    meeting.participants[1].role = ParticipantRole::Guest;
    let warning = &mut draft.record.statements[1];
    warning.addressees.push("o0".into());
    warning.about.push("m0".into());
    draft.record.title = Some("Lindqvist hosts Banić".into());
    draft.record.publisher = Some("The Northern Post".into());
    draft.record.url = Some("https://northern-post.example/summit".into());
    draft.done()
}

/// Five articles from different days about the same people: a plan, what came of it, a plan that came to nothing, a call.
pub fn corpus() -> Vec<Record> {
    let plan = Draft::new(
        "news/plan.txt",
        Some("2021-06-10"),
        "Mara Lindqvist will meet Teodor Banić in Norway between 14 and 18 June. Lindqvist hopes for “an open word”, she said.",
    )
    .person("p0", "Mara Lindqvist", &["Mara Lindqvist"])
    .person("p1", "Teodor Banić", &["Teodor Banić"])
    .place("l0", "Norway", PlaceKind::Country, "NO")
    .meeting(&["p0", "p1"], Status::Planned, "Mara Lindqvist will meet Teodor Banić in Norway", "meet")
    .at(Some("l0"), Some(("between 14 and 18 June", "2021-06-14/2021-06-18", "2021-06-14", "2021-06-18")))
    .statement(StatementKind::Mixed, "p0", "she", ("said", "say"), "hopes for “an open word”")
    .about(&["m0", "p1"])
    .done();
    let echo = Draft::new(
        "south/echo.txt",
        Some("2021-06-20"),
        "“We shall meet again before the winter”, Lindqvist told reporters after she and Teodor Banic had sat down in Oslo in June 2021.",
    )
    .person("p0", "Lindqvist", &["Lindqvist", "she"])
    .person("p1", "Teodor Banic", &["Teodor Banic"])
    .place("l0", "Oslo", PlaceKind::City, "NO")
    .meeting(&["p0", "p1"], Status::Held, "she and Teodor Banic had sat down in Oslo in June 2021", "sat down")
    .at(Some("l0"), Some(("June 2021", "2021-06", "2021-06-01", "2021-06-30")))
    .statement(StatementKind::Direct, "p0", "Lindqvist", ("told", "tell"), "We shall meet again before the winter")
    .about(&["p1"])
    .done();
    let call = Draft::new(
        "news/call.txt",
        Some("2021-10-05"),
        "Teodor Banić and Ines Duarte spoke by telephone on 4 October 2021. A visit of Duarte to Mara Lindqvist, set for 8 October, was called off.",
    )
    .person("p0", "Teodor Banić", &["Teodor Banić"])
    .person("p1", "Ines Duarte", &["Ines Duarte", "Duarte"])
    .person("p2", "Mara Lindqvist", &["Mara Lindqvist"])
    .meeting(&["p0", "p1"], Status::Held, "Teodor Banić and Ines Duarte spoke by telephone", "spoke")
    .at(None, Some(("4 October 2021", "2021-10-04", "2021-10-04", "2021-10-04")))
    .meeting(&["p1", "p2"], Status::Cancelled, "A visit of Duarte to Mara Lindqvist", "visit")
    .at(None, Some(("8 October", "2021-10-08", "2021-10-08", "2021-10-08")))
    .done();
    let hope = Draft::new(
        "south/hope.txt",
        Some("2021-10-01"),
        "Ines Duarte will visit Mara Lindqvist on 8 October. “Fish know no borders, and quotas should not either,” Duarte said.",
    )
    .person("p0", "Ines Duarte", &["Ines Duarte"])
    .person("p1", "Mara Lindqvist", &["Mara Lindqvist"])
    .meeting(&["p0", "p1"], Status::Planned, "Ines Duarte will visit Mara Lindqvist", "visit")
    .at(None, Some(("8 October", "2021-10-08", "2021-10-08", "2021-10-08")))
    .statement(
        StatementKind::Direct,
        "p0",
        "Duarte",
        ("said", "say"),
        "Fish know no borders, and quotas should not either,",
    )
    .done();
    vec![summit(), plan, echo, call, hope]
}
