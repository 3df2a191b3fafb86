//! The rules that find statements and how far each is to be trusted.

use crate::confidence::rules;

rules! {
    /// Which rule found a statement.
    pub enum Rule for "statement" {
        /// "…," Lee said. / said Lee.
        QuotationThenCue,
        /// Lee said: "…"
        CueThenQuotation,
        /// Lee: "…"
        LabelThenQuotation,
        /// A further quotation of the speaker before it.
        FollowOn,
        /// A turn of a transcript.
        Turn,
        /// A headline `Lee: …`.
        Label,
        /// Lee said that …
        ThatClause,
        /// Lee said …
        BareClause,
        /// Lee asked whether …
        WhClause,
        /// A clause behind "that" for which the parser saw no governor.
        TokenThat,
        /// A clause behind the cue for which the parser saw no governor.
        TokenClause,
        /// Lee said: Prices would rise.
        Colon,
        /// An official statement or letter: all of its text.
        Document,
        /// Lee vowed to …
        Infinitive,
        /// Lee urged them to …
        ObjectInfinitive,
        /// Lee denied meeting …
        Gerund,
        /// Lee announced the …
        NounPhrase,
        /// Lee warned of …
        Preposition,
        /// Lee described it as …
        AsPhrase,
        /// Lee called it a …
        Predicate,
        /// Lee accused them of …
        Accusation,
        /// …, Lee said.
        PostPosed,
        /// …, Lee said, …
        Parenthetical,
        /// According to Lee, …
        According,
        /// Lee's claim that …
        Noun,
        /// Lee's call for …
        NounPreposition,
    }
}

rules! {
    /// How the article names who says it.
    pub enum Link for "speaker" {
        /// By name: Lee said.
        Named,
        /// By a noun: the minister said.
        Nominal,
        /// By a pronoun: she said.
        Pronoun,
        /// Not at all: the speaker is that of the statement before.
        Carried,
    }
}

impl Rule {
    /// Of two rules that find the same words the one of the higher rank tells who says them: signs that cannot be mistaken, then
    /// clauses, then looser signs. A matter of the rules, not of how often they are right.
    pub fn rank(self) -> u8 {
        match self {
            Self::QuotationThenCue | Self::According => 7,
            Self::CueThenQuotation | Self::Turn => 6,
            Self::ThatClause | Self::BareClause => 5,
            Self::LabelThenQuotation | Self::PostPosed | Self::Parenthetical => 4,
            Self::Document | Self::Colon | Self::Label | Self::Noun | Self::FollowOn | Self::AsPhrase => 3,
            Self::WhClause => 2,
            Self::TokenThat
            | Self::TokenClause
            | Self::Infinitive
            | Self::ObjectInfinitive
            | Self::Gerund
            | Self::NounPhrase
            | Self::Preposition
            | Self::Accusation => 1,
            Self::Predicate | Self::NounPreposition => 0,
        }
    }
}
