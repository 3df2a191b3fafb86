//! What the processes say to each other: requests and answers between front and worker, commands between front and engine.

mod command;
mod descriptors;
mod frame;
mod request;

pub(crate) use command::{Command, Limits, Report};
pub(crate) use descriptors::{receive_descriptors, send_descriptors};
pub(crate) use frame::{read_frame, receive_frame, send_frame, write_frame};
pub(crate) use request::{Answer, ApiRequest, Bounds, Failed, Failure, Picture, PictureFormat, Query, Request, Served};
