//! What is the same, and what is kept apart.

#![allow(clippy::unwrap_used)]

use demarche_record::{
    Article, Meeting, MeetingMention, MeetingTime, Mention, MentionKind, Mode, Organization, OrganizationKind,
    Participant, ParticipantRole, Person, Place, PlaceKind, Published, Record, Role, SourceText, Span, Statement,
    StatementKind, Status,
};
use demarche_resolve::{Claim, Corpus, DecisionKind, Disputed, resolve};
use proptest::prelude::*;

/// An article about one meeting of two people, written as "A met B in P on D."
#[derive(Debug, Clone)]
struct Told<'a> {
    name: &'a str,
    published: Option<&'a str>,
    people: [&'a str; 2],
    status: Status,
    place: Option<(&'a str, PlaceKind, &'a str)>,
    days: Option<(&'a str, &'a str)>,
}

fn told<'a>(name: &'a str, people: [&'a str; 2], days: Option<(&'a str, &'a str)>) -> Told<'a> {
    Told { name, published: None, people, status: Status::Held, place: None, days }
}

fn first(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    SourceText::new(text).span_of_bytes(start..start + words.len()).unwrap()
}

fn record(told: &Told) -> Record {
    let place = told.place.map_or("", |(name, ..)| name);
    let text = format!("{} and {} saw each other, {place} {}.", told.people[0], told.people[1], told.name);
    let mut record = Record::empty(&Article::new(format!("{}.txt", told.name), &text));
    if let Some(day) = told.published {
        let day = Some(day.to_owned());
        record.published = Published { value: day.clone(), earliest: day.clone(), latest: day, ..Published::default() };
    }
    for (i, name) in told.people.iter().enumerate() {
        let mentions = vec![Mention { span: first(&text, name), kind: MentionKind::Name }];
        let (id, name) = (format!("p{i}"), (*name).to_owned());
        record.people.push(Person { id, name, identifiers: vec![], mentions, roles: vec![] });
    }
    if let Some((name, kind, country)) = told.place {
        record.places.push(Place {
            id: "l0".into(),
            name: name.into(),
            kind,
            country: Some(country.into()),
            identifiers: vec![],
            mentions: vec![Mention { span: first(&text, name), kind: MentionKind::Name }],
        });
    }
    let trigger = first(&text, "saw");
    record.meetings.push(Meeting {
        id: "m0".into(),
        participants: ["p0", "p1"]
            .map(|id| Participant { entity: id.into(), role: ParticipantRole::Participant })
            .into(),
        status: told.status,
        mode: None,
        kind: "meeting".into(),
        place: told.place.map(|_| "l0".into()),
        time: told.days.map(|(earliest, latest)| MeetingTime {
            span: trigger.clone(),
            value: format!("{earliest}/{latest}"),
            earliest: Some(earliest.into()),
            latest: Some(latest.into()),
        }),
        topics: vec![],
        mentions: vec![MeetingMention { span: first(&text, &text), trigger }],
        confidence: 0.9,
    });
    record
}

fn corpus(all: &[Told]) -> Corpus {
    resolve(&all.iter().map(record).collect::<Vec<_>>())
}

const PAIR: [&str; 2] = ["Ada Byron", "Karl Gauss"];
const GENEVA: Option<(&str, PlaceKind, &str)> = Some(("Geneva", PlaceKind::City, "CH"));

#[test]
fn names_are_folded_and_a_lone_surname_finds_its_bearer() {
    let found = corpus(&[
        told("a", ["José Núñez", "Putin"], None),
        told("b", ["JOSE NUNEZ", "Vladimir Putin"], None),
        told("c", ["Jose Nunez", "Lee"], None),
        told("d", ["Ann Lee", "Robert Lee"], None),
    ]);
    let keys: Vec<&str> = found.people.iter().map(|person| person.key.as_str()).collect();
    // "Lee" has two bearers and stays alone.
    assert_eq!(
        keys,
        ["person/ann-lee", "person/jose-nunez", "person/lee", "person/robert-lee", "person/vladimir-putin"]
    );
    assert_eq!(found.people[1].name, "José Núñez");
    assert_eq!(found.people[1].other_names, ["JOSE NUNEZ", "Jose Nunez"]);
    let reasons: Vec<&str> = found.decisions.iter().map(|decision| decision.reason.as_str()).collect();
    assert!(reasons.iter().any(|r| r.contains("“Putin” and “Vladimir Putin”: the surname alone, in company that they share, the only bearer of that surname here")), "{reasons:?}");
}

#[test]
fn a_misspelling_finds_the_name_that_is_in_more_articles() {
    let right = |name| told(name, ["Valentina Orlova", "Bo Ek"], None);
    let wrong = told("c", ["Valnetina Orlova", "Bo Ek"], None);
    let found = corpus(&[right("a"), right("b"), wrong.clone()]);
    assert_eq!(found.people.len(), 2);
    assert_eq!((found.people[1].name.as_str(), found.people[1].members.len()), ("Valentina Orlova", 3));
    assert_eq!(found.people[1].other_names, ["Valnetina Orlova"]);
    let reason = &found.decisions.iter().find(|d| d.reason.contains("Valnetina")).unwrap().reason;
    assert!(
        reason
            .contains("two letters of the given name have changed places, one spelling in 1, the other in 2 articles")
    );
    // One against one, nobody knows which is right; and another letter is another name.
    assert_eq!(corpus(&[right("a"), wrong]).people.len(), 3);
    let other = told("c", ["Valentino Orlova", "Bo Ek"], None);
    assert_eq!(corpus(&[right("a"), right("b"), other]).people.len(), 3);
}

#[test]
fn an_article_that_tells_two_apart_is_believed() {
    let both = told("a", ["Hilda Frost", "Frost"], None);
    let bare = told("b", ["Frost", "Bo Ek"], None);
    let found = corpus(&[both, bare]);
    let keys: Vec<(&str, usize)> = found.people.iter().map(|p| (p.key.as_str(), p.members.len())).collect();
    assert_eq!(keys, [("person/bo-ek", 1), ("person/frost", 1), ("person/hilda-frost", 2)]);
    assert_eq!(found.meetings.len(), 2);
}

#[test]
fn groups_without_a_name_are_the_same_within_their_article_alone() {
    let mut records: Vec<Record> = ["a", "b"].map(|name| record(&told(name, ["Ann Lee", "Bo Ek"], None))).into();
    for record in &mut records {
        let (id, kind) = ("o0".into(), OrganizationKind::Other);
        record.organizations =
            vec![Organization { id, name: "reporters".into(), kind, identifiers: vec![], mentions: vec![] }];
    }
    assert_eq!(resolve(&records).organizations.len(), 2);
    for record in &mut records {
        record.organizations[0].name = "Reporters".into();
    }
    assert_eq!(resolve(&records).organizations.len(), 1);
}

#[test]
fn two_identifiers_keep_the_bearers_of_a_name_apart() {
    let mut records: Vec<Record> = ["a", "b", "c"].map(|name| record(&told(name, ["Ann Lee", "Bo Ek"], None))).into();
    records[0].people[0].identifiers = vec!["http://www.wikidata.org/entity/Q1".into()];
    records[1].people[0].identifiers = vec!["http://www.wikidata.org/entity/Q2".into()];
    let found = resolve(&records);
    let keys: Vec<&str> = found.people.iter().map(|person| person.key.as_str()).collect();
    // One of the identified has the name as its key, the other its number; the unidentified may be either and is neither.
    assert_eq!((keys.len(), keys[0], keys[3]), (4, "person/ann-lee", "person/bo-ek"));
    assert!(keys.iter().any(|key| ["person/ann-lee-q1", "person/ann-lee-q2"].contains(key)), "{keys:?}");
    // Where only one bearer is identified, the unidentified one joins it.
    records[1].people[0].identifiers.clear();
    let found = resolve(&records);
    let keys: Vec<&str> = found.people.iter().map(|person| person.key.as_str()).collect();
    assert_eq!(keys, ["person/ann-lee", "person/bo-ek"]);
    assert_eq!(found.people[0].members.len(), 3);
}

#[test]
fn a_month_and_a_day_in_it_are_one_meeting_on_that_day() {
    let month = told("a", PAIR, Some(("2021-06-01", "2021-06-30")));
    let day = Told { place: GENEVA, ..told("b", PAIR, Some(("2021-06-16", "2021-06-16"))) };
    let found = corpus(&[month, day]);
    assert_eq!(found.meetings.len(), 1);
    let meeting = &found.meetings[0];
    assert_eq!(meeting.label, "Ada Byron and Karl Gauss, Geneva, 16 June 2021");
    assert_eq!(meeting.when.as_ref().unwrap().earliest.as_deref(), Some("2021-06-16"));
    assert_eq!(meeting.reports.len(), 2);
    let decision = found.decisions.iter().find(|d| d.about.as_ref() == Some(&meeting.key)).unwrap();
    assert_eq!(decision.reason, "the same participants, both fit 2021-06-16, both took place; in 2 articles");
}

#[test]
fn what_contradicts_or_is_not_known_stays_apart() {
    let day = |name, day| told(name, PAIR, Some((day, day)));
    let place = |name, country| Some((name, PlaceKind::City, country));
    let june = day("a", "2021-06-16");
    for other in [
        day("b", "2021-06-17"),
        told("b", PAIR, None),
        told("b", ["Ada Byron", "Bo Ek"], june.days),
        Told { place: place("Vienna", "AT"), days: Some(("2021-06-14", "2021-06-20")), ..june.clone() },
    ] {
        let first = Told { place: GENEVA, ..june.clone() };
        assert_eq!(corpus(&[first, Told { name: "b", ..other }]).meetings.len(), 2);
    }
}

#[test]
fn a_year_that_fits_two_meetings_joins_neither() {
    let spring = told("a", PAIR, Some(("2021-03-02", "2021-03-02")));
    let autumn = told("b", PAIR, Some(("2021-10-05", "2021-10-05")));
    let year = told("c", PAIR, Some(("2021-01-01", "2021-12-31")));
    assert_eq!(corpus(&[spring.clone(), year.clone()]).meetings.len(), 1);
    assert_eq!(corpus(&[spring, autumn, year]).meetings.len(), 3);
}

#[test]
fn without_days_the_place_and_the_dates_of_the_articles_decide() {
    let undated = |name, published| Told { place: GENEVA, published: Some(published), ..told(name, PAIR, None) };
    assert_eq!(corpus(&[undated("a", "2021-06-17"), undated("b", "2021-06-20")]).meetings.len(), 1);
    assert_eq!(corpus(&[undated("a", "2021-06-17"), undated("b", "2021-08-20")]).meetings.len(), 2);
    // Without a place the reports have to be of the same days.
    let nowhere = |name, published| Told { place: None, ..undated(name, published) };
    assert_eq!(corpus(&[nowhere("a", "2021-06-17"), nowhere("b", "2021-06-18")]).meetings.len(), 1);
    assert_eq!(corpus(&[nowhere("a", "2021-06-17"), nowhere("b", "2021-06-22")]).meetings.len(), 2);
}

#[test]
fn what_is_said_not_to_have_been_has_no_days_to_be_known_by() {
    let denied =
        |name, published| Told { status: Status::Denied, published: Some(published), ..told(name, PAIR, None) };
    let held = |name, published| Told { status: Status::Held, ..denied(name, published) };
    assert_eq!(corpus(&[held("a", "2021-06-17"), held("b", "2021-06-18")]).meetings.len(), 1);
    assert_eq!(corpus(&[denied("a", "2021-06-17"), denied("b", "2021-06-18")]).meetings.len(), 2);
}

#[test]
fn a_meeting_told_later_without_its_day_is_known_again_by_a_place_abroad() {
    let june =
        Told { place: GENEVA, published: Some("2021-06-18"), ..told("a", PAIR, Some(("2021-06-16", "2021-06-16"))) };
    let undated = Told { place: GENEVA, ..told("b", PAIR, None) };
    let found = corpus(&[june.clone(), undated.clone()]);
    assert_eq!((found.meetings.len(), found.meetings[0].reports.len()), (1, 2));
    let decision = found.decisions.iter().find(|d| d.about.as_ref() == Some(&found.meetings[0].key)).unwrap();
    assert!(decision.reason.contains("known again by a place that is home to neither side"), "{}", decision.reason);

    // Where two fit, nobody knows which is meant.
    let autumn = Told { name: "c", days: Some(("2021-10-05", "2021-10-05")), ..june.clone() };
    assert_eq!(corpus(&[june.clone(), autumn, undated.clone()]).meetings.len(), 3);
    // What has been held is none that came after the article; what lies ahead, none that was before.
    let early = Told { published: Some("2021-06-02"), ..undated.clone() };
    assert_eq!(corpus(&[june.clone(), early]).meetings.len(), 2);
    let ahead = Told { status: Status::Planned, published: Some("2021-06-19"), ..undated.clone() };
    assert_eq!(corpus(&[june.clone(), ahead]).meetings.len(), 2);
    // News of another time that does not look back is of another meeting.
    let news = Told { published: Some("2021-12-02"), ..undated.clone() };
    assert_eq!(corpus(&[june.clone(), news]).meetings.len(), 2);
    // At home there are many meetings: the place says too little.
    let mut at_home: Vec<Record> = [&june, &undated].map(record).into();
    for record in &mut at_home {
        let swiss =
            Place { id: "l1".into(), name: "Switzerland".into(), kind: PlaceKind::Country, ..record.places[0].clone() };
        record.places.push(swiss);
        let span = record.people[0].mentions[0].span.clone();
        record.people[0].roles =
            vec![Role { title: "president".into(), of: Some("l1".into()), span, from: None, to: None }];
    }
    assert_eq!(resolve(&at_home).meetings.len(), 2);
}

#[test]
fn what_the_reports_of_a_meeting_say_differently_is_kept() {
    let day = Some(("2021-06-16", "2021-06-16"));
    let vienna = Some(("Vienna", PlaceKind::City, "AT"));
    let in_geneva = |name| Told { place: GENEVA, ..told(name, PAIR, day) };
    let in_vienna = Told { place: vienna, ..told("c", PAIR, day) };
    let all = [in_geneva("a"), in_geneva("b"), in_vienna.clone()];
    let found = corpus(&all);
    assert_eq!(found.meetings.len(), 1);
    let meeting = &found.meetings[0];
    // Most say Geneva; one against one nothing is said.
    assert_eq!(meeting.place.as_ref().unwrap().as_str(), "place/geneva");
    assert_eq!(corpus(&all[1..]).meetings[0].place, None);
    let [about] = &meeting.disagreements[..] else { panic!("{:#?}", meeting.disagreements) };
    assert_eq!(about.on, Disputed::Place);
    let sides: Vec<(String, usize)> = about
        .versions
        .iter()
        .map(|version| match &version.claim {
            Claim::Place(place) => (place.to_string(), version.reports.len()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(sides, [("place/geneva".to_owned(), 2), ("place/vienna".to_owned(), 1)]);
    // Without the very day nothing says that it is one meeting.
    let week = Some(("2021-06-14", "2021-06-20"));
    assert_eq!(corpus(&[in_geneva("a"), Told { days: week, ..in_vienna }]).meetings.len(), 2);
}

#[test]
fn two_days_in_one_town_are_one_meeting_and_its_date_is_disputed() {
    let on = |name, day| Told { place: GENEVA, ..told(name, PAIR, Some((day, day))) };
    let in_person = |told: &Told| {
        let mut record = record(told);
        record.meetings[0].mode = Some(Mode::InPerson);
        record
    };
    let found = resolve(&[in_person(&on("a", "2021-06-16")), in_person(&on("b", "2021-06-17"))]);
    assert_eq!(found.meetings.len(), 1);
    let when = found.meetings[0].when.as_ref().unwrap();
    assert_eq!((when.earliest.as_deref(), when.latest.as_deref()), (Some("2021-06-16"), Some("2021-06-17")));
    assert_eq!(found.meetings[0].disagreements[0].on, Disputed::When);
    // A telephone call on the next day is another call.
    assert_eq!(corpus(&[on("a", "2021-06-16"), on("b", "2021-06-17")]).meetings.len(), 2);
}

#[test]
fn an_old_plan_is_history_and_a_denial_after_the_day_a_disagreement() {
    let day = Some(("2021-06-16", "2021-06-16"));
    let held = Told { published: Some("2021-06-17"), ..told("a", PAIR, day) };
    let other = |status, published| Told { status, published: Some(published), ..told("b", PAIR, day) };
    for (status, published, disputed) in [
        (Status::Planned, "2021-06-10", false),
        (Status::Cancelled, "2021-06-12", false),
        (Status::Denied, "2021-06-18", true),
        (Status::Planned, "2021-06-20", true),
    ] {
        let found = corpus(&[held.clone(), other(status, published)]);
        assert_eq!((found.meetings.len(), found.meetings[0].status), (1, Status::Held));
        let on: Vec<Disputed> = found.meetings[0].disagreements.iter().map(|about| about.on).collect();
        assert_eq!(on, if disputed { vec![Disputed::Status] } else { vec![] }, "{status} told on {published}");
    }
}

/// An undated article that tells of a meeting of the pair in Geneva "on Wednesday" and of one that `other` expects on 30 June.
fn on_wednesday(other: &str) -> Record {
    let mut record = record(&Told { place: GENEVA, ..told("Wednesday", PAIR, None) });
    let wednesday = record.meetings[0].mentions[0].span.clone();
    let text = wednesday.text().to_owned();
    let time = |value: &str| MeetingTime {
        span: first(&text, "Wednesday"),
        value: value.into(),
        earliest: None,
        latest: None,
    };
    record.people.push(Person { id: "p2".into(), name: other.into(), ..record.people[0].clone() });
    record.meetings[0].time = Some(time("XXXX-XX-XX"));
    let mut coming = Meeting { id: "m1".into(), status: Status::Planned, place: None, ..record.meetings[0].clone() };
    coming.participants[1].entity = "p2".into();
    coming.time = Some(time("XXXX-06-30"));
    record.meetings.push(coming);
    record
}

#[test]
fn an_article_without_a_date_is_dated_by_the_meetings_that_it_shares() {
    let june =
        Told { place: GENEVA, published: Some("2021-06-18"), ..told("a", PAIR, Some(("2021-06-16", "2021-06-16"))) };
    let undated = on_wednesday("Bo Ek");
    let found = resolve(&[record(&june), undated.clone()]);
    let written = &found.written[&undated.id];
    assert_eq!((written.earliest.as_deref(), written.latest.as_deref()), (Some("2021-06-16"), Some("2021-06-23")));
    let decision = found.decisions.iter().find(|decision| decision.kind == DecisionKind::Dated).unwrap();
    assert_eq!(
        decision.reason,
        "the article was written between 2021-06-16 and 2021-06-23: it tells of a meeting that was held within the week, \
         which other articles put on 2021-06-16"
    );
    // What it says of 30 June has its year now.
    let labels: Vec<&str> = found.meetings.iter().map(|meeting| meeting.label.as_str()).collect();
    assert!(labels.contains(&"Ada Byron and Bo Ek, 30 June 2021 (planned)"), "{labels:?}");
    assert_eq!(found, resolve(&[undated.clone(), record(&june)]));

    // By itself it has no date, and what shares no meeting gives it none.
    assert!(resolve(std::slice::from_ref(&undated)).written.is_empty());
    let elsewhere = Told { place: Some(("Vienna", PlaceKind::City, "AT")), ..june };
    assert!(resolve(&[record(&elsewhere), undated]).written.is_empty());
}

#[test]
fn a_plan_and_what_came_of_it_are_one_meeting_with_a_history() {
    let plan = Told {
        status: Status::Planned,
        published: Some("2021-06-10"),
        ..told("a", PAIR, Some(("2021-06-14", "2021-06-18")))
    };
    let held = Told { published: Some("2021-06-17"), ..told("b", PAIR, Some(("2021-06-16", "2021-06-16"))) };
    let found = corpus(&[held.clone(), plan.clone()]);
    assert_eq!(found.meetings.len(), 1);
    let statuses: Vec<Status> = found.meetings[0].reports.iter().map(|report| report.status).collect();
    assert_eq!((found.meetings[0].status, statuses), (Status::Held, vec![Status::Planned, Status::Held]));
    // A plan for some day of the year is not enough.
    let vague = Told { days: Some(("2021-01-01", "2021-12-31")), ..plan.clone() };
    assert_eq!(corpus(&[held, vague]).meetings.len(), 2);
    let off = Told { status: Status::Cancelled, published: Some("2021-06-13"), name: "c", ..plan.clone() };
    assert_eq!(corpus(&[off, plan]).meetings[0].status, Status::Cancelled);
}

#[test]
fn what_one_article_tells_of_twice_is_one_coming_meeting_but_an_invitation_is_no_dialogue() {
    let coming = |kinds: [&str; 2]| {
        let place = Some(("Lund", PlaceKind::City, "SE"));
        let mut article =
            record(&Told { status: Status::Planned, place, ..told("one", ["Ana Ruiz", "Bo Lind"], None) });
        let mut again = Meeting { id: "m1".into(), place: None, ..article.meetings[0].clone() };
        // Told elsewhere in the article.
        again.mentions[0].trigger = again.mentions[0].span.clone();
        article.meetings.push(again);
        for (meeting, kind) in article.meetings.iter_mut().zip(kinds) {
            meeting.kind = kind.to_owned();
        }
        resolve(&[article]).meetings.len()
    };
    assert_eq!(coming(["visit", "visit"]), 1);
    assert_eq!(coming(["visit", "meeting"]), 1);
    assert_eq!(coming(["visit", "talks"]), 2);
}

#[test]
fn a_town_and_its_state_do_not_contradict_each_other() {
    let days = Some(("2021-06-16", "2021-06-16"));
    let town = Told { place: GENEVA, ..told("a", PAIR, days) };
    let state = Told { place: Some(("Switzerland", PlaceKind::Country, "CH")), ..told("b", PAIR, days) };
    let found = corpus(&[town, state]);
    assert_eq!(found.meetings.len(), 1);
    assert_eq!(found.meetings[0].place.as_ref().unwrap().as_str(), "place/geneva");
}

#[test]
fn a_meeting_of_somebody_with_themselves_is_set_aside() {
    let found = corpus(&[told("a", ["Ada Byron", "ADA BYRON"], None)]);
    assert!(found.meetings.is_empty());
    assert!(found.decisions.iter().any(|decision| decision.kind == DecisionKind::SetAside));
}

#[test]
fn a_state_is_named_beside_its_minister_where_nobody_else_takes_part() {
    let abroad = Told { place: Some(("Norway", PlaceKind::Country, "NO")), ..told("a", ["Ann Lee", "Bo Ek"], None) };
    let mut record = record(&abroad);
    let minister = &mut record.people[0];
    let (title, span) = ("minister".to_owned(), minister.mentions[0].span.clone());
    minister.roles.push(Role { title, of: Some("l0".into()), span, from: None, to: None });
    let participants = |record: &Record| resolve(std::slice::from_ref(record)).meetings[0].participants.len();
    record.meetings[0].participants[1].entity = "l0".into();
    assert_eq!(participants(&record), 2, "the minister and the state");
    let other = Participant { entity: "p1".into(), role: ParticipantRole::Participant };
    record.meetings[0].participants.push(other);
    assert_eq!(participants(&record), 2, "the minister, who speaks for the state, and another");
}

#[test]
fn a_quotation_is_known_again_and_a_paraphrase_is_not() {
    let quoting = |name: &str, words: &str, kind| {
        let mut record = record(&told(name, PAIR, None));
        let text = format!("{words} {name}");
        record.statements.push(Statement {
            id: "s0".into(),
            kind,
            speaker: Some("p0".into()),
            source: None,
            cue: None,
            content: vec![first(&text, words)],
            addressees: vec![],
            time: None,
            negated: false,
            about: vec![],
            confidence: 0.9,
        });
        record
    };
    let statements = |words: &str, other: &str, kind| {
        resolve(&[quoting("a", words, kind), quoting("b", other, kind)]).statements.len()
    };
    let long = "We shall talk again in spring";
    assert_eq!(statements(long, "“we shall talk again, in Spring", StatementKind::Direct), 1);
    assert_eq!(statements(long, long, StatementKind::Indirect), 2);
    assert_eq!(statements("No comment", "No comment", StatementKind::Direct), 2);
}

fn any_told() -> impl Strategy<Value = Told<'static>> {
    let names = prop::sample::select(vec!["Ada Byron", "Byron", "ADA BYRON", "Karl Gauss", "Gauß", "Bo Byron"]);
    let days = prop::sample::select(vec![
        None,
        Some(("2021-06-16", "2021-06-16")),
        Some(("2021-06-01", "2021-06-30")),
        Some(("2021-06-15", "2021-06-18")),
        Some(("2021-01-01", "2021-12-31")),
    ]);
    let place = prop::sample::select(vec![None, GENEVA, Some(("Switzerland", PlaceKind::Country, "CH"))]);
    let status = prop::sample::select(vec![Status::Held, Status::Planned, Status::Cancelled]);
    let published = prop::sample::select(vec![None, Some("2021-06-10"), Some("2021-06-20")]);
    let name = prop::sample::select(vec!["a", "b", "c", "d", "e"]);
    (name, names.clone(), names, days, place, status, published).prop_map(
        |(name, one, other, days, place, status, published)| Told {
            name,
            published,
            people: [one, other],
            status,
            place,
            days,
        },
    )
}

proptest! {
    #[test]
    fn the_order_of_the_records_and_doubles_do_not_matter(
        (all, shuffled) in prop::collection::vec(any_told(), 1..8)
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let mut records: Vec<Record> = all.iter().map(record).collect();
        // One text is one article, whatever else is told of it.
        records.sort_by(|a, b| a.id.cmp(&b.id));
        records.dedup_by(|a, b| a.id == b.id);
        let mut other: Vec<Record> = shuffled.iter().filter_map(|told| {
            let id = record(told).id;
            records.iter().find(|record| record.id == id).cloned()
        }).collect();
        other.extend(records.first().cloned());
        let corpus = resolve(&records);
        prop_assert_eq!(&corpus, &resolve(&other));
        // Every meeting of a record is in the corpus or set aside, and every list is in the order of its keys.
        for record in &records {
            let aside = corpus.decisions.iter().any(|d| d.kind == DecisionKind::SetAside && d.members[0].article == record.id);
            prop_assert!(aside || corpus.meeting(corpus.key(record, "m0").unwrap()).is_some());
        }
        prop_assert!(corpus.meetings.is_sorted_by_key(|m| m.key.clone()));
        prop_assert!(corpus.meetings.iter().all(|m| m.participants.len() >= 2));
    }
}
