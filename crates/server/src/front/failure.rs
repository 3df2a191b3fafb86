//! Failures as answers of HTTP.

use crate::exchange::{Failed, Failure};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

impl Failure {
    /// The status of HTTP.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::UnknownMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Refused => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::OutOfTime => StatusCode::GATEWAY_TIMEOUT,
            Self::OutOfMemory | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Tells in an answer's headers what a client can do about it.
    pub(crate) fn advise(self, headers: &mut HeaderMap) {
        match self {
            Self::Busy => headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1")),
            Self::Unauthorized => headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            _ => None,
        };
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let mut response = (self.failure.status(), format!("{}\n", self.reason)).into_response();
        self.failure.advise(response.headers_mut());
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem;

    #[test]
    fn who_comes_too_early_is_told_to_come_again_in_every_form_of_answer() {
        let busy = Failed::new(Failure::Busy, "the store is still being loaded");
        for response in [problem(&busy), busy.clone().into_response()] {
            assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(response.headers()[header::RETRY_AFTER], "1");
        }
    }
}
