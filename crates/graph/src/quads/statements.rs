//! Statements: who said what, to whom, about what.

use super::article::statement_spans;
use super::concepts::stance_concept;
use super::writer::Writer;
use crate::vocabulary::{dm, prov};
use demarche_record::{Record, StatementKind};
use demarche_resolve::{Corpus, Statement};
use oxigraph::model::Literal;
use std::collections::BTreeMap;

impl Writer<'_> {
    pub(super) fn statements(&mut self, statements: &[Statement], corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        for statement in statements {
            let subject = self.names.of(&statement.key);
            self.a(&subject, dm::STATEMENT);
            self.a(
                &subject,
                match statement.kind {
                    StatementKind::Direct => dm::DIRECT_STATEMENT,
                    StatementKind::Indirect => dm::INDIRECT_STATEMENT,
                    StatementKind::Mixed => dm::MIXED_STATEMENT,
                },
            );
            if let Some(speaker) = &statement.speaker {
                let speaker = self.names.of(speaker);
                self.link(&subject, dm::SPEAKER, speaker.clone());
                if !statement.negated {
                    self.link(&speaker, dm::SAID, subject.clone());
                }
            }
            self.text(&subject, dm::TEXT, &statement.text);
            if let Some(word) = &statement.cue {
                self.plain(&subject, dm::CUE, word);
            }
            if let Some(stance) = statement.stance.as_deref().and_then(stance_concept) {
                self.add(&subject, dm::STANCE, stance);
                self.uses(stance);
            }
            for addressee in &statement.addressees {
                self.link(&subject, dm::ADDRESSEE, self.names.of(addressee));
            }
            for about in &statement.about {
                self.link(&subject, dm::ABOUT, self.names.of(about));
            }
            if let Some(when) = &statement.when {
                self.when(&subject, when);
            }
            if statement.negated {
                self.literal(&subject, dm::NEGATED, Literal::from(true));
            }
            self.confidence(&subject, statement.confidence);
            if statement.kind != StatementKind::Indirect {
                for member in &statement.members {
                    self.link(&subject, prov::WAS_QUOTED_FROM, self.names.article(&member.article));
                }
            }
            self.provenance(corpus, &subject, &statement.members, records, |record, local| {
                let found = record.statements.iter().filter(|statement| statement.id == local);
                found.flat_map(statement_spans).collect()
            });
        }
    }
}
