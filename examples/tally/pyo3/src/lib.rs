// examples/tally/pyo3/src/lib.rs: the module of `../src/lib.rs`, with PyO3.

use std::collections::BTreeMap;

use pyo3::create_exception;
use pyo3::exceptions::{PyIndexError, PyOverflowError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use pyo3::{PyTraverseError, PyVisit};

create_exception!(tally, EmptyError, PyValueError, "There are no numbers to summarise.");

/// Numbers, and what they amount to.
#[pyclass(module = "tally")]
pub struct Tally {
    /// What the numbers are.
    #[pyo3(get, set)]
    name: String,
    values: Vec<f64>,
}

#[pymethods]
impl Tally {
    #[new]
    #[pyo3(signature = (values = None, *, name = "numbers"))]
    fn new(values: Option<Vec<f64>>, name: &str) -> Self {
        Tally { name: name.to_owned(), values: values.unwrap_or_default() }
    }

    /// Adds a number.
    #[pyo3(signature = (value, /))]
    fn add(&mut self, value: f64) {
        self.values.push(value);
    }

    /// Adds the numbers of any iterable, and returns how many there were.
    #[pyo3(signature = (values, scale = 1.0))]
    fn extend(&mut self, values: &Bound<'_, PyAny>, scale: f64) -> PyResult<usize> {
        let before = self.values.len();
        for value in values.try_iter()? {
            self.values.push(value?.extract::<f64>()? * scale);
        }
        Ok(self.values.len() - before)
    }

    /// The mean of the numbers.
    #[getter]
    fn mean(&self) -> PyResult<f64> {
        self.check()?;
        Ok(self.values.iter().sum::<f64>() / self.values.len() as f64)
    }

    /// The least and the greatest number.
    fn range(&self) -> PyResult<(f64, f64)> {
        self.check()?;
        let fold = |pick: fn(f64, f64) -> f64| self.values.iter().copied().reduce(pick).unwrap_or(f64::NAN);
        Ok((fold(f64::min), fold(f64::max)))
    }

    /// How many numbers each of `bins` parts of the range has; `low` and `high` limit it.
    #[pyo3(signature = (bins = 10, *, low = None, high = None))]
    fn histogram(&self, bins: usize, low: Option<f64>, high: Option<f64>) -> PyResult<Vec<u64>> {
        if bins == 0 {
            return Err(PyValueError::new_err("a histogram has one bin at least"));
        }
        let (least, greatest) = self.range()?;
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
    fn pack<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let bytes: Vec<u8> = self.values.iter().flat_map(|value| value.to_le_bytes()).collect();
        PyBytes::new(py, &bytes)
    }

    fn __len__(&self) -> usize {
        self.values.len()
    }

    fn __getitem__(&self, index: isize) -> PyResult<f64> {
        let at = if index < 0 { index + self.values.len() as isize } else { index };
        match usize::try_from(at).ok().and_then(|at| self.values.get(at)) {
            Some(&value) => Ok(value),
            None => Err(PyIndexError::new_err(format!("no number {index} among {}", self.values.len()))),
        }
    }

    fn __contains__(&self, value: f64) -> bool {
        self.values.contains(&value)
    }

    fn __add__(&self, other: PyRef<'_, Tally>) -> Tally {
        Tally { name: self.name.clone(), values: [&self.values[..], &other.values].concat() }
    }

    fn __eq__(&self, other: PyRef<'_, Tally>) -> bool {
        self.values == other.values
    }

    fn __repr__(&self) -> String {
        format!("Tally({:?}, name={:?})", self.values, self.name)
    }
}

impl Tally {
    fn check(&self) -> PyResult<()> {
        match self.values.is_empty() {
            true => Err(EmptyError::new_err(format!("there are no {}", self.name))),
            false => Ok(()),
        }
    }
}

/// Calls a function for each number above a limit.
#[pyclass(module = "tally")]
pub struct Alarm {
    #[pyo3(get)]
    limit: f64,
    callback: Option<Py<PyAny>>,
}

#[pymethods]
impl Alarm {
    #[new]
    #[pyo3(signature = (callback, limit = 0.0))]
    fn new(callback: Py<PyAny>, limit: f64) -> Self {
        Alarm { limit, callback: Some(callback) }
    }

    /// What is called.
    #[getter]
    fn callback(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.callback.as_ref().map(|callback| callback.clone_ref(py))
    }

    fn __call__(&self, py: Python<'_>, value: f64) -> PyResult<Option<Py<PyAny>>> {
        match &self.callback {
            Some(callback) if value > self.limit => callback.call1(py, (value,)).map(Some),
            _ => Ok(None),
        }
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.callback)
    }

    fn __clear__(&mut self) {
        self.callback = None;
    }
}

/// How many primes are below `end`; other threads run meanwhile.
#[pyfunction]
#[pyo3(signature = (end, /))]
fn count_primes(py: Python<'_>, end: usize) -> PyResult<usize> {
    if end >= tally::TOO_MANY {
        return Err(PyOverflowError::new_err(format!("{end} is too many: {} is the limit", tally::TOO_MANY)));
    }
    Ok(py.detach(|| sieve(end)))
}

/// How often each word of a text is there, and the longest word.
#[pyfunction]
#[pyo3(signature = (text, *, lower = false))]
fn count_words(text: &str, lower: bool) -> (BTreeMap<String, usize>, Option<String>) {
    let text = if lower { text.to_lowercase() } else { text.to_owned() };
    let mut counts = BTreeMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    let longest = counts.keys().max_by_key(|word| word.chars().count()).cloned();
    (counts, longest)
}

/// How many dozens a number has.
#[pyfunction]
#[pyo3(signature = (number, /))]
fn dozens(number: f64) -> f64 {
    number / 12.0
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

/// Statistics of numbers.
#[pymodule]
mod tally {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::{Alarm, EmptyError, Tally, count_primes, count_words, dozens};

    /// The first number that `count_primes` refuses.
    #[pymodule_export]
    pub const TOO_MANY: usize = 1 << 32;

    #[pymodule]
    mod units {
        #[pymodule_export]
        use super::super::dozens;
        #[pymodule_export]
        const DOZEN: i64 = 12;
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let modules = module.py().import("sys")?.getattr("modules")?;
        modules.set_item("tally.units", module.getattr("units")?)
    }
}
