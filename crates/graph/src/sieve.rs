//! Reading of N-Quads as we keep them, line by line, without what a query does not see.

use crate::reach::Reach;
use std::io::{self, BufRead, Read};

/// Hands on the lines of sorted N-Quads that a query can see. A quad is a line whose subject and predicate are IRIs, and no
/// IRI has a space in it: so the graph writes them.
pub(crate) struct Sieve<'r, R> {
    reader: R,
    reach: &'r Reach,
    line: Vec<u8>,
    /// How much of the line has been handed on.
    at: usize,
}

impl<'r, R: BufRead> Sieve<'r, R> {
    pub fn new(reader: R, reach: &'r Reach) -> Self {
        Self { reader, reach, line: Vec::new(), at: 0 }
    }

    /// Reads on to the next line that is seen; an empty one is the end.
    fn next(&mut self) -> io::Result<()> {
        loop {
            self.line.clear();
            self.at = 0;
            if self.reader.read_until(b'\n', &mut self.line)? == 0 || is_seen(&self.line, self.reach) {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Read for Sieve<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            if self.at == self.line.len() {
                self.next()?;
                if self.line.is_empty() {
                    break;
                }
            }
            let rest = &self.line[self.at..];
            let taken = rest.len().min(buffer.len() - filled);
            buffer[filled..filled + taken].copy_from_slice(&rest[..taken]);
            filled += taken;
            self.at += taken;
        }
        Ok(filled)
    }
}

fn is_seen(line: &[u8], reach: &Reach) -> bool {
    let mut words = line.splitn(4, |byte| *byte == b' ').skip(1);
    let predicate = words.next().unwrap_or_default();
    reach.has(predicate, || words.next().is_some_and(|class| reach.has_class(class)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::SparqlParser;

    #[test]
    fn lines_that_are_not_seen_are_left_out() {
        let kept = "<s:1> <p:a> \"a <p:b> c\" .\n<s:1> <p:b> <o:1> <g:1> .\n\
                    <s:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <c:1> <g:1> .\n\
                    <s:2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <c:2> .\n<s:2> <p:b> \"x y\"@en .\n";
        let left = |query: &str| {
            let reach = Reach::of(&SparqlParser::new().parse_query(query).unwrap());
            let mut text = String::new();
            Sieve::new(kept.as_bytes(), &reach).read_to_string(&mut text).unwrap();
            text.lines().map(|line| kept.lines().position(|other| other == line).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(left("ASK { ?s <p:b> ?o }"), [1, 4]);
        assert_eq!(left("ASK { ?s a <c:2> ; <p:a> ?o }"), [0, 3]);
        assert_eq!(left("ASK { ?s ?p ?o }"), [0, 1, 2, 3, 4]);
        assert_eq!(left("ASK { ?s <p:c> ?o }"), [0; 0]);
    }
}
