//! Sorting with one sort for all types.
//!
//! The standard library compiles its sort, 4 to 5 kB, for each type and each comparison, and collecting into a map or a set sorts too: eighty
//! copies were a twentieth of the program. Here one sort orders positions, and only comparing and swapping are compiled for each type.
//! Collecting a large sorted list, such as the files of a repository, into a map of the standard library remains faster.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Orders a list stably.
pub(crate) trait Order {
    type Item;

    fn order_by(&mut self, compare: impl Fn(&Self::Item, &Self::Item) -> Ordering);

    fn order(&mut self)
    where
        Self::Item: Ord,
    {
        self.order_by(Self::Item::cmp);
    }

    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&Self::Item) -> K) {
        self.order_by(|one, other| key(one).cmp(&key(other)));
    }
}

impl<T> Order for [T] {
    type Item = T;

    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let places = ordered(self.len(), &|one, other| compare(&self[one], &self[other]));
        rearrange(places, &mut |one, other| self.swap(one, other));
    }
}

/// The positions of a list in the order of their elements.
#[inline(never)]
fn ordered(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

/// Moves to each position what is at its place, along the cycles of the permutation.
#[inline(never)]
fn rearrange(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        while places[at] != start {
            let from = std::mem::replace(&mut places[at], at);
            swap(at, from);
            at = from;
        }
        places[at] = at;
    }
}

/// The map of pairs, the last of a key counting, like `collect()`, which would sort first.
pub(crate) fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// The set of items, like `collect()`, which would sort first.
pub(crate) fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_ordered_as_by_the_stable_sort_of_the_standard_library() {
        // A linear congruential generator; the few keys make many elements equal
        let mut seed = 7_u32;
        for length in 0..200 {
            let mut ours: Vec<(u32, usize)> = Vec::new();
            for at in 0..length {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ours.push((seed >> 28, at));
            }
            let mut theirs = ours.clone();
            ours.order_by_key(|(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn of_equal_keys_the_last_counts() {
        assert_eq!(map([("b", 1), ("a", 2), ("b", 3)]), BTreeMap::from([("a", 2), ("b", 3)]));
    }
}
