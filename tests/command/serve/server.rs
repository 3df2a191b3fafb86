//! The real server, and a client that can also say what no client should.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

/// A server that runs as long as this lives.
pub(super) struct Server {
    pub address: SocketAddr,
    process: Child,
    said: Mutex<mpsc::Receiver<String>>,
}

impl Server {
    /// Starts `demarche serve` and waits until it answers.
    pub fn start(store: &str, arguments: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(["serve", "--store", store, "--bind", "127.0.0.1:0"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(process.stderr.take().unwrap());
        let (tell, said) = mpsc::channel();
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).for_each(|line| drop(tell.send(line))));
        let address = loop {
            let line = said.recv_timeout(Duration::from_secs(60)).expect("the server says where it listens");
            if let Some((_, address)) = line.split_once("listening on http://") {
                break address.trim_end_matches('/').parse().unwrap();
            }
        };
        Self { address, process, said: Mutex::new(said) }
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Waits for its end; gives the code that it exits with, none where a signal ended it.
    pub fn wait(&mut self) -> Option<i32> {
        self.process.wait().unwrap().code()
    }

    /// What it has said since on standard error.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().try_iter().collect::<Vec<_>>().join("\n")
    }

    /// Sends a request: its first line without the version, lines of headers, a body.
    pub fn ask(&self, request: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Reply {
        let mut connection = self.send(request, headers, body.as_ref());
        let mut bytes = Vec::new();
        connection.read_to_end(&mut bytes).unwrap();
        Reply::parse(&bytes)
    }

    /// Sends a request and does not wait for its answer.
    pub fn send(&self, request: &str, headers: &[&str], body: &[u8]) -> TcpStream {
        let mut connection = TcpStream::connect(self.address).unwrap();
        connection.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut head = format!("{request} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|header| header.to_ascii_lowercase().starts_with("host:")) {
            head.push_str(&format!("Host: {}\r\n", self.address));
        }
        for header in headers {
            head.push_str(&format!("{header}\r\n"));
        }
        if !body.is_empty() {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        connection.write_all(head.as_bytes()).unwrap();
        // Who is refused may be answered before the body is through.
        let _ = connection.write_all(body);
        connection
    }

    /// Gets a document.
    pub fn get(&self, target: &str) -> Reply {
        self.ask(&format!("GET {target}"), &[], "")
    }

    /// Gets a document in a format.
    pub fn get_as(&self, target: &str, accept: &str) -> Reply {
        self.ask(&format!("GET {target}"), &[&format!("Accept: {accept}")], "")
    }

    /// Asks in SPARQL.
    pub fn query(&self, sparql: &str) -> Reply {
        self.ask("POST /query", &["Content-Type: application/sparql-query"], sparql)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended is as good as one that is ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("the head of an answer ends");
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header =
            |line: &str| line.split_once(':').map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
        Self { status, headers: lines.filter_map(header).collect(), body: bytes[end + 4..].to_vec() }
    }

    /// The value of a header, empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The media type without its parameters.
    pub fn media(&self) -> &str {
        self.header("content-type").split(';').next().unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// A text as part of an address.
pub(super) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
