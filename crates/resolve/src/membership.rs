//! What is known of each thing that a record speaks of.

use crate::corpus::Member;
use demarche_record::Record;
use std::collections::HashMap;

/// A value for each member, by article and then by the id there: looked up millions of times, and without making a [`Member`].
/// Never gone through, so that the order of a hash map reaches nothing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ByMember<T>(HashMap<String, HashMap<String, T>>);

impl<T> Default for ByMember<T> {
    fn default() -> Self {
        Self(HashMap::new())
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
            None => _ = self.0.insert(member.article.clone(), HashMap::from([(member.local.clone(), value)])),
        }
    }
}
