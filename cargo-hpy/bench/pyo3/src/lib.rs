// pyo3/src/lib.rs: the measured module, written with PyO3: calls, lists and a small type here, the other ideas in files of their own.

mod algebra;
mod array;
mod codec;
mod decode;
mod document;
mod encode;

use pyo3::prelude::*;
use pyo3::types::PyList;

#[pyfunction]
fn noargs() {}

#[pyfunction]
fn one(x: Bound<'_, PyAny>) -> Bound<'_, PyAny> {
    x
}

#[pyfunction]
fn third<'py>(a: &Bound<'py, PyAny>, b: &Bound<'py, PyAny>, c: Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    let _ = (a, b);
    c
}

#[pyfunction]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pyfunction]
#[pyo3(signature = (value, factor = 2))]
fn scale(value: i64, factor: i64) -> i64 {
    value * factor
}

#[pyfunction]
fn make_list(py: Python<'_>, size: usize) -> PyResult<Bound<'_, PyList>> {
    PyList::new(py, 0..size)
}

#[pyfunction]
fn sum_list(items: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut sum = 0;
    for item in items {
        sum += item.extract::<i64>()?;
    }
    Ok(sum)
}

#[pyfunction]
fn sum_of(function: &Bound<'_, PyAny>, size: i64) -> PyResult<i64> {
    let mut sum = 0;
    for number in 0..size {
        sum += function.call1((number,))?.extract::<i64>()?;
    }
    Ok(sum)
}

#[pyclass(frozen)]
struct Point {
    #[pyo3(get)]
    x: f64,
    y: f64,
}

#[pymethods]
impl Point {
    #[new]
    fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    fn norm2(&self) -> f64 {
        self.x * self.x + self.y * self.y
    }

    fn times(&self, factor: f64) -> f64 {
        self.x * factor
    }

    #[getter]
    fn sum(&self) -> f64 {
        self.x + self.y
    }
}

#[pymodule]
mod sample {
    #[pymodule_export]
    use super::{Point, add, make_list, noargs, one, scale, sum_list, sum_of, third};
    #[pymodule_export]
    use super::{algebra::Symbol, array::Array, decode::decode, document::write_document, encode::encode};
}
