//! The JSON interface: every answer is what its description says, and the answers over the sample articles.

use crate::server::Server;
use crate::{json, sample_store, serve, store};
use serde_json::Value;

/// Something of every method, as the page asks it.
fn calls(server: &Server) -> Vec<String> {
    let first = |list: &str| {
        let (_, answer) = json(server, list);
        answer["items"][0]["key"].as_str().unwrap().to_owned()
    };
    let mut calls: Vec<String> = [
        "search?q=put",
        "search?q=biden&each=1",
        "search?q=geneva&kind=meeting,statement&limit=5",
        "people",
        "people?q=bid&sort=name",
        "bodies?of=government",
        "places?min_sources=2",
        "meetings?since=2021-06&until=2021-06&status=held",
        "meetings?about=person/joe-biden,person/vladimir-putin&sort=oldest",
        "statements?speaker=person/joe-biden&limit=3",
        "statements?q=lake&sort=sources",
        "articles?since=2021&until=2021-06-17",
        "network?max_nodes=8",
        "network?about=person/angela-merkel",
        "timeline",
        "timeline?about=person/joe-biden",
        "statistics",
        "queries",
        "decisions?sort=apart",
        "decisions?about=person/joe-biden",
    ]
    .map(|call| format!("/api/{call}"))
    .into();
    for list in ["people", "bodies", "places", "meetings", "statements", "articles"] {
        calls.push(format!("/api/{}", first(&format!("/api/{list}?limit=1"))));
    }
    calls
}

/// The schema of a method's answers, with all that it refers to.
fn schema_of(openapi: &Value, call: &str) -> Value {
    let path = call.split('?').next().unwrap();
    let paths = openapi["paths"].as_object().unwrap();
    let method = paths.get(path).or_else(|| {
        let (kind, _) = path.rsplit_once('/')?;
        paths.get(&format!("{kind}/{{name}}"))
    });
    let method = method.unwrap_or_else(|| panic!("{path} is not described"));
    let answer = &method["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    serde_json::json!({ "allOf": [answer], "components": openapi["components"] })
}

#[test]
fn every_answer_is_as_it_is_described() {
    let desk = tempfile::tempdir().unwrap();
    let kept = desk.path().join("kg");
    store(&kept);
    let server = serve(&kept);
    let (status, openapi) = json(&server, "/api/openapi.json");
    assert_eq!((status, &openapi["openapi"]), (200, &serde_json::json!("3.1.0")));
    let mut asked = std::collections::BTreeSet::new();
    for call in calls(&server) {
        let (status, answer) = json(&server, &call);
        assert_eq!(status, 200, "{call}: {answer}");
        let schema = schema_of(&openapi, &call);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&answer).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{call}: {wrong:#?}");
        let path = call.split('?').next().unwrap();
        let known = openapi["paths"].as_object().unwrap().keys();
        let of_thing = |template: &&String| template.strip_suffix("{name}").is_some_and(|stem| path.starts_with(stem));
        asked.extend(known.filter(|template| *template == path || of_thing(template)).cloned());
    }
    let unasked: Vec<&String> = openapi["paths"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, methods)| methods.get("get").is_some())
        .map(|(path, _)| path)
        .filter(|path| !asked.contains(*path) && *path != "/api/openapi.json" && *path != "/api/status")
        .collect();
    assert!(unasked.is_empty(), "described and never asked: {unasked:?}");
}

#[test]
fn what_cannot_be_answered_says_why() {
    let desk = tempfile::tempdir().unwrap();
    let kept = desk.path().join("kg");
    sample_store(&kept);
    let server = serve(&kept);
    for (call, status, words) in [
        ("/api/person/nobody", 404, "there is no person/nobody"),
        ("/api/nothing", 404, "there is no /api/nothing"),
        ("/api/people?colour=red", 400, "has no parameter \"colour\""),
        ("/api/meetings?since=yesterday", 400, "no day, month or year"),
        ("/api/meetings?status=maybe", 400, "is none of held"),
        ("/api/people?limit=100000", 400, "more than 500"),
        ("/api/people?limit=-1", 400, "no whole number"),
        ("/api/meetings?about=person/nobody", 404, "there is no person/nobody"),
    ] {
        let (found, answer) = json(&server, call);
        let reason = answer["error"].as_str().unwrap_or_default();
        assert!(found == status && reason.contains(words), "{call}: {found} {answer}");
    }
}

#[test]
fn answers_over_the_sample_articles() {
    let desk = tempfile::tempdir().unwrap();
    let kept = desk.path().join("kg");
    sample_store(&kept);
    let server = serve(&kept);
    let (_, mut description) = json(&server, "/api/openapi.json");
    description["info"]["version"] = serde_json::json!("[version]");
    insta::assert_json_snapshot!("openapi", description);
    for (name, call) in [
        ("search", "/api/search?q=put&limit=6"),
        ("person", "/api/person/sergei-lavrov"),
        ("network", "/api/network?about=person/angela-merkel"),
        ("timeline", "/api/timeline?about=person/joe-biden"),
        ("statistics", "/api/statistics"),
        ("meetings", "/api/meetings?since=2021-06&until=2021-06&status=held"),
    ] {
        let (_, answer) = json(&server, call);
        insta::assert_json_snapshot!(name, answer);
    }
    let (_, found) = json(&server, "/api/meetings?about=person/joe-biden,place/geneva&status=held&limit=1");
    let (_, meeting) = json(&server, &format!("/api/{}", found["items"][0]["key"].as_str().unwrap()));
    insta::assert_json_snapshot!("meeting", meeting);
}

#[test]
fn every_kind_has_room_in_a_search() {
    let desk = tempfile::tempdir().unwrap();
    let kept = desk.path().join("kg");
    sample_store(&kept);
    let server = serve(&kept);
    let (_, found) = json(&server, "/api/search?q=geneva&each=1");
    let kinds: Vec<&str> =
        found["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    let once: std::collections::BTreeSet<&str> = kinds.iter().copied().collect();
    assert_eq!(once.len(), kinds.len(), "{kinds:?}");
    assert!(once.is_superset(&["meeting", "place", "statement"].into()), "{kinds:?}");
    assert!(found["total"].as_u64().unwrap() > kinds.len() as u64, "{found}");
}

#[test]
fn offsets_of_evidence_are_those_of_the_text() {
    let desk = tempfile::tempdir().unwrap();
    let kept = desk.path().join("kg");
    sample_store(&kept);
    let server = serve(&kept);
    let (_, articles) = json(&server, "/api/articles");
    let mut checked = 0;
    for article in articles["items"].as_array().unwrap() {
        let (_, article) = json(&server, &format!("/api/{}", article["key"].as_str().unwrap()));
        assert_eq!(article["complete"], true);
        let text: Vec<char> = article["fragments"][0]["text"].as_str().unwrap().chars().collect();
        for mark in article["marks"].as_array().unwrap() {
            let [start, end] = ["start", "end"].map(|at| usize::try_from(mark[at].as_u64().unwrap()).unwrap());
            assert!(start < end && end <= text.len(), "{mark}");
        }
    }
    let (_, meetings) = json(&server, "/api/meetings?limit=100");
    for meeting in meetings["items"].as_array().unwrap() {
        let (_, meeting) = json(&server, &format!("/api/{}", meeting["key"].as_str().unwrap()));
        for passage in
            meeting["reports"].as_array().unwrap().iter().flat_map(|report| report["evidence"].as_array().unwrap())
        {
            let (_, article) = json(&server, &format!("/api/{}", passage["article"]["key"].as_str().unwrap()));
            let text = article["fragments"][0]["text"].as_str().unwrap().chars();
            let [start, end] = ["start", "end"].map(|at| usize::try_from(passage[at].as_u64().unwrap()).unwrap());
            assert_eq!(text.skip(start).take(end - start).collect::<String>(), passage["text"].as_str().unwrap());
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked}");
}
