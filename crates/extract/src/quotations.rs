//! Quotation marks paired over a whole article.
//!
//! News comes with straight, curly, doubled, low and angled marks, with marks that lean the wrong way (translations), with
//! spaces inside them and with one of a pair missing. A mark's shape is therefore only a hint: whether it opens or closes
//! is told from what stands beside it and from what is open. Pairing is one pass over the text.

use crate::document::Document;
use std::ops::Range;

/// The quotations of an article, outermost only, in order.
#[derive(Debug, Clone, Default)]
pub struct Quotations {
    /// Each quotation.
    pub spans: Vec<Quotation>,
}

/// A quoted stretch. A quotation that runs over several paragraphs is one `Quotation` for each of them, with `continues` set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Bytes of the source between the marks.
    pub inner: Range<usize>,
    /// Bytes with the marks.
    pub outer: Range<usize>,
    /// Tokens between the marks.
    pub tokens: Range<usize>,
    /// Index of the block it stands in.
    pub block: usize,
    /// Whether the next paragraph's quotation goes on with the same speech (no closing mark here).
    pub continues: bool,
}

impl Quotations {
    /// Pairs the marks of a document.
    pub fn of(document: &Document) -> Self {
        let blocks: Vec<_> = document.layout.blocks.iter().map(|b| b.bytes.clone()).collect();
        let spans = pair(&document.article.text, &blocks).into_iter().filter_map(|pair| {
            let tokens = document.analysis.tokens_in(pair.inner.clone());
            (!tokens.is_empty() && !is_nickname(document, &tokens)).then_some(Quotation {
                inner: pair.inner,
                outer: pair.outer,
                tokens,
                block: pair.block,
                continues: pair.continues,
            })
        });
        Self { spans: spans.collect() }
    }

    /// The quotation that a token stands in.
    pub fn around(&self, token: usize) -> Option<&Quotation> {
        let i = self.spans.partition_point(|q| q.tokens.end <= token);
        self.spans.get(i).filter(|q| q.tokens.contains(&token))
    }
}

/// Whether quoted words stand within a name: Marcia "Cia" Price.
fn is_nickname(document: &Document, tokens: &Range<usize>) -> bool {
    let a = &document.analysis;
    let name = |t: usize| t < a.len() && a.word(t).starts_with(char::is_uppercase);
    let sentence = a.sentence_of(tokens.start);
    let (before, behind) = (tokens.start.checked_sub(2), tokens.end + 1);
    tokens.len() <= 2
        && tokens.clone().all(|t| a.word(t).starts_with(char::is_uppercase))
        && before.is_some_and(|t| name(t) && sentence.start <= t)
        && name(behind)
        && behind < sentence.end
}

/// A pair of marks, or a mark and the end of its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pair {
    inner: Range<usize>,
    outer: Range<usize>,
    block: usize,
    continues: bool,
}

/// What a mark's shape says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Opens where written well: `“ „ « ‘ ‹` and the doubled backtick.
    Opening,
    /// Closes where written well: `” » ›` and the doubled apostrophe. Not `’`, which is an apostrophe as well.
    Closing,
    /// `"`
    Straight,
}

/// A double mark, or a pair of single ones that stands for it.
#[derive(Debug, Clone)]
struct Mark {
    bytes: Range<usize>,
    shape: Shape,
    /// `„`, which `“` closes.
    low: bool,
    /// Something to quote follows, nothing to quote precedes.
    may_open: bool,
    /// Something to quote precedes, nothing to quote follows.
    may_close: bool,
}

/// An opened quotation.
struct Open {
    bytes: Range<usize>,
    low: bool,
    nested: bool,
}

/// Pairs the marks of all blocks (ranges of bytes of `text`).
fn pair(text: &str, blocks: &[Range<usize>]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut unclosed = false;
    for (block, bytes) in blocks.iter().enumerate() {
        let next_opens = blocks.get(block + 1).is_some_and(|next| {
            let mut chars = text[next.clone()].chars();
            chars.next().is_some_and(|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‟'))
        });
        let doubles = doubles(text, bytes, block, unclosed, next_opens);
        unclosed = doubles.last().is_some_and(|p| p.outer.end == bytes.end && p.inner.end == p.outer.end);
        let singles = singles(text, bytes, block, &doubles);
        // A single-marked quotation with double-marked ones inside is the outer one.
        let mut singles = singles.into_iter().peekable();
        for double in doubles {
            while let Some(single) = singles.next_if(|s| s.outer.start < double.outer.start) {
                pairs.push(single);
            }
            if pairs.last().is_none_or(|last: &Pair| last.outer.end <= double.outer.start) {
                pairs.push(double);
            }
        }
        pairs.extend(singles);
    }
    pairs
}

/// The outermost pairs of double marks in a block. `unclosed`: the block before ended inside a quotation; `next_opens`:
/// the next one begins with a mark.
fn doubles(text: &str, block: &Range<usize>, number: usize, unclosed: bool, next_opens: bool) -> Vec<Pair> {
    let marks = double_marks(text, block);
    let mut pairs: Vec<Pair> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let first = marks.first();
    if unclosed && first.is_some_and(|m| m.bytes.start > block.start && m.may_close && m.shape != Shape::Opening) {
        // The speech goes on although the paragraph does not open again.
        open.push(Open { bytes: block.start..block.start, low: false, nested: false });
    }
    for mark in &marks {
        let closes = match (open.last(), mark.shape) {
            (None, _) => false,
            (Some(o), Shape::Opening) => o.low || (mark.may_close && !mark.may_open),
            (Some(_), Shape::Closing) => {
                !(mark.may_open && !mark.may_close && open.len() == 1 && sentence_ends(text, mark))
            }
            (Some(_), Shape::Straight) => mark.may_close || !mark.may_open,
        };
        if closes {
            let opened = open.pop().expect("something is open");
            if open.is_empty() {
                push(&mut pairs, text, opened.bytes, mark.bytes.clone(), number);
            }
            continue;
        }
        // A closing mark that stands where one opens is taken for opening: wrong-way marks of translations.
        let opens = match mark.shape {
            Shape::Opening => !mark.may_close || mark.may_open,
            Shape::Closing | Shape::Straight => mark.may_open,
        };
        if !opens {
            continue;
        }
        if open.len() == 1 && sentence_ends(text, mark) {
            // The closing mark before it is missing.
            let opened = open.pop().expect("one is open");
            let end = text[..mark.bytes.start].trim_end().len();
            push(&mut pairs, text, opened.bytes, end..end, number);
        }
        if let Some(outer) = open.last_mut() {
            outer.nested = true;
        }
        open.push(Open { bytes: mark.bytes.clone(), low: mark.low, nested: false });
    }
    if let Some(opened) = open.into_iter().next() {
        // An unclosed mark ends with its paragraph, if what it opens looks like speech; else it is a stray mark.
        let before = text[block.start..opened.bytes.start].trim_end();
        let begins_speech = before.is_empty() || before.ends_with([',', ':', '.', '?', '!', '”', '"']);
        if begins_speech && (!opened.nested || next_opens || before.is_empty()) {
            push(&mut pairs, text, opened.bytes, block.end..block.end, number);
            if let Some(last) = pairs.last_mut() {
                last.continues = next_opens;
            }
        }
    }
    pairs
}

/// Adds the pair, without the space inside the marks; nothing if nothing stands between them.
fn push(pairs: &mut Vec<Pair>, text: &str, opening: Range<usize>, closing: Range<usize>, block: usize) {
    let between = &text[opening.end..closing.start];
    let start = opening.end + (between.len() - between.trim_start().len());
    let inner = start..(opening.end + between.trim_end().len()).max(start);
    if text[inner.clone()].contains(char::is_alphanumeric) {
        pairs.push(Pair { inner, outer: opening.start..closing.end, block, continues: false });
    }
}

/// Whether a sentence ends right before a mark.
fn sentence_ends(text: &str, mark: &Mark) -> bool {
    text[..mark.bytes.start].trim_end().ends_with(['.', '!', '?', ','])
}

/// All double marks of a block.
fn double_marks(text: &str, block: &Range<usize>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut skip_to = 0;
    for (i, c) in text[block.clone()].char_indices() {
        let at = block.start + i;
        if at < skip_to {
            continue;
        }
        let rest = &text[at..block.end];
        let (shape, len) = match c {
            '"' | '″' => (Shape::Straight, c.len_utf8()),
            '“' | '„' | '«' | '‟' => (Shape::Opening, c.len_utf8()),
            '”' | '»' => (Shape::Closing, c.len_utf8()),
            '`' if rest.starts_with("``") => (Shape::Opening, 2),
            '\'' if rest.starts_with("''") => (Shape::Closing, 2),
            '‘' if rest.starts_with("‘‘") => (Shape::Opening, 6),
            '’' if rest.starts_with("’’") => (Shape::Closing, 6),
            _ => continue,
        };
        skip_to = at + len;
        let bytes = at..at + len;
        let (may_open, may_close) = sides(text, block, &bytes);
        // 6'2" and 15": feet and inches.
        let measure =
            shape == Shape::Straight && text[block.start..at].ends_with(|c: char| c.is_ascii_digit()) && !may_close;
        if !measure {
            marks.push(Mark { bytes, shape, low: c == '„', may_open, may_close });
        }
    }
    marks
}

/// Whether a mark may open and whether it may close, from the characters beside it.
fn sides(text: &str, block: &Range<usize>, mark: &Range<usize>) -> (bool, bool) {
    let before = text[block.start..mark.start].chars().next_back();
    let after = text[mark.end..block.end].chars().next();
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' | '`');
    let space_before = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/'));
    let space_after = after.is_none_or(char::is_whitespace);
    let ends_after = space_after || after.is_some_and(|c| ",.;:!?)]}—–-/…".contains(c) || is_mark(c));
    let mark_before = before.is_some_and(is_mark);
    let word_after = after.is_some_and(|c| c.is_alphanumeric() || "([{$£€…'‘’“\"#@".contains(c))
        || text[mark.end..block.end].starts_with("..");
    let may_open = (space_before || mark_before || before.is_some_and(|c| c == ',' || c == ':')) && word_after
        || (before.is_none() && !space_after)
        || (space_before && space_after && before.is_none_or(char::is_whitespace) && after.is_some());
    let may_close = before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '{')) && ends_after
        || before.is_some_and(|c| ",.!?".contains(c))
        || (before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
        || (before.is_some_and(char::is_whitespace) && space_after);
    (may_open, may_close)
}

/// Words that are written with an apostrophe in front.
const ELISIONS: [&str; 14] =
    ["em", "til", "till", "tis", "twas", "cause", "n", "bout", "round", "s", "re", "ve", "ll", "d"];

/// The pairs of single marks of a block that do not lie within double ones.
fn singles(text: &str, block: &Range<usize>, number: usize, doubles: &[Pair]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut opening: Option<Range<usize>> = None;
    // The first place where the opened quotation may end after an s: a closing mark or a possessive.
    let mut doubtful: Option<Range<usize>> = None;
    let mut double = doubles.iter().peekable();
    for (i, c) in text[block.clone()].char_indices() {
        let at = block.start + i;
        if !matches!(c, '\'' | '‘' | '’' | '‚' | '`') {
            continue;
        }
        while double.next_if(|d| d.outer.end <= at).is_some() {}
        if double.peek().is_some_and(|d| d.outer.contains(&at)) {
            continue;
        }
        let mark = at..at + c.len_utf8();
        let before = text[block.start..at].chars().next_back();
        let rest = &text[mark.end..block.end];
        let after = rest.chars().next();
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).take(8).collect();
        let opens = before.is_none_or(|c| c.is_whitespace() || "([—–\"“/".contains(c))
            && after.is_some_and(|c| c.is_alphabetic() || "[…".contains(c))
            && (c != '’' || opening.is_none())
            && !ELISIONS.contains(&word.to_lowercase().as_str());
        let closes = opening.is_some()
            && before.is_some_and(|c| !c.is_whitespace())
            && after.is_none_or(|c| !c.is_alphanumeric())
            && !matches!(c, '‘' | '‚' | '`');
        if closes {
            let possessive = before == Some('s') && after.is_some_and(char::is_whitespace);
            if possessive {
                doubtful.get_or_insert(mark);
            } else if let Some(opened) = opening.take() {
                push(&mut pairs, text, opened, mark, number);
                doubtful = None;
            }
        } else if opens {
            if let (Some(opened), Some(closed)) = (opening.take(), doubtful.take()) {
                push(&mut pairs, text, opened, closed, number);
            }
            opening = Some(mark);
        }
    }
    if let (Some(opened), Some(closed)) = (opening, doubtful) {
        push(&mut pairs, text, opened, closed, number);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs the marks of a text, one block a line, and gives what stands between them; `+` is put behind those that go on.
    fn quoted(text: &str) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            blocks.push(at..at + line.len());
            at += line.len() + 1;
        }
        let show = |p: Pair| format!("{}{}", &text[p.inner], if p.continues { "+" } else { "" });
        pair(text, &blocks).into_iter().map(show).collect()
    }

    #[test]
    fn straight_and_curly_pairs() {
        assert_eq!(quoted(r#""We go," she said. "Now.""#), ["We go,", "Now."]);
        assert_eq!(quoted("He called it “a step”, not “the step”."), ["a step", "the step"]);
        assert_eq!(quoted(r#"They spoke ("at length")."#), ["at length"]);
        assert_eq!(quoted(r#"It was "... a long one"."#), ["... a long one"]);
    }

    #[test]
    fn other_marks() {
        assert_eq!(quoted("He said ``we go'' and left."), ["we go"]);
        assert_eq!(quoted("Er sagte „wir gehen“ und ging, „jetzt”."), ["wir gehen", "jetzt"]);
        assert_eq!(quoted("Il a dit « on y va » hier."), ["on y va"]);
        assert_eq!(quoted("Han sagde »vi går« i går."), ["vi går"]);
    }

    #[test]
    fn marks_that_lean_the_wrong_way_or_stand_apart() {
        assert_eq!(quoted("He said ”we go” today."), ["we go"]);
        assert_eq!(quoted("He said “we go“ today, and “soon“."), ["we go", "soon"]);
        assert_eq!(quoted(r#"He said " we go " today."#), ["we go"]);
        assert_eq!(quoted("He said “ we go ” today."), ["we go"]);
    }

    #[test]
    fn nested_ones_stay_inside() {
        assert_eq!(quoted("“He said ‘no’ to me,” she said."), ["He said ‘no’ to me,"]);
        assert_eq!(quoted("‘He said “no” to me,’ she said."), ["He said “no” to me,"]);
        assert_eq!(quoted(r#""They call it "the plan" here," he said."#), [r#"They call it "the plan" here,"#]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(quoted("The ministers’ talks weren’t the '90s' best; rock 'n' roll."), Vec::<String>::new());
        assert_eq!(quoted("He called it ‘the ministers’ best day’ yesterday."), ["the ministers’ best day"]);
        assert_eq!(quoted("'It's ours,' the boys' father said."), ["It's ours,"]);
        assert_eq!(quoted("A 6'2\" man and a 15\" screen."), Vec::<String>::new());
    }

    #[test]
    fn speech_over_paragraphs() {
        assert_eq!(quoted("“One.\n“Two.\n“Three,” he said."), ["One.+", "Two.+", "Three,"]);
        assert_eq!(quoted("“One.\nTwo,” he said."), ["One.", "Two,"]);
        assert_eq!(quoted("“One.\nHe left."), ["One."]);
    }

    #[test]
    fn missing_marks() {
        assert_eq!(quoted("“We go now. “We go,” he said."), ["We go now.", "We go,"]);
        assert_eq!(quoted("A 5\" stray and a \"word\" later."), ["word"]);
    }

    #[test]
    fn odd_texts_do_no_harm() {
        for text in ["", "\"", "\"\"\"\"", "’’’’ ''' `` ‘", "“”“”", "«»", "” “ ” “", "\"\n\"\n\"", "'a 'b 'c"]
        {
            quoted(text);
        }
    }
}
