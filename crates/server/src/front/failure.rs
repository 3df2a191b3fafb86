//! Failures as answers of HTTP.

use crate::exchange::{Failed, Failure};
use axum::http::{HeaderValue, StatusCode, header};
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
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let mut response = (self.failure.status(), format!("{}\n", self.reason)).into_response();
        let headers = response.headers_mut();
        match self.failure {
            Failure::Busy => headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1")),
            Failure::Unauthorized => headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            _ => None,
        };
        response
    }
}
