//! How far two spellings of a name may lie apart.

/// Rewrites that make the usual transliterations of a word equal, in this order: Russian and Ukrainian endings, German,
/// French and English ways to write one sound.
const REWRITES: [(&str, &str); 24] = [
    ("tsch", "c"),
    ("tch", "c"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "c"),
    ("kh", "h"),
    ("zh", "z"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("yo", "o"),
    ("io", "o"),
    ("ie", "e"),
    ("yu", "u"),
    ("iu", "u"),
    ("ju", "u"),
    ("ya", "a"),
    ("ia", "a"),
    ("ja", "a"),
];

/// A folded word in a form that its usual transliterations share: Zelensky, Zelenskyy and Zelenskiy; Orlov and Orloff; Yuri,
/// Iuri and Juri.
pub(crate) fn sound(word: &str) -> String {
    let mut word = word.to_owned();
    let endings =
        [("off", "ov"), ("of", "ov"), ("eff", "ev"), ("ef", "ev"), ("yev", "ev"), ("iev", "ev"), ("jev", "ev")];
    for (ending, plain) in endings {
        if word.len() > ending.len() + 1 && word.ends_with(ending) {
            word.replace_range(word.len() - ending.len().., plain);
        }
    }
    for ending in ["skyy", "skyi", "skiy", "skij", "skyj", "skii", "sky"] {
        if word.len() > ending.len() && word.ends_with(ending) {
            word.replace_range(word.len() - ending.len().., "ski");
        }
    }
    for (from, to) in REWRITES {
        if word.contains(from) {
            word = word.replace(from, to);
        }
    }
    if word.starts_with('m') && word.bytes().filter(|b| !b"aeiou".contains(b)).eq(*b"mhmd")
        || word.bytes().filter(|b| !b"aeiou".contains(b)).eq(*b"mhmmd")
    {
        return "muhamad".to_owned();
    }
    let mut sound = String::with_capacity(word.len());
    for letter in word.chars() {
        let letter = match letter {
            'y' | 'j' => 'i',
            'w' => 'v',
            'q' | 'c' => 'k',
            other => other,
        };
        if !sound.ends_with(letter) {
            sound.push(letter);
        }
    }
    sound
}

/// The consonants of a word's sound in alphabetical order: what neither another vowel nor a slip of two letters changes. A
/// word without consonants is itself.
pub(crate) fn skeleton(word: &str) -> String {
    let sound = sound(word);
    let mut letters: Vec<char> = sound.chars().filter(|letter| !"aeiou".contains(*letter)).collect();
    if letters.is_empty() {
        return sound;
    }
    letters.sort_unstable();
    letters.into_iter().collect()
}

/// How two folded words are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// Letter by letter.
    Same,
    /// Two transliterations of one word.
    Transliterated,
    /// Two neighbouring letters of a long word have changed places.
    Transposed,
    /// One letter of a long word differs.
    Slip,
}

/// From how many letters on two spellings of one sound are one name: Lee and Li, Ellen and Yellen are not.
const SPELT: usize = 4;

/// From how many letters on a word is long enough for a slip to be told from another word.
const LONG: usize = 6;

/// How two words are alike, if they are.
pub(crate) fn likeness(one: &str, other: &str) -> Option<Likeness> {
    if one == other {
        return Some(Likeness::Same);
    }
    if one.len() >= SPELT && other.len() >= SPELT && sound(one) == sound(other) {
        return Some(Likeness::Transliterated);
    }
    if !is_slip(one, other) {
        return None;
    }
    Some(if is_transposed(one.as_bytes(), other.as_bytes()) { Likeness::Transposed } else { Likeness::Slip })
}

/// Whether two long words differ by one letter, or by two neighbours that have changed places.
pub(crate) fn is_slip(one: &str, other: &str) -> bool {
    if one.len() < LONG || other.len() < LONG || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    // A different ending is another person's name more often than a slip: Valentino and Valentina.
    let last = |word: &str| word.chars().last();
    let (a, b) = (one.as_bytes(), other.as_bytes());
    is_transposed(a, b) || last(one) == last(other) && is_one_edit(a, b)
}

/// Whether two long words differ in their vowels alone: of given names beside one surname that is a transliteration.
pub(crate) fn same_consonants(one: &str, other: &str) -> bool {
    let consonants = |word: &str| sound(word).chars().filter(|c| !"aeiou".contains(*c)).collect::<String>();
    let last = |word: &str| sound(word).chars().last();
    one.len() > LONG && other.len() > LONG && last(one) == last(other) && consonants(one) == consonants(other)
}

fn is_transposed(a: &[u8], b: &[u8]) -> bool {
    let places: Vec<usize> = if a.len() == b.len() { (0..a.len()).filter(|&i| a[i] != b[i]).collect() } else { vec![] };
    matches!(places[..], [i, j] if j == i + 1 && a[i] == b[j] && a[j] == b[i])
}

fn is_one_edit(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same_start = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let rest = &short[same_start..];
    match long.len() - short.len() {
        0 => rest.len() <= 1 || rest[1..] == long[same_start + 1..],
        1 => *rest == long[same_start + 1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_sound_alike() {
        for spellings in [
            &["zelensky", "zelenskyy", "zelenskiy", "zelenskyi", "zelenskii"][..],
            &["orlov", "orloff", "orlof"],
            &["yuri", "iuri", "juri"],
            &["muhammad", "mohammed", "mohamed", "muhammed"],
            &["volodymyr", "volodimir"],
            &["qasim", "kassim"],
            &["lavrov", "lawrow"],
            &["erdogan", "erdoghan"],
        ] {
            for other in &spellings[1..] {
                assert_eq!(likeness(spellings[0], other), Some(Likeness::Transliterated), "{other}");
                assert_eq!(skeleton(spellings[0]), skeleton(other), "{other} is in another block");
            }
        }
        assert_eq!(likeness("lee", "li"), None);
        assert_eq!(likeness("biden", "bidan"), None);
        assert_eq!(likeness("merkel", "markel"), Some(Likeness::Slip));
    }

    #[test]
    fn slips_are_slips_in_long_words_alone() {
        assert_eq!(likeness("vladimir", "valdimir"), Some(Likeness::Transposed));
        assert_eq!(likeness("patrushev", "patroshkev"), None);
        assert_eq!(likeness("sullivan", "sullivqn"), Some(Likeness::Slip));
        assert_eq!(likeness("kellogg", "kelloag"), Some(Likeness::Slip));
        assert_eq!(likeness("kohl", "kohn"), None);
        assert_eq!(likeness("valentina", "valentino"), None);
    }
}
