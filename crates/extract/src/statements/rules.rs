//! The rules that find statements and how far each is to be trusted.

/// Which rule found a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
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

impl Rule {
    /// Precision of the rule's contents, measured; see `CONFIDENCE.md` beside the crate.
    pub fn confidence(self) -> f64 {
        match self {
            Rule::QuotationThenCue | Rule::According => 0.95,
            Rule::CueThenQuotation | Rule::Turn => 0.93,
            Rule::ThatClause | Rule::BareClause => 0.88,
            Rule::LabelThenQuotation | Rule::PostPosed | Rule::Parenthetical => 0.85,
            Rule::Document | Rule::Colon | Rule::Label | Rule::Noun | Rule::FollowOn | Rule::AsPhrase => 0.75,
            Rule::WhClause => 0.7,
            Rule::TokenThat
            | Rule::TokenClause
            | Rule::Infinitive
            | Rule::ObjectInfinitive
            | Rule::Gerund
            | Rule::NounPhrase
            | Rule::Preposition
            | Rule::Accusation => 0.67,
            Rule::Predicate | Rule::NounPreposition => 0.53,
        }
    }
}
