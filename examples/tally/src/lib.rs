// examples/tally/src/lib.rs: the Python module `tally`: statistics of numbers, in safe Rust. `pyo3/src/lib.rs` is the same with PyO3.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;

use hpy_sys::safe::*;
use hpy_sys::{HPyException, HPyModule, HPyType};

HPyException! {
    /// There are no numbers to summarise.
    pub struct EmptyError as "tally.EmptyError": ValueError;
}

HPyType! {
    /// Numbers, and what they amount to.
    pub struct Tally as "tally.Tally" {
        /// What the numbers are.
        name: String [get, set],
        values: Vec<f64>,
    }

    impl Tally {
        fn new(values: Option<Vec<f64>> = None, *, name: &str = "numbers") -> Self {
            Tally { name: name.to_owned(), values: values.unwrap_or_default() }
        }

        /// Adds a number.
        fn add(&mut self, value: f64, /) {
            self.values.push(value);
        }

        /// Adds the numbers of any iterable, and returns how many there were.
        fn extend(&mut self, values: &Object<'_>, scale: f64 = 1.0) -> Result<usize> {
            let before = self.values.len();
            for value in values.iter()? {
                self.values.push(value?.extract::<f64>()? * scale);
            }
            Ok(self.values.len() - before)
        }

        /// The mean of the numbers.
        #[getter]
        fn mean(&self, ctx: &HPyContext) -> Result<f64> {
            self.check(ctx)?;
            Ok(self.values.iter().sum::<f64>() / self.values.len() as f64)
        }

        /// The least and the greatest number.
        fn range(&self, ctx: &HPyContext) -> Result<(f64, f64)> {
            self.check(ctx)?;
            let fold = |pick: fn(f64, f64) -> f64| self.values.iter().copied().reduce(pick).unwrap_or(f64::NAN);
            Ok((fold(f64::min), fold(f64::max)))
        }

        /// How many numbers each of `bins` parts of the range has; `low` and `high` limit it.
        fn histogram(
            &self,
            ctx: &HPyContext,
            bins: usize = 10,
            *,
            low: Option<f64> = None,
            high: Option<f64> = None,
        ) -> Result<Vec<u64>> {
            if bins == 0 {
                return ValueError::raise(ctx, "a histogram has one bin at least");
            }
            let (least, greatest) = self.range(ctx)?;
            let (low, high) = (low.unwrap_or(least), high.unwrap_or(greatest));
            let mut counts = vec![0; bins];
            for value in self.values.iter().filter(|&&value| value >= low && value <= high) {
                let bin = (value - low) / (high - low) * bins as f64;
                counts[(bin as usize).min(bins - 1)] += 1;
            }
            Ok(counts)
        }

        /// The numbers by their whole part.
        fn groups(&self) -> BTreeMap<i64, Vec<f64>> {
            let mut groups = BTreeMap::<_, Vec<_>>::new();
            for &value in &self.values {
                groups.entry(value.floor() as i64).or_default().push(value);
            }
            groups
        }

        /// The numbers as bytes, eight for each.
        fn pack<'c>(&self, ctx: &'c HPyContext) -> Result<Object<'c>> {
            let bytes: Vec<u8> = self.values.iter().flat_map(|value| value.to_le_bytes()).collect();
            Bytes(&bytes).into_object(ctx)
        }

        fn __len__(&self) -> usize {
            self.values.len()
        }

        fn __getitem__(&self, ctx: &HPyContext, index: isize) -> Result<f64> {
            let at = if index < 0 { index + self.values.len() as isize } else { index };
            match usize::try_from(at).ok().and_then(|at| self.values.get(at)) {
                Some(&value) => Ok(value),
                None => IndexError::raise(ctx, format_args!("no number {index} among {}", self.values.len())),
            }
        }

        fn __contains__(&self, value: f64) -> bool {
            self.values.contains(&value)
        }

        fn __add__(&self, other: Ref<'_, Tally>) -> Tally {
            Tally { name: self.name.clone(), values: [&self.values[..], &other.values].concat() }
        }

        fn __eq__(&self, other: Ref<'_, Tally>) -> bool {
            self.values == other.values
        }

        fn __repr__(&self) -> String {
            format!("Tally({:?}, name={:?})", self.values, self.name)
        }
    }
}

impl Tally {
    fn check(&self, ctx: &HPyContext) -> Result<()> {
        match self.values.is_empty() {
            true => EmptyError::raise(ctx, format_args!("there are no {}", self.name)),
            false => Ok(()),
        }
    }
}

HPyType! {
    /// Calls a function for each number above a limit.
    pub struct Alarm as "tally.Alarm" {
        limit: f64 [get],
        callback: Field,
    }

    impl Alarm {
        fn new(callback: &Object<'_>, limit: f64 = 0.0) -> Self {
            Alarm { limit, callback: Field::new(callback) }
        }

        /// What is called.
        #[getter]
        fn callback<'c>(&self, this: This<'c>) -> Option<Object<'c>> {
            self.callback.get(this)
        }

        fn __call__<'c>(&self, this: This<'c>, value: f64) -> Result<Option<Object<'c>>> {
            match self.callback.get(this) {
                Some(callback) if value > self.limit => callback.call_with(value).map(Some),
                _ => Ok(None),
            }
        }
    }
}

HPyModule! {
    /// Statistics of numbers.
    mod tally {
        use EmptyError, Tally, Alarm;

        /// The first number that `count_primes` refuses.
        const TOO_MANY: usize = 1 << 32;

        /// How many primes are below `end`; other threads run meanwhile.
        fn count_primes(ctx: &HPyContext, end: usize, /) -> Result<usize> {
            if end >= TOO_MANY {
                return OverflowError::raise(ctx, format_args!("{end} is too many: {TOO_MANY} is the limit"));
            }
            Ok(ctx.leave_python(|| sieve(end)))
        }

        /// How often each word of a text is there, and the longest word.
        fn count_words(text: &str, *, lower: bool = false) -> (BTreeMap<String, usize>, Option<String>) {
            let text = if lower { text.to_lowercase() } else { text.to_owned() };
            let mut counts = BTreeMap::new();
            for word in text.split_whitespace() {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
            let longest = counts.keys().max_by_key(|word| word.chars().count()).cloned();
            (counts, longest)
        }

        /// How many dozens a number has.
        fn dozens(number: f64, /) -> f64 {
            number / 12.0
        }

        exec(ctx, module) {
            let units = module.add_submodule("units")?;
            units.set_attr(c"DOZEN", 12)?;
            units.set_attr(c"dozens", module.get_attr(c"dozens")?)
        }
    }
}

/// Eratosthenes' sieve.
fn sieve(end: usize) -> usize {
    let mut is_prime = vec![true; end];
    let mut count = 0;
    for number in 2..end {
        if is_prime[number] {
            count += 1;
            (number * number..end).step_by(number).for_each(|multiple| is_prime[multiple] = false);
        }
    }
    count
}
