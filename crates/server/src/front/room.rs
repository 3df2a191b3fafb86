//! Room in the front's memory for what is on its way: bodies that come in, answers that go out.
//!
//! Both take as long as the client likes, within limits. Without a bound to all of them together a thousand slow clients could
//! fill the memory with what each of them alone may have.

use super::{Front, Shared};
use crate::api::problem;
use crate::exchange::{Answer, Failed, Failure};
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes that are on their way at the same time.
const BYTES: usize = 1 << 30;

/// Bytes are counted in pieces of so many.
const PIECE: usize = 1 << 10;

/// The room that is left.
pub(crate) struct Room(Arc<Semaphore>);

impl Room {
    /// Room in which the longest answer has its place.
    pub fn new(longest: usize) -> Self {
        Self(Arc::new(Semaphore::new(BYTES.max(longest) / PIECE + 1)))
    }

    /// Takes room for so many bytes.
    fn take(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Failed> {
        let full = || Failed::new(Failure::Busy, "too much is on its way to and from others: try again soon");
        let pieces = u32::try_from(bytes.div_ceil(PIECE)).map_err(|_| full())?;
        self.0.clone().try_acquire_many_owned(pieces).map_err(|_| full())
    }

    /// Keeps room for an answer until it is sent.
    pub fn hold(&self, answer: Answer) -> Result<Held, Failed> {
        Ok(Held { room: self.take(answer.body.len())?, answer })
    }
}

/// An answer that has its place.
pub(crate) struct Held {
    pub answer: Answer,
    room: OwnedSemaphorePermit,
}

impl IntoResponse for Held {
    fn into_response(self) -> Response {
        let Answer { content_type, body } = self.answer;
        let body = Bytes::from_owner(Sent { body, _room: self.room });
        ([(header::CONTENT_TYPE, content_type)], Body::from(body)).into_response()
    }
}

/// Bytes that give their room back when they are gone.
struct Sent {
    body: Vec<u8>,
    _room: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Sent {
    fn as_ref(&self) -> &[u8] {
        &self.body
    }
}

/// Lets a request in that has room for its body.
pub(super) async fn admit(State(front): Shared, request: Request, next: Next) -> Response {
    match room_for_body(&front, request.headers()) {
        Ok(_room) => next.run(request).await,
        Err(failed) if request.uri().path().starts_with("/api/") => problem(&failed),
        Err(failed) => failed.into_response(),
    }
}

/// Takes room for the body of a request. One that does not say its length may have the longest, one that says too much is not read.
fn room_for_body(front: &Front, headers: &HeaderMap) -> Result<OwnedSemaphorePermit, Failed> {
    let most = front.settings.max_body;
    let said = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    match said {
        Some(length) if length > most => {
            let reason = format!("the body of the request has {length} bytes; at most {most} are read");
            Err(Failed::new(Failure::TooLarge, reason))
        }
        Some(length) => front.room.take(length),
        None if headers.contains_key(header::TRANSFER_ENCODING) => front.room.take(most),
        None => front.room.take(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_its_way_has_its_place_until_it_is_gone() {
        let room = Room::new(0);
        let answer = || Answer::new("text/plain", vec![0; BYTES / 2]);
        let first = room.hold(answer()).unwrap().into_response();
        let second = room.hold(answer()).unwrap();
        assert_eq!(room.hold(answer()).err().map(|failed| failed.failure), Some(Failure::Busy));
        assert!(room.hold(Answer::new("text/plain", "short")).is_ok(), "others go on");
        drop(second);
        assert!(room.hold(answer()).is_ok());
        drop(first);
        assert!(room.take(BYTES).is_ok());
    }

    #[test]
    fn the_longest_answer_has_its_place() {
        assert!(Room::new(2 * BYTES).take(2 * BYTES).is_ok());
    }
}
