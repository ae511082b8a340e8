//! What stands under which name in an object of the host? Names and values in their order.
//!
//! A list and not a map: there are few entries, and each kind of map costs the download more than all of them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// The entries of an object, in the order in which the host wrote them.
///
/// ```
/// use ncrs_form_check::Entries;
///
/// let rules: Entries<String> = serde_json::from_str(r#"{ "ORG-001": "off" }"#)?;
/// assert_eq!(rules.get("ORG-001").map(String::as_str), Some("off"));
/// assert_eq!(rules.get("ORG-002"), None);
/// assert!(serde_json::from_str::<Entries<bool>>(r#"{ "a": "yes" }"#).is_err(), "a text is neither true nor false");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<T>(Vec<(String, T)>);

/// An object of texts, like a row that a host gives for a table.
pub type Row = Entries<String>;

impl<T> Entries<T> {
    /// What stands under a name; of two entries with one name, under the last. What reads the options of a host wants each
    /// name once.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0
            .iter()
            .rev()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Every name and what stands under it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Adds an entry.
    pub fn push(&mut self, name: String, value: T) {
        self.0.push((name, value));
    }

    /// True when there are no entries.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<N: Into<String>, T> FromIterator<(N, T)> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Objects<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Objects<T> {
            type Value = Entries<T>;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Entries::default();
                while let Some((name, value)) = object.next_entry()? {
                    entries.push(name, value);
                }
                Ok(entries)
            }
        }

        from.deserialize_map(Objects(PhantomData))
    }
}
