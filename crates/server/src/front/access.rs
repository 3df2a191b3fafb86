//! Who may ask what, and what browsers are told of it.

use super::Shared;
use crate::exchange::{Failed, Failure};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use subtle::ConstantTimeEq;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// What browsers may do with a document that is no page of ours: nothing but show it.
const NO_PAGE: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/// Lets requests in that may come in, and tells browsers to be strict.
pub(super) async fn guard(State(front): Shared, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    if !is_ours(host, front.settings.bind, &front.settings.hosts) {
        let reason = "this name is not one of this server's: start it with --host NAME to have it answer to the name\n";
        return (StatusCode::MISDIRECTED_REQUEST, reason).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, NO_PAGE),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        // A page has its own policy.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether a request is meant for us. On a loopback address only this machine can ask, and browsers on it ask on behalf of any
/// page: a page whose name suddenly stands for this machine (DNS rebinding) is known by that name.
fn is_ours(host: Option<&HeaderValue>, bind: SocketAddr, hosts: &[String]) -> bool {
    let Some(host) = host else {
        // No browser leaves the name out.
        return true;
    };
    let Ok(host) = host.to_str() else { return false };
    let name = without_port(host);
    if hosts.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return true;
    }
    let local = ["localhost", "[::1]"].iter().any(|known| known.eq_ignore_ascii_case(name))
        || name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    local || hosts.is_empty() && !bind.ip().is_loopback()
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a request bears the token of those who may write.
pub(super) fn may_write(headers: &HeaderMap, token: Option<&str>) -> Result<(), Failed> {
    let Some(token) = token else {
        return Err(Failed::new(
            Failure::Refused,
            "this server only reads: start it with --allow-update to have it take corrections",
        ));
    };
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, given) = given.split_once(' ').unwrap_or((given, ""));
    // As long for a wrong token as for the right one, so that it cannot be guessed letter by letter.
    let right: bool = given.trim().as_bytes().ct_eq(token.as_bytes()).into();
    if scheme.eq_ignore_ascii_case("bearer") && right {
        return Ok(());
    }
    let reason = "writing needs the header `Authorization: Bearer …` with the token that the server was started with";
    Err(Failed::new(Failure::Unauthorized, reason))
}

/// What pages of other servers may ask, if any may.
pub(super) fn cross_origin(origins: &[String]) -> Option<CorsLayer> {
    let origin = if origins.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        let origins: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
        if origins.is_empty() {
            return None;
        }
        AllowOrigin::list(origins)
    };
    let methods = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE];
    let headers = [header::ACCEPT, header::CONTENT_TYPE, header::AUTHORIZATION, header::IF_NONE_MATCH];
    let exposed = [header::ETAG, header::LOCATION, header::RETRY_AFTER];
    Some(CorsLayer::new().allow_origin(origin).allow_methods(methods).allow_headers(headers).expose_headers(exposed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(host: &'static str, bind: &str, hosts: &[&str]) -> bool {
        let hosts: Vec<String> = hosts.iter().map(|&host| host.to_owned()).collect();
        is_ours(Some(&HeaderValue::from_static(host)), bind.parse().unwrap(), &hosts)
    }

    #[test]
    fn on_this_machine_only_its_own_names_are_ours() {
        for name in ["localhost", "localhost:7878", "LOCALHOST", "127.0.0.1:7878", "127.1.2.3", "[::1]:7878", "[::1]"] {
            assert!(ours(name, "127.0.0.1:7878", &[]), "{name}");
        }
        for name in
            ["evil.example", "evil.example:7878", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", ""]
        {
            assert!(!ours(name, "127.0.0.1:7878", &[]), "{name}");
        }
        assert!(ours("kg.example", "127.0.0.1:7878", &["kg.example"]));
    }

    #[test]
    fn elsewhere_any_name_is_unless_some_are_given() {
        assert!(ours("kg.example", "0.0.0.0:80", &[]));
        assert!(ours("kg.example", "0.0.0.0:80", &["kg.example"]));
        assert!(!ours("other.example", "0.0.0.0:80", &["kg.example"]));
    }

    #[test]
    fn writing_takes_the_token() {
        let with = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static(value))]);
            may_write(&headers, Some("secret")).map_err(|failed| failed.failure)
        };
        assert_eq!(with("Bearer secret"), Ok(()));
        assert_eq!(with("bearer secret"), Ok(()));
        for wrong in ["Bearer secre", "Bearer secretx", "Bearer ", "Bearer", "secret", "Basic secret", ""] {
            assert_eq!(with(wrong), Err(Failure::Unauthorized), "{wrong}");
        }
        let headers = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static("Bearer secret"))]);
        assert_eq!(may_write(&headers, None).map_err(|failed| failed.failure), Err(Failure::Refused));
    }
}
