//! Puts a server under load: `cargo run --release -p demarche-server --example load -- ADDRESS [SECONDS] [CONNECTIONS]`.
//!
//! Each connection asks one thing after the other, in an order of its own: queries in SPARQL, searches, lists, the network, the
//! diagram. The first connection asks nothing but hostile queries. Prints how long the answers took and which were none, and, where
//! the id of the server's process is given in SERVER_PID, its memory every five seconds. Fails where anybody but the hostile one
//! got anything but an answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How often memory is looked at.
const SAMPLE: Duration = Duration::from_secs(5);

/// What is asked.
#[derive(Clone, Copy)]
enum Ask {
    /// A query in SPARQL.
    Query(&'static str),
    /// A document.
    Get(&'static str),
}

/// What well-meaning connections ask, with its name.
const MIXED: [(&str, Ask); 12] = [
    ("ask", Ask::Query("ASK { ?a dm:met ?b }")),
    ("who met whom", Ask::Query("SELECT ?a ?b { ?a dm:met ?b } LIMIT 100")),
    (
        "people by name",
        Ask::Query(
            "SELECT ?p ?name { ?p a dm:Person ; rdfs:label ?name FILTER(CONTAINS(LCASE(?name), \"an\")) } LIMIT 20",
        ),
    ),
    (
        "meetings of a month",
        Ask::Query(
            "SELECT ?m ?d { ?m a dm:Meeting ; dm:earliest ?d FILTER(?d >= \"2021-06-01\"^^xsd:date && ?d < \"2021-07-01\"^^xsd:date) } LIMIT 50",
        ),
    ),
    ("statements", Ask::Query("SELECT ?s ?text { ?who dm:said ?s . ?s dm:text ?text } LIMIT 50")),
    (
        "those with most meetings",
        Ask::Query(
            "SELECT ?p (COUNT(?m) AS ?n) { ?m a dm:Meeting ; dm:participant ?p } GROUP BY ?p ORDER BY DESC(?n) LIMIT 10",
        ),
    ),
    ("triples", Ask::Query("CONSTRUCT { ?m dm:participant ?p } { ?m a dm:Meeting ; dm:participant ?p } LIMIT 200")),
    ("a thing as RDF", Ask::Get("/id/place/washington.ttl")),
    ("search", Ask::Get("/api/search?q=pres")),
    ("list of meetings", Ask::Get("/api/meetings?limit=50")),
    ("network", Ask::Get("/api/network")),
    ("diagram", Ask::Get("/export/graph.svg")),
];

const HOSTILE_NAME: &str = "hostile";

/// What one connection asks that should not be asked.
const HOSTILE: [&str; 3] = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a",
    "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c }",
];

/// One answer.
struct Sample {
    what: &'static str,
    status: u16,
    took: Duration,
    bytes: usize,
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let address = arguments.first().ok_or("give the address of a server, 127.0.0.1:7878")?.clone();
    let number = |at: usize, default: u64| arguments.get(at).map_or(Ok(default), |text| text.parse());
    let (seconds, connections) = (number(1, 120)?, number(2, 32)?);
    let server: Option<u32> = std::env::var("SERVER_PID").ok().and_then(|pid| pid.parse().ok());
    let begin = Instant::now();
    let end = begin + Duration::from_secs(seconds);
    let clients: Vec<_> = (0..connections)
        .map(|number| {
            let address = address.clone();
            std::thread::spawn(move || client(&address, number, end))
        })
        .collect();
    if let Some(server) = server {
        while Instant::now() < end {
            println!("{:>4} s: {}", begin.elapsed().as_secs(), memory(server));
            std::thread::sleep(SAMPLE.min(end.saturating_duration_since(Instant::now())));
        }
    }
    let mut samples = Vec::new();
    for client in clients {
        samples.extend(client.join().map_err(|_| "a client broke down")?.map_err(|error| error.to_string())?);
    }
    if let Some(server) = server {
        println!("{:>4} s: {}", begin.elapsed().as_secs(), memory(server));
    }
    report(&samples, seconds);
    let failed = samples.iter().filter(|sample| sample.what != HOSTILE_NAME && sample.status != 200).count();
    println!("{failed} of those who meant well got no answer");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One connection's work.
fn client(address: &str, number: u64, end: Instant) -> std::io::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    let mut connection = Connection::open(address)?;
    // A walk over the questions that is different for each connection and the same in each run.
    let mut at = number.wrapping_mul(0x9e37_79b9);
    while Instant::now() < end {
        at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let pick = (at >> 33) as usize;
        let (what, ask) = match number {
            0 => (HOSTILE_NAME, Ask::Query(HOSTILE[pick % HOSTILE.len()])),
            _ => MIXED[pick % MIXED.len()],
        };
        let started = Instant::now();
        let (status, bytes) = connection.ask(ask)?;
        samples.push(Sample { what, status, took: started.elapsed(), bytes });
    }
    Ok(samples)
}

/// A connection that is kept open.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(address: &str) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Asks; gives the status and the length of the answer.
    fn ask(&mut self, ask: Ask) -> std::io::Result<(u16, usize)> {
        let request = match ask {
            Ask::Get(target) => format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            Ask::Query(query) => format!(
                "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\n\r\n{query}",
                query.len()
            ),
        };
        self.0.get_mut().write_all(request.as_bytes())?;
        let mut status = 0;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line)?;
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest.split(' ').next().and_then(|status| status.parse().ok()).unwrap_or(0);
            } else if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            } else if line.is_empty() {
                break;
            }
        }
        std::io::copy(&mut self.0.by_ref().take(length as u64), &mut std::io::sink())?;
        Ok((status, length))
    }
}

fn report(samples: &[Sample], seconds: u64) {
    println!("{} answers, {:.0} a second", samples.len(), samples.len() as f64 / seconds as f64);
    println!("| asked | answers | p50 | p95 | p99 | longest | bytes | statuses |\n|---|---|---|---|---|---|---|---|");
    let mut names: Vec<&str> = samples.iter().map(|sample| sample.what).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let of: Vec<&Sample> = samples.iter().filter(|sample| sample.what == name).collect();
        let mut took: Vec<Duration> = of.iter().map(|sample| sample.took).collect();
        took.sort_unstable();
        let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
        let mut statuses: Vec<u16> = of.iter().map(|sample| sample.status).collect();
        statuses.sort_unstable();
        let counted: Vec<String> =
            statuses.chunk_by(|a, b| a == b).map(|same| format!("{} × {}", same[0], same.len())).collect();
        let bytes = of.iter().map(|sample| sample.bytes).max().unwrap_or_default();
        let [p50, p95, p99, most] =
            [at(0.5), at(0.95), at(0.99), at(1.0)].map(|time| format!("{:.1} ms", time.as_secs_f64() * 1e3));
        println!("| {name} | {} | {p50} | {p95} | {p99} | {most} | {bytes} | {} |", of.len(), counted.join(", "));
    }
}

/// Memory of a process and of all that it has started, as far as they do not share it (`/proc/PID/smaps_rollup`, Pss).
fn memory(server: u32) -> String {
    let mut pids = vec![server];
    let mut at = 0;
    while at < pids.len() {
        // Each thread knows its own.
        let threads = std::fs::read_dir(format!("/proc/{}/task", pids[at])).into_iter().flatten().flatten();
        for thread in threads {
            let children = std::fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            pids.extend(children.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
        }
        at += 1;
    }
    let pss = |pid: &u32| {
        let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    let all: u64 = pids.iter().filter_map(pss).sum();
    format!("{} MB in {} processes, the front {} MB", all / 1024, pids.len(), pss(&server).unwrap_or_default() / 1024)
}
