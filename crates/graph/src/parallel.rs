//! Work on many items at once.

use std::panic::resume_unwind;
use std::thread;

/// What each item comes to, in the order of the items: nobody can tell on how many threads they were worked on. All threads
/// have ended when it comes back, since a server's engine, which has to be a single thread, also reads stores.
pub(crate) fn map<T: Sync, R: Send>(threads: usize, items: &[T], map: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let share = items.len().div_ceil(threads.max(1)).max(1);
    if share >= items.len() {
        return items.iter().map(map).collect();
    }
    thread::scope(|scope| {
        let map = &map;
        let parts = items.chunks(share).map(|part| scope.spawn(move || part.iter().map(map).collect::<Vec<R>>()));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_threads_gives_the_same_in_the_same_order() {
        let items: Vec<usize> = (0..7).collect();
        for threads in 0..10 {
            assert_eq!(map(threads, &items, |item| item * item), [0, 1, 4, 9, 16, 25, 36], "{threads} threads");
            assert_eq!(map(threads, &[] as &[usize], |item| item * item), [0; 0]);
        }
    }
}
