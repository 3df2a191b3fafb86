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
