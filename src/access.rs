//! What is said of connection and sign-in? Rules ACC-* that a row cannot say.

use crate::contacts::is_at;
use crate::form::checking::{At, Checking};
use crate::pds::{has, is_missing_or_below};
use crate::tables::{RuleId, rule};

/// The lowest versions that the authenticators run on.
const LOWEST_WINDOWS: u32 = 10;
const LOWEST_IPADOS: u32 = 14;

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> bool {
    let value = checking.value(at);
    match rule {
        rule::ACC_008 => is_missing_or_below(checking, at, LOWEST_WINDOWS),
        rule::ACC_009 => is_missing_or_below(checking, at, LOWEST_IPADOS),
        rule::ACC_011 => {
            let mut any = false;
            for read in rule.row().reads.iter() {
                for read in checking.everywhere(*read) {
                    let Some(address) = checking.text(read) else { continue };
                    if is_at(address, "nhs.net") {
                        return false;
                    }
                    any = true;
                }
            }
            any && has(value, at.question(), "nhs_net_connect")
        }
        _ => false,
    }
}
