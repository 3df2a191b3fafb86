//! From bytes to text.

use demarche_record::{Diagnostic, Severity};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotText(pub(crate) &'static str);

/// Decodes UTF-8 (a byte order mark stays in the text), UTF-16 with a byte order mark, else Windows-1252.
pub(crate) fn decode(bytes: Vec<u8>, diagnostics: &mut Vec<Diagnostic>) -> Result<String, NotText> {
    let marked = Encoding::for_bom(&bytes).filter(|(encoding, _)| [UTF_16LE, UTF_16BE].contains(encoding));
    if let Some((encoding, mark)) = marked {
        let (text, malformed) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if text.contains('\0') {
            return Err(NotText("it has NUL characters"));
        }
        if malformed {
            diagnostics.push(warning(
                "D0102",
                format!("the {} is malformed: characters that cannot be read are U+FFFD", encoding.name()),
            ));
        }
        return Ok(text.into_owned());
    }
    if bytes.contains(&0) {
        return Err(NotText("it has NUL bytes"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            // Texts of the one-byte encodings have line ends and tabs, but none of the other control characters.
            if bytes.iter().any(|byte| matches!(byte, 0x01..=0x08 | 0x0E..=0x19 | 0x1C..=0x1F)) {
                return Err(NotText("it is not UTF-8 and has control characters"));
            }
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
            diagnostics.push(warning(
                "D0101",
                format!("not UTF-8 from byte {valid} on: read as Windows-1252; save it as UTF-8 if letters look wrong"),
            ));
            Ok(text.into_owned())
        }
    }
}

/// A warning about the whole file.
pub(crate) fn warning(code: &str, message: String) -> Diagnostic {
    Diagnostic { code: code.to_owned(), severity: Severity::Warning, message, start: None, end: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Result<String, NotText>, Vec<String>) {
        let mut diagnostics = Vec::new();
        let text = decode(bytes.to_vec(), &mut diagnostics);
        (text, diagnostics.into_iter().map(|d| d.code).collect())
    }

    #[test]
    fn utf_8_is_kept_to_the_byte() {
        for text in ["“Да”, said Łukasz.\r\n", "\u{FEFF}with a mark", "old\rMac", ""] {
            assert_eq!(read(text.as_bytes()), (Ok(text.to_owned()), vec![]));
        }
    }

    #[test]
    fn utf_16_needs_its_mark_and_loses_it() {
        let bytes = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(read(&bytes("\u{FEFF}Łukasz 🙂")), (Ok("Łukasz 🙂".to_owned()), vec![]));
        assert_eq!(read(&bytes("plain")).0, Err(NotText("it has NUL bytes")));
        let mut cut = bytes("\u{FEFF}Wu");
        cut.pop();
        assert_eq!(read(&cut), (Ok("W\u{FFFD}".to_owned()), vec!["D0102".to_owned()]));
    }

    #[test]
    fn other_bytes_are_windows_1252_and_said_so() {
        assert_eq!(read(b"\x93Caf\xe9\x94"), (Ok("“Café”".to_owned()), vec!["D0101".to_owned()]));
    }

    #[test]
    fn binary_is_no_text() {
        assert!(read(b"\x89PNG\r\n\x1a\n\0\0").0.is_err());
        assert!(read(b"%PDF-1.4\n\xe2\xe3\x02\x03").0.is_err());
    }
}
