//! Queries that are meant to do harm: each is stopped in time, costs nobody else anything, and is told why.

use super::served;
use super::server::Server;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Seconds that a query may take here.
const TIMEOUT: &str = "3";

/// The fifth power of the triples: no machine is done with it in time.
pub(super) const ENDLESS: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }";

/// Expressions within expressions, each making the string longer.
fn nested_replace(depth: usize) -> String {
    (0..depth)
        .fold(r#""aaaaaaaaaaaaaaaa""#.to_owned(), |inner, _| format!(r#"REPLACE({inner}, "a", "aaaaaaaaaaaaaaaa")"#))
}

#[test]
fn every_hostile_query_is_stopped_in_time_while_others_go_on() {
    let (_desk, server) = served(&["--timeout", TIMEOUT, "--memory-mb", "256", "--workers", "3"]);
    let values = (0..60).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
    let eight_values = (0..8).map(|n| format!("VALUES ?v{n} {{ {values} }} ")).collect::<String>();
    let deep = 1_000_000;
    // What is asked, and with which statuses it may end.
    let cases: Vec<(&str, String, &[u16])> = vec![
        ("a cross product", ENDLESS.into(), &[504]),
        ("eight VALUES of sixty", format!("SELECT (COUNT(*) AS ?n) {{ {eight_values} }}"), &[504]),
        ("an order over everything", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } ORDER BY ?c ?f ?i".into(), &[503, 504]),
        ("a string that grows", format!("SELECT (STRLEN({}) AS ?n) {{}}", nested_replace(9)), &[503, 504]),
        ("a path without end", "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c . ?c (!<urn:x>|^!<urn:x>)* ?d }".into(), &[504]),
        ("all combinations, once each", "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }".into(), &[413, 503, 504]),
        ("one long string", "SELECT (GROUP_CONCAT(?x) AS ?g) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o BIND(CONCAT(STR(?c), STR(?f)) AS ?x) }".into(), &[503, 504]),
        ("a million parentheses", format!("SELECT * {{ FILTER({}1{}) }}", "(".repeat(deep), ")".repeat(deep)), &[400, 503, 504]),
        ("a million groups", format!("SELECT * {}{}", "{".repeat(deep), "}".repeat(deep)), &[400, 503, 504]),
        ("an expression that should go back and back", r#"SELECT * { ?s ?p ?o FILTER(REGEX(CONCAT(STR(?o), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), "^(((a+)+)+)+$")) }"#.into(), &[200]),
        ("an expression that would be huge", r#"SELECT * { FILTER(REGEX("a", "((((a{100}){100}){100}){100})")) }"#.into(), &[200]),
    ];
    let limit = Duration::from_secs_f64(TIMEOUT.parse::<f64>().unwrap() + 1.0);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let others = scope.spawn(|| peaceful(&server, &over));
        // However this ends, the others stop then.
        let ended = Ended(&over);
        for (name, query, statuses) in &cases {
            let started = Instant::now();
            let reply = server.query(query);
            let took = started.elapsed();
            let text = reply.text().chars().take(200).collect::<String>();
            assert!(statuses.contains(&reply.status), "{name}: {} {text}", reply.status);
            assert!(took < limit, "{name} took {took:?}");
        }
        drop(ended);
        let answered = others.join().unwrap();
        assert!(answered > 20, "only {answered} other queries were answered meanwhile");
    });
    assert_eq!(server.said(), "", "nothing of this is news for the operator");
}

/// Says that it is over when it goes, also by a failed assertion.
struct Ended<'o>(&'o AtomicBool);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Asks something modest again and again; each must be answered soon. Gives how often.
fn peaceful(server: &Server, over: &AtomicBool) -> usize {
    let mut answered = 0;
    while !over.load(Ordering::Relaxed) {
        let started = Instant::now();
        let reply = server.query("SELECT ?who { ?who dm:met ?whom }");
        assert_eq!(reply.status, 200, "{reply:?}");
        assert!(started.elapsed() < Duration::from_secs(3), "a modest query took {:?}", started.elapsed());
        answered += 1;
        std::thread::sleep(Duration::from_millis(20));
    }
    answered
}

#[test]
fn answers_are_whole_or_refused() {
    let (_desk, server) = served(&["--max-rows", "5"]);
    assert_eq!(server.query("SELECT * { ?s ?p ?o } LIMIT 5").status, 200);
    for query in ["SELECT * { ?s ?p ?o } LIMIT 6", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"] {
        let reply = server.query(query);
        assert_eq!(reply.status, 413, "{query}");
        assert!(reply.text().contains("more than 5"), "{}", reply.text());
    }
}

#[test]
fn too_many_at_once_are_told_to_come_again() {
    let (_desk, server) = served(&["--workers", "1", "--queue", "1", "--timeout", "2"]);
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..4).map(|_| scope.spawn(|| server.query(ENDLESS))).collect();
        let replies: Vec<_> = asked.into_iter().map(|asked| asked.join().unwrap()).collect();
        let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
        statuses.sort_unstable();
        // One is worked on, one waits (and is worked on, or has waited too long), two are not even let in.
        assert_eq!(statuses[..2], [503, 503], "{statuses:?}");
        assert_eq!(statuses[3], 504, "{statuses:?}");
        assert!(replies.iter().filter(|reply| reply.status == 503).all(|reply| reply.header("retry-after") == "1"));
    });
    assert_eq!(server.query("ASK {}").status, 200);
}

#[test]
fn a_client_that_goes_away_frees_its_worker() {
    let (_desk, server) = served(&["--workers", "1", "--timeout", "60"]);
    let connection = server.send("POST /query", &["Content-Type: application/sparql-query"], ENDLESS.as_bytes());
    std::thread::sleep(Duration::from_millis(500));
    drop(connection);
    let started = Instant::now();
    assert_eq!(server.query("ASK {}").status, 200);
    assert!(started.elapsed() < Duration::from_secs(10), "the only worker was busy for {:?}", started.elapsed());
    assert!(server.get("/metrics").text().contains(r#"workers_ended_total{reason="ClientGone"} 1"#));
}
