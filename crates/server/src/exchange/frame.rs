//! Frames on a socket: a head in JSON and a body of bytes, each with its length before it.
//!
//! `u32` length of the head, `u64` length of the body (both little-endian), head, body.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read, Write};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Bytes of the two lengths.
const LENGTHS: usize = 12;

/// Heads are a query with its parameters at most: what is longer is no frame.
const LONGEST_HEAD: u32 = 64 << 20;

/// Writes a frame and waits until it is taken.
pub(crate) fn write_frame(socket: &mut impl Write, head: &impl Serialize, body: &[u8]) -> io::Result<()> {
    socket.write_all(&encode(head, body.len())?)?;
    socket.write_all(body)?;
    socket.flush()
}

/// Reads a frame; none where the other side has hung up.
pub(crate) fn read_frame<T: DeserializeOwned>(socket: &mut impl Read) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut lengths = [0; LENGTHS];
    match socket.read_exact(&mut lengths) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let (head, body) = decode(lengths)?;
    let mut bytes = vec![0; head];
    socket.read_exact(&mut bytes)?;
    let head = serde_json::from_slice(&bytes)?;
    let mut bytes = vec![0; body];
    socket.read_exact(&mut bytes)?;
    Ok(Some((head, bytes)))
}

/// As [`write_frame`], without blocking.
pub(crate) async fn send_frame(
    socket: &mut (impl AsyncWrite + Unpin),
    head: &impl Serialize,
    body: &[u8],
) -> io::Result<()> {
    socket.write_all(&encode(head, body.len())?).await?;
    socket.write_all(body).await?;
    socket.flush().await
}

/// As [`read_frame`], without blocking; a frame has to come.
pub(crate) async fn receive_frame<T: DeserializeOwned>(
    socket: &mut (impl AsyncRead + Unpin),
) -> io::Result<(T, Vec<u8>)> {
    let mut lengths = [0; LENGTHS];
    socket.read_exact(&mut lengths).await?;
    let (head, body) = decode(lengths)?;
    let mut bytes = vec![0; head];
    socket.read_exact(&mut bytes).await?;
    let head = serde_json::from_slice(&bytes)?;
    let mut bytes = vec![0; body];
    socket.read_exact(&mut bytes).await?;
    Ok((head, bytes))
}

/// The lengths and the head.
fn encode(head: &impl Serialize, body: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; LENGTHS];
    serde_json::to_writer(&mut bytes, head)?;
    let head = u32::try_from(bytes.len() - LENGTHS).ok().filter(|&length| length <= LONGEST_HEAD);
    let head = head.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the head of a frame is too long"))?;
    bytes[..4].copy_from_slice(&head.to_le_bytes());
    bytes[4..LENGTHS].copy_from_slice(&(body as u64).to_le_bytes());
    Ok(bytes)
}

/// The length of the head and that of the body.
fn decode(lengths: [u8; LENGTHS]) -> io::Result<(usize, usize)> {
    let (head, body) = lengths.split_at(4);
    let head = u32::from_le_bytes(head.try_into().expect("four bytes were split off"));
    let body = u64::from_le_bytes(body.try_into().expect("eight bytes are left"));
    match usize::try_from(body) {
        Ok(body) if head <= LONGEST_HEAD => Ok((head as usize, body)),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, "this is no frame")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_that_is_written_is_read_again() {
        let mut wire = Vec::new();
        write_frame(&mut wire, &"head", b"body\0\xff").unwrap();
        write_frame(&mut wire, &"next", b"").unwrap();
        let mut wire = wire.as_slice();
        assert_eq!(read_frame(&mut wire).unwrap(), Some(("head".to_owned(), b"body\0\xff".to_vec())));
        assert_eq!(read_frame(&mut wire).unwrap(), Some(("next".to_owned(), vec![])));
        assert_eq!(read_frame::<String>(&mut wire).unwrap(), None);
    }

    #[test]
    fn what_is_no_frame_takes_no_memory() {
        let wire = [0xff; 40];
        assert!(read_frame::<String>(&mut wire.as_slice()).is_err());
    }
}
