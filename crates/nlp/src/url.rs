//! Whether a chunk is a URL, an e-mail address or a bare host name, which stay one token.
//!
//! The grammar is that of spaCy's `URL_PATTERN` (`lang/tokenizer_exceptions.py`, after Diego Perini's, MIT): optional scheme,
//! optional user, a public IPv4 address or a host name with a lower-case top level, optional port, optional path.

use crate::char_class::is_alpha_lower;
use crate::lexeme::is_alphabetic;
use unicode_general_category::{GeneralCategory, get_general_category};

/// Whether the whole chunk is a URL.
pub(crate) fn is_url(chunk: &str) -> bool {
    if !chunk.contains('.') {
        return false;
    }
    let after_scheme = chunk.find("://").filter(|&colon| is_scheme(&chunk[..colon])).map(|colon| colon + 3);
    // A user may hold anything, also an at sign: every one of them may be the last character before the host.
    let after_user = chunk.match_indices('@').filter(|&(at, _)| at > 0).map(|(at, _)| at + 1);
    std::iter::once(0).chain(after_scheme).chain(after_user).any(|host| is_host_port_path(&chunk[host..]))
}

fn is_scheme(text: &str) -> bool {
    text.chars().count() >= 2
        && text.chars().all(|c| is_alphabetic(c) || c.is_numeric() || matches!(c, '_' | '+' | '-' | '.'))
}

fn is_host_port_path(text: &str) -> bool {
    // None of these characters can be in a host; an at sign can follow none.
    let (host, rest) = text.split_at(text.find([':', '/', '?', '#', '@']).unwrap_or(text.len()));
    let path = match rest.strip_prefix(':') {
        None => rest,
        Some(port) => {
            let end = port.find(|c| !is_decimal(c)).unwrap_or(port.len());
            if !(2..=5).contains(&port[..end].chars().count()) {
                return false;
            }
            &port[end..]
        }
    };
    (path.is_empty() || path.starts_with(['/', '?', '#'])) && (is_host_name(host) || is_public_address(host))
}

fn is_host_name(host: &str) -> bool {
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    (2..=63).contains(&top.chars().count()) && top.chars().all(is_alpha_lower) && labels.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let in_host = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    (1..=64).contains(&label.chars().count())
        && label.starts_with(in_host)
        && label.ends_with(in_host)
        && label.chars().all(|c| in_host(c) || matches!(c, '_' | '-'))
}

/// Four octets that are no private, loopback or local network's, no network's and no broadcast address.
fn is_public_address(host: &str) -> bool {
    let mut octets = [0; 4];
    let mut parts = host.split('.');
    for octet in &mut octets {
        let Some(value) = parts.next().and_then(octet_value) else { return false };
        *octet = value;
    }
    let [first, second, _, last] = octets;
    let leading_zero = |part: Option<&str>| part.is_some_and(|p| p.starts_with('0'));
    parts.next().is_none()
        && (1..=223).contains(&first)
        && (1..=254).contains(&last)
        && !leading_zero(host.split('.').next())
        && !leading_zero(host.split('.').next_back())
        && first != 10
        && first != 127
        && (first, second) != (169, 254)
        && (first, second) != (192, 168)
        && !(first == 172 && (16..=31).contains(&second))
}

fn octet_value(part: &str) -> Option<u16> {
    let digits = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    // Three digits that begin with a zero are no octet for the pattern.
    let octet = digits && !(part.len() == 3 && part.starts_with('0'));
    octet.then(|| part.parse().ok()).flatten().filter(|&value| value <= 255)
}

fn is_decimal(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && get_general_category(c) == GeneralCategory::DecimalNumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_addresses_and_hosts() {
        for url in [
            "https://example.org/a?b=c#d",
            "www.example.co.uk",
            "press@example.gov",
            "ftp://user:secret@example.org:2121/x",
            "8.8.8.8",
            "http://142.42.1.1:8080/",
            "t.co/abc",
            "münchen.de",
            "a@b@example.org",
        ] {
            assert!(is_url(url), "{url}");
        }
    }

    #[test]
    fn what_is_none() {
        for text in [
            "ended.The",
            "U.S.",
            "3.14",
            "10.1.2.3",
            "192.168.0.1",
            "example.org:1",
            "@example",
            "http://",
            "-a.org",
            "a..org",
            "8.8.8.08",
            "1.2.3.4.5",
        ] {
            assert!(!is_url(text), "{text}");
        }
    }
}
