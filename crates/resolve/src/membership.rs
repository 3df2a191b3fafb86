//! What is known of each thing that a record speaks of.

use crate::corpus::Member;
use demarche_record::Record;
use std::collections::BTreeMap;

/// A value for each member, by article and then by the id there: looked up millions of times, and without making a [`Member`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ByMember<T>(BTreeMap<String, BTreeMap<String, T>>);

impl<T> Default for ByMember<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> ByMember<T> {
    /// What is known of what a record calls `local`.
    pub fn of(&self, record: &Record, local: &str) -> Option<&T> {
        self.0.get(&record.id)?.get(local)
    }

    /// What is known of a member.
    pub fn get(&self, member: &Member) -> Option<&T> {
        self.0.get(&member.article)?.get(&member.local)
    }

    /// From now on this is known of a member.
    pub fn insert(&mut self, member: &Member, value: T) {
        match self.0.get_mut(&member.article) {
            Some(of_article) => _ = of_article.insert(member.local.clone(), value),
            None => _ = self.0.insert(member.article.clone(), BTreeMap::from([(member.local.clone(), value)])),
        }
    }
}
