//! Where does the memory of a call come from? Blocks of powers of two; a free one is kept for the next of its size.
//!
//! The allocator that Rust has for the browser is made for long lives and many threads, and costs the download ten times as
//! much as this one. Here a call takes some hundred small blocks and gives all of them back, the next call takes the same
//! ones, and nothing is ever asked for that is aligned to more than 16 bytes.
#![allow(unsafe_code, reason = "an allocator hands out bare memory")]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// What WebAssembly counts memory in.
const PAGE: usize = 65_536;
/// The smallest block, and what every block is aligned to.
const SMALLEST: usize = 16;
/// One list for each power of two up to 2^31.
const SIZES: usize = 32;

/// Memory in blocks. `more` is asked for so many new pages and says where they begin; null when there are none.
pub(crate) struct Blocks {
    state: UnsafeCell<State>,
    more: fn(usize) -> *mut u8,
}

struct State {
    /// The first free block of each size, by the power of two. The next free one is written into it.
    free: [*mut u8; SIZES],
    /// What was never handed out yet.
    fresh: *mut u8,
    left: usize,
}

// SAFETY: WebAssembly without its threads proposal, for which this is built, has one thread.
unsafe impl Sync for Blocks {}

impl Blocks {
    pub(crate) const fn new(more: fn(usize) -> *mut u8) -> Self {
        Self {
            state: UnsafeCell::new(State {
                free: [null_mut(); SIZES],
                fresh: null_mut(),
                left: 0,
            }),
            more,
        }
    }
}

/// The power of two whose block holds a layout.
fn power(layout: Layout) -> usize {
    let size = if layout.size() < SMALLEST {
        SMALLEST
    } else {
        layout.size()
    };
    // A size is at most half of all addresses, so 2 to this power never overflows.
    (usize::BITS - (size - 1).leading_zeros()) as usize
}

// SAFETY: a block is handed out once until it comes back: it is taken out of its list, or cut off what is fresh. It is at
// least as large as its layout, because both ends reckon the power of two from the same layout, and aligned to 16 bytes,
// because fresh memory begins at a page and all sizes are multiples of 16. More is refused.
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: there is one thread, and nothing below calls back into here.
        let state = unsafe { &mut *self.state.get() };
        let power = power(layout);
        let Some(free) = state.free.get_mut(power).filter(|_| layout.align() <= SMALLEST) else {
            return null_mut();
        };
        let first = *free;
        if !first.is_null() {
            // SAFETY: a block in a list is free, at least 16 bytes large, and begins with a pointer that `dealloc` wrote.
            *free = unsafe { first.cast::<*mut u8>().read() };
            return first;
        }
        let size = 1 << power;
        if state.left < size {
            let pages = size.div_ceil(PAGE);
            let new = (self.more)(pages);
            if new.is_null() {
                return null_mut();
            }
            // Memory grows at its end, so what is left of the last pages goes on in the new ones; else it stays unused.
            if state.fresh.wrapping_add(state.left) != new {
                (state.fresh, state.left) = (new, 0);
            }
            state.left += pages * PAGE;
        }
        let block = state.fresh;
        state.fresh = block.wrapping_add(size);
        state.left -= size;
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as in `alloc`.
        let state = unsafe { &mut *self.state.get() };
        if let Some(free) = state.free.get_mut(power(layout)) {
            // SAFETY: the block came from `alloc` with this layout and nobody uses it any more.
            unsafe { block.cast::<*mut u8>().write(*free) };
            *free = block;
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises a size that makes a layout.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        if power(wanted) == power(layout) {
            return block;
        }
        // SAFETY: as the caller of this promises for both layouts.
        let new = unsafe { self.alloc(wanted) };
        if !new.is_null() {
            // SAFETY: both blocks are at least as large as the smaller layout, and they are two.
            unsafe {
                new.copy_from_nonoverlapping(block, layout.size().min(size));
                self.dealloc(block, layout);
            }
        }
        new
    }
}

/// New pages at the end of the memory of the module.
#[cfg(target_arch = "wasm32")]
fn grow(pages: usize) -> *mut u8 {
    match core::arch::wasm32::memory_grow::<0>(pages) {
        usize::MAX => null_mut(),
        before => (before * PAGE) as *mut u8,
    }
}

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: Blocks = Blocks::new(grow);

// A test that cannot go on should stop, whichever function it stands in.
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Pages out of the memory of the test, one piece after the other as in WebAssembly; at most 64 of them.
    fn pages(count: usize, taken: &AtomicUsize, start: &std::sync::OnceLock<usize>) -> *mut u8 {
        let layout = Layout::from_size_align(64 * PAGE, PAGE).unwrap();
        // SAFETY: the layout is not empty.
        let start = *start.get_or_init(|| unsafe { std::alloc::System.alloc(layout) } as usize);
        let before = taken.fetch_add(count, Ordering::Relaxed);
        if before + count > 64 {
            return null_mut();
        }
        (start + before * PAGE) as *mut u8
    }

    macro_rules! blocks {
        ($taken:ident) => {{
            static TAKEN: AtomicUsize = AtomicUsize::new(0);
            static START: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
            let $taken = &TAKEN;
            (Blocks::new(|count| pages(count, &TAKEN, &START)), $taken)
        }};
    }

    fn layout(size: usize) -> Layout {
        Layout::from_size_align(size, 8).unwrap()
    }

    #[test]
    fn blocks_do_not_overlap_keep_what_is_written_and_are_aligned() {
        let (blocks, _) = blocks!(taken);
        let mut held: Vec<(*mut u8, usize, u8)> = Vec::new();
        let mut chance = 12345_u32;
        for round in 0..4000_u32 {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (chance >> 16) as usize;
            if held.len() > 200 || (at.is_multiple_of(3) && !held.is_empty()) {
                let (block, size, mark) = held.swap_remove(at % held.len());
                // SAFETY: the block is held and so large.
                unsafe {
                    assert!((0..size).all(|place| block.add(place).read() == mark), "round {round}");
                    blocks.dealloc(block, layout(size));
                }
            } else if at % 3 == 1 && !held.is_empty() {
                let place = at % held.len();
                let (block, size, mark) = held.swap_remove(place);
                let other = 1 + at % 3000;
                // SAFETY: the block is held and so large.
                unsafe {
                    let moved = blocks.realloc(block, layout(size), other);
                    assert!(
                        (0..size.min(other)).all(|place| moved.add(place).read() == mark),
                        "round {round}"
                    );
                    moved.write_bytes(mark, other);
                    held.push((moved, other, mark));
                }
            } else {
                let size = 1 + at % 5000;
                let mark = u8::try_from(round % 251).unwrap();
                // SAFETY: the layout is not empty.
                unsafe {
                    let block = blocks.alloc(layout(size));
                    assert_eq!(block as usize % 16, 0);
                    block.write_bytes(mark, size);
                    held.push((block, size, mark));
                }
            }
        }
    }

    #[test]
    fn what_came_back_is_handed_out_again_so_memory_stays_flat() {
        let (blocks, taken) = blocks!(taken);
        for _ in 0..10_000 {
            // SAFETY: the layouts are not empty and each block is given back as it was asked for.
            unsafe {
                let held: Vec<*mut u8> = [1, 16, 17, 1000, 70_000].map(|size| blocks.alloc(layout(size))).into();
                for (block, size) in held.into_iter().zip([1, 16, 17, 1000, 70_000]) {
                    blocks.dealloc(block, layout(size));
                }
            }
        }
        assert!(
            taken.load(Ordering::Relaxed) <= 3,
            "128 kB for the largest, and a page for the others"
        );
    }

    #[test]
    fn what_there_is_no_room_for_is_refused() {
        let (blocks, _) = blocks!(taken);
        // SAFETY: the layouts are not empty.
        unsafe {
            assert!(blocks.alloc(layout(65 * PAGE)).is_null(), "more pages than there are");
            assert!(
                blocks.alloc(Layout::from_size_align(64, 32).unwrap()).is_null(),
                "aligned to more than 16"
            );
        }
    }
}
