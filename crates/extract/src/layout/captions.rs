//! Captions of pictures that no label gives away.
//!
//! A caption is one sentence, or two, that tells in the present tense what is to be seen ("President Lee addresses reporters
//! as he arrives at the palace"), or that says who stands where ("Lee, left, and Holt").

use regex::Regex;
use std::sync::LazyLock;

/// Verbs, in the present, for what a picture shows.
static VERBS: LazyLock<Regex> = LazyLock::new(|| {
    let verbs: Vec<&str> = include_str!("../../../../data/lexicon/caption_verbs.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    Regex::new(&format!(r"\b(?:{})\b", verbs.join("|"))).expect("verbs are words")
});

/// When and where the picture was taken.
static SCENE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?x)\b(?:as\ (?:he|she|they|it|\p{Lu}[\p{L}.]+)\b|during\ |in\ front\ of\ |outside\ |next\ to\ |alongside\ |ahead\ of\ |prior\ to\ |at\ (?:a|an|the|his|her|their|\p{Lu})|before\ (?:a|an|the|his|her|their|\p{Lu})|after\ (?:a|an|the|his|her|their|arriving|meeting|voting)|on\ (?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day)")
        .expect("a fixed pattern")
});

/// Who stands where, and that it is a picture.
static POSITIONS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?x),\ (?:(?:far|second\ from|third\ from)\ )?(?:left|right|centre|center)\ ?,|\((?:left|right|centre|center)\)|\(L\)[^()]*\((?:R|C)\)|\((?:R|C)\)[^()]*\(L\)|^(?:FILE\ (?:PHOTO|IMAGE)|FILE\b|File\ photo|In\ this\ (?:[^,.]{0,30},\ ?){0,3}(?:file\ )?(?:photo|image|picture|photograph)\b|Pictured\b|From\ left\b|Clockwise\ from\b|Left\ to\ right\b)|\b(?:is|are)\ (?:seen|pictured|shown)\ (?:here|in|at|on|during|above|below|with|near|after|before|outside)\b")
        .expect("a fixed pattern")
});

/// Past tense before the verb of a picture, or words that somebody reports: the sentence tells a story.
static STORY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:said|says|told|tells|was|were|had|has|have|will|would|announced|added|who|which|that|if|when|while|to)\b")
        .expect("a fixed pattern")
});

/// Somebody before the camera whose name does not matter.
static SOMEBODY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:An?|The) (?:[a-z-]+ ){0,3}(?:man|woman|boy|girl|child|couple|soldier|officer|policeman|worker|farmer|migrant|protester|demonstrator|supporter|resident|voter|visitor|pedestrian|nurse|crowd)$")
        .expect("a fixed pattern")
});

/// Whether a paragraph is a caption by its words.
pub(super) fn is_caption(line: &str) -> bool {
    let words = line.split_whitespace().count();
    if !(6..=55).contains(&words) || line.contains(['"', '“', '”', '?']) || !line.starts_with(char::is_uppercase) {
        return false;
    }
    if line.contains(" said") || line.contains(" says") {
        return false;
    }
    if POSITIONS.is_match(line) {
        return true;
    }
    let one_sentence = line.trim_end_matches(['.', ' ']).match_indices(". ").all(|(at, _)| {
        // "Gov. Lee", "Sept. 3", "J. Lee": no sentence ends there.
        let last = line[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        last.chars().count() <= 4 && last.starts_with(char::is_uppercase)
    });
    let Some(verb) = VERBS.find(line).filter(|_| one_sentence) else { return false };
    let subject = &line[..verb.start()];
    let before: Vec<&str> = subject.split_whitespace().collect();
    let Some(last) = before.last() else { return false };
    // A name, some human being, or many of a kind: "Supporters gather".
    let capitals = before.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let many = last.ends_with('s') || matches!(last.to_lowercase().as_str(), "people" | "men" | "women" | "children");
    let shown = if verb.as_str().ends_with('s') {
        last.starts_with(char::is_uppercase) && capitals >= 2 || SOMEBODY.is_match(subject.trim_end())
    } else {
        many || last.starts_with(char::is_uppercase) && before.contains(&"and")
    };
    (1..=16).contains(&before.len())
        && shown
        && !STORY.is_match(subject)
        && !last.ends_with(['’', '\'', ',', '-'])
        && SCENE.is_match(&line[verb.end()..])
}

#[cfg(test)]
mod tests {
    use super::is_caption;

    #[test]
    fn captions_show_and_stories_tell() {
        for caption in [
            "President Lena Varga addresses reporters as she arrives at the harbour.",
            "Supporters of the striking bakers gather outside the town hall on Monday.",
            "Lena Varga, left, and Tomas Riedl in Oslo, 3 May 2018.",
            "In this May 3, 2018, photo, Tomas Riedl walks to his car.",
            "Gov. Ruth Meyer shakes hands with miners before the first shift at Tarn Hill.",
            "The bridge is seen here in 1931.",
            "An elderly man walks past a closed shop at the market.",
        ] {
            assert!(is_caption(caption), "{caption}");
        }
        for story in [
            "President Lena Varga addressed reporters as she arrived at the harbour.",
            "The mayor, who holds two offices, met the bakers on Monday.",
            "Mr. Riedl said he walks to work during the summer.",
            "The law stands after the vote of the senate was counted, and it will hold.",
            "The right, left without a leader, lost.",
            "What holds at the border is what holds at the coast?",
            "Riedl attends.",
            "Ms. Varga drew cheers at the fair, and Mr. Riedl held a rally at the harbour.",
            "Voters elected Gov. Ruth Meyer (R) to a full term on Tuesday.",
            "Mr. Riedl thanked his hosts and then gave talks during the summer.",
        ] {
            assert!(!is_caption(story), "{story}");
        }
    }
}
