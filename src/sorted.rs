//! Which texts are there, and at what number first? A list that is sorted once and then searched.
//!
//! A sorted list and not a map, for all that is looked up by text: one kind of it costs the download less than each map.

use std::collections::BinaryHeap;

/// Texts with a number each, in code point order, each text once with its least number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sorted(Vec<(String, usize)>);

impl Sorted {
    pub(crate) fn new(texts: Vec<(String, usize)>) -> Self {
        let mut sorted = BinaryHeap::from(texts).into_sorted_vec();
        sorted.dedup_by(|after, before| after.0 == before.0);
        Self(sorted)
    }

    /// The least number of a text.
    pub(crate) fn first(&self, text: &str) -> Option<usize> {
        let at = self.0.partition_point(|(known, _)| known.as_str() < text);
        self.0
            .get(at)
            .filter(|(known, _)| known == text)
            .map(|(_, number)| *number)
    }

    /// Every text.
    pub(crate) fn texts(self) -> Vec<String> {
        self.0.into_iter().map(|(text, _)| text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_sorted_by_code_point_each_once_with_its_least_number() {
        let of =
            |texts: &[(&str, usize)]| Sorted::new(texts.iter().map(|(text, at)| ((*text).to_owned(), *at)).collect());
        let sorted = of(&[("b", 3), ("é", 1), ("b", 2), ("Z", 0)]);
        assert_eq!(sorted.first("b"), Some(2));
        assert_eq!(sorted.first("a"), None);
        assert_eq!(sorted.first("z"), None);
        assert_eq!(sorted.texts(), ["Z", "b", "é"]);
        assert_eq!(of(&[]).first(""), None);
    }
}
