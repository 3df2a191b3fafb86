//! The store: what it keeps, what it answers, what it refuses.

#![allow(clippy::unwrap_used)]

mod articles;

use articles::{corpus, summit};
use demarche_graph::{Added, QueryOptions, ResultsFormat, Store, StoreErrorKind};
use std::fs;
use std::path::Path;
use std::time::Duration;

fn stored(path: &Path) -> Store {
    let mut store = Store::open_or_create(path, None).unwrap();
    store.add(&corpus()).unwrap();
    store.commit().unwrap();
    store
}

/// The answer to a query as CSV lines without the header.
fn ask(store: &Store, query: &str) -> Vec<String> {
    let mut csv = Vec::new();
    store.query(query, &QueryOptions::default()).unwrap().write(ResultsFormat::Csv, &mut csv).unwrap();
    String::from_utf8(csv).unwrap().lines().skip(1).map(str::to_owned).collect()
}

const WHO_MET_WHOM: &str =
    "SELECT ?label WHERE { ?m a dm:Meeting ; dm:status dm:held ; rdfs:label ?label } ORDER BY ?label";

#[test]
fn who_met_whom() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path());
    assert_eq!(
        ask(&store, WHO_MET_WHOM),
        ["\"Ines Duarte and Teodor Banić, 4 October 2021\"", "\"Mara Lindqvist and Teodor Banić, Oslo, 16 June 2021\""]
    );
    let met = "SELECT ?other WHERE { person:mara-lindqvist dm:met ?other }";
    assert_eq!(ask(&store, met), ["https://w3id.org/demarche/id/person/teodor-banic"]);
    let sources = "SELECT ?n (COUNT(?article) AS ?articles) WHERE { ?m dm:sourceCount ?n ; prov:wasDerivedFrom ?article ; \
                   dm:place place:oslo } GROUP BY ?n";
    assert_eq!(ask(&store, sources), ["3,3"]);
}

#[test]
fn every_claim_leads_back_to_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path());
    // Each stretch that the default graph names is described in the graph of its article, with words and offsets.
    let named = ask(&store, "SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE { ?claim dm:evidence ?e }");
    let described = ask(
        &store,
        "SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE { ?claim dm:evidence ?e . GRAPH ?article { ?e nif:beginIndex ?b ; \
         nif:endIndex ?end ; nif:anchorOf ?words ; nif:referenceContext ?article } }",
    );
    assert_eq!(named, described);
    let without = ask(
        &store,
        "SELECT ?claim WHERE { { ?claim a dm:Meeting } UNION { ?claim a dm:Statement } UNION { ?claim a dm:Person } \
         UNION { ?claim a dm:Tenure } UNION { ?claim a dm:Place } FILTER NOT EXISTS { ?claim dm:evidence ?e } }",
    );
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn adding_again_changes_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("kg"), None).unwrap();
    let all = corpus();
    assert_eq!(store.add(&all).unwrap(), Added { new: 5, ..Added::default() });
    let built = store.commit().unwrap();
    assert_eq!((built.rebuilt, built.articles, built.people, built.meetings), (true, 5, 3, 3));
    assert_eq!(store.add(all.iter().rev()).unwrap(), Added { unchanged: 5, ..Added::default() });
    assert!(!store.commit().unwrap().rebuilt);

    // The same text read anew with a date replaces; a copy elsewhere does not.
    let mut dated = all[0].clone();
    dated.published.value = Some("2021-06".into());
    assert_eq!(store.add([&dated]).unwrap(), Added { replaced: 1, ..Added::default() });
    let mut copy = dated.clone();
    copy.source = "zeitung/summit.txt".into();
    assert_eq!(store.add([&copy]).unwrap(), Added { copies: 1, ..Added::default() });
    assert_eq!(store.record(&dated.id).unwrap().unwrap().source, "news/summit.txt");
    assert!(store.commit().unwrap().rebuilt);
}

#[test]
fn what_is_withdrawn_is_gone_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = stored(&folder.path().join("all"));
    let records = corpus();
    assert_eq!(store.withdraw([records[0].id.as_str(), "doc:unknown"]).unwrap(), 1);
    store.commit().unwrap();
    let mut rest = Store::create(folder.path().join("rest"), None).unwrap();
    rest.add(&records[1..]).unwrap();
    rest.commit().unwrap();
    let all = "SELECT * WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?g ?s ?p ?o";
    assert_eq!(ask(&store, all), ask(&rest, all));
}

#[test]
fn a_graph_that_is_missing_damaged_or_out_of_date_is_built_from_the_records() {
    let folder = tempfile::tempdir().unwrap();
    let expected = ask(&stored(folder.path()), WHO_MET_WHOM);
    let graph = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().unwrap().to_string_lossy().starts_with("graph."))
        .unwrap();
    if graph.is_file() {
        let whole = fs::read(&graph).unwrap();
        for broken in [&whole[..whole.len() / 2], &whole[..whole.len() - 3], b"", b"not gzip at all"] {
            fs::write(&graph, broken).unwrap();
            assert_eq!(ask(&Store::open(folder.path()).unwrap(), WHO_MET_WHOM), expected);
        }
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 0xFF;
        fs::write(&graph, flipped).unwrap();
        assert_eq!(ask(&Store::open(folder.path()).unwrap(), WHO_MET_WHOM), expected);
        fs::remove_file(&graph).unwrap();
    } else {
        fs::remove_dir_all(&graph).unwrap();
    }
    assert_eq!(ask(&Store::open(folder.path()).unwrap(), WHO_MET_WHOM), expected);
    // Records that were added without a commit are seen all the same.
    let mut store = Store::create(folder.path().join("records-only"), None).unwrap();
    store.add(&corpus()).unwrap();
    assert_eq!(ask(&store, WHO_MET_WHOM), expected);
}

#[test]
fn a_graph_on_disk_is_opened_by_its_stamp_and_by_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path());
    let stamp = store.stamp().unwrap();
    let open = |stamp: &str| Store::open_on_disk(folder.path(), stamp).unwrap();
    if cfg!(feature = "rocksdb") {
        assert_eq!(store.on_disk(&stamp).unwrap().quads, store.graph().unwrap().len().unwrap());
        assert_eq!(ask(&open(&stamp).unwrap(), WHO_MET_WHOM), ask(&store, WHO_MET_WHOM));
    } else {
        assert!(store.on_disk(&stamp).is_none(), "it is in memory");
    }
    assert!(store.on_disk("another").is_none() && open("another").is_none());
}

#[test]
fn folders_that_are_no_store_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let error = |path: &Path| Store::open(path).err().unwrap();
    assert_eq!(error(&folder.path().join("nowhere")).kind(), StoreErrorKind::Missing);
    assert_eq!(error(folder.path()).kind(), StoreErrorKind::Missing);
    fs::write(folder.path().join("letter.txt"), "Dear all").unwrap();
    assert_eq!(error(folder.path()).kind(), StoreErrorKind::Foreign);
    assert_eq!(Store::create(folder.path(), None).err().unwrap().kind(), StoreErrorKind::Foreign);
    assert_eq!(fs::read_to_string(folder.path().join("letter.txt")).unwrap(), "Dear all");

    let path = folder.path().join("kg");
    drop(stored(&path));
    fs::write(path.join("store.json"), r#"{"format":"demarche-store/99","base":"https://example.org/"}"#).unwrap();
    assert_eq!(error(&path).kind(), StoreErrorKind::Version);
    fs::write(path.join("store.json"), "{\"form").unwrap();
    assert_eq!(error(&path).kind(), StoreErrorKind::Version);
    assert_eq!(Store::create(folder.path().join("x"), Some("no iri")).err().unwrap().kind(), StoreErrorKind::Base);
}

#[test]
fn a_half_written_record_is_named_and_can_be_added_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = stored(folder.path());
    let record = summit();
    let file = folder.path().join("records").join(format!("{}.json", &record.id[4..]));
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let error = store.commit().unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Record);
    assert!(error.to_string().contains(&record.id[4..]), "{error}");
    assert_eq!(store.add([&record]).unwrap().replaced, 1);
    assert_eq!(store.commit().unwrap().articles, 5);
    // What a writer that was broken off left behind is no record.
    fs::write(file.with_extension("json.part"), "{").unwrap();
    assert_eq!(store.commit().unwrap().articles, 5);
}

#[test]
fn one_writer_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let writer = stored(folder.path());
    let mut other = Store::open(folder.path()).unwrap();
    let error = other.add(&corpus()).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Locked);
    assert!(error.to_string().contains("another process writes"), "{error}");
    assert_eq!(ask(&other, WHO_MET_WHOM).len(), 2);
    drop(writer);
    assert_eq!(other.add(&corpus()).unwrap().unchanged, 5);
}

#[test]
fn queries_that_fail_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path());
    let kind = |query: &str| store.query(query, &QueryOptions::default()).err().unwrap().kind();
    assert_eq!(kind("SELECT WHERE"), StoreErrorKind::Syntax);
    assert_eq!(kind("SELECT * WHERE { ?s unknown:p ?o }"), StoreErrorKind::Syntax);
    assert_eq!(kind("DELETE WHERE { ?s ?p ?o }"), StoreErrorKind::Syntax);
    let options = QueryOptions { time_limit: Some(Duration::from_millis(50)) };
    let endless = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?a ?b ?c . ?d ?e ?f . ?h ?i ?j . ?k ?l ?m } }";
    let results =
        store.query(endless, &options).and_then(|results| results.write(ResultsFormat::Json, std::io::sink()));
    assert_eq!(results.unwrap_err().kind(), StoreErrorKind::TimeLimit);
}

#[test]
fn results_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path());
    let write = |query: &str, format: &str| {
        let mut out = Vec::new();
        let results = store.query(query, &QueryOptions::default()).unwrap();
        results.write(ResultsFormat::from_name(format).unwrap(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let query = "SELECT ?label WHERE { person:ines-duarte rdfs:label ?label }";
    assert_eq!(write(query, "csv"), "label\r\nInes Duarte\r\n");
    assert_eq!(write(query, "tsv"), "?label\n\"Ines Duarte\"@en\n");
    assert!(write(query, "json").contains(r#""value":"Ines Duarte""#));
    assert!(write(query, "xml").contains("<literal xml:lang=\"en\">Ines Duarte</literal>"));
    assert_eq!(write("ASK { person:ines-duarte dm:met person:mara-lindqvist }", "csv"), "false");
    assert!(write("DESCRIBE person:ines-duarte", "csv").contains("<https://w3id.org/demarche#Person>"));
    assert_eq!(ResultsFormat::from_name("png").unwrap_err().kind(), StoreErrorKind::Unknown);
}

/// A store that is asked one thing loads no more than that needs; the answer is that of the whole graph.
#[test]
fn a_query_has_the_same_answer_whatever_was_loaded_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let whole = stored(folder.path());
    whole.graph().unwrap();
    let own = [
        "SELECT * WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o",
        "SELECT ?g WHERE { GRAPH ?g {} } ORDER BY ?g",
        "SELECT ?class (COUNT(*) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s a dm:Mention }",
        "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a dm:Mention } }",
        "SELECT ?s WHERE { ?s dm:participant+/dm:tenure* person:mara-lindqvist } ORDER BY ?s",
        "SELECT ?l WHERE { ?s rdfs:label ?l FILTER EXISTS { GRAPH ?g { ?r dm:reports ?s ; a dm:MeetingReport } } } ORDER BY ?l",
        "SELECT ?l WHERE { { SELECT ?s { ?s dm:sourceCount ?n } ORDER BY DESC(?n) ?s LIMIT 2 } ?s rdfs:label ?l } ORDER BY ?l",
        "SELECT ?k (COUNT(*) AS ?n) FROM <https://w3id.org/demarche/id/graph/decisions> { ?d dm:kind ?k } GROUP BY ?k ORDER BY ?k",
    ];
    let named = demarche_graph::named_queries().iter().map(|query| query.sparql.as_str());
    for query in named.chain(own) {
        let fresh = Store::open(folder.path()).unwrap();
        assert_eq!(ask(&fresh, query), ask(&whole, query), "{query}");
        // What is loaded grows with what is asked.
        for other in own {
            assert_eq!(ask(&fresh, other), ask(&whole, other), "{other} after {query}");
        }
    }
}
