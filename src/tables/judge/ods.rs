//! Are the ODS tables true to their own evidence? Formats, kinds, default codes, stop words and look-alikes.

use super::{Problem, Sources, Written};

pub(super) fn judge(_sources: &Sources, _written: &mut Written, _problems: &mut Vec<Problem>) {}
