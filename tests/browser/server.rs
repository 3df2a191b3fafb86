//! `demarche serve`, as a child of the test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The token that the server is started with.
pub const TOKEN: &str = "a token for the tests";

/// A server that ends with the test.
pub struct Server {
    process: Child,
    /// `http://127.0.0.1:40123`
    pub address: String,
}

impl Server {
    pub fn start(store: &Path) -> Self {
        let file = store.with_extension("token");
        std::fs::write(&file, TOKEN).unwrap();
        let mut process = demarche()
            .args(["serve", "--bind", "127.0.0.1:0", "--allow-update", "--token-file"])
            .arg(file)
            .arg("--store")
            .arg(store)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let mut told = Vec::new();
        let address = loop {
            let Some(Ok(line)) = lines.next() else { panic!("the server has not started: {told:?}") };
            if let Some((_, address)) = line.split_once("listening on ") {
                break address.trim_end_matches('/').to_owned();
            }
            told.push(line);
        };
        // What it says from now on is for whoever looks at the test.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| eprintln!("server: {line}")));
        Self { process, address }
    }
}

impl Server {
    /// Status and body of a GET.
    pub fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let host = self.address.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), answer.split_off(end + 4))
    }

    /// The JSON of a GET.
    pub fn json(&self, path: &str) -> (u16, serde_json::Value) {
        let (status, body) = self.get(path);
        (status, serde_json::from_slice(&body).unwrap_or_else(|error| panic!("{path}: {error}")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn demarche() -> Command {
    Command::new(env!("CARGO_BIN_EXE_demarche"))
}
