// pyo3/src/array.rs: an array of C doubles: items, arithmetic that makes new arrays, and a list of its values.

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList};

#[pyclass]
pub struct Array {
    values: Vec<f64>,
}

impl Array {
    fn place(&self, index: isize) -> PyResult<usize> {
        let index = if index < 0 { index.wrapping_add_unsigned(self.values.len()) } else { index } as usize;
        if index < self.values.len() { Ok(index) } else { Err(PyIndexError::new_err("array index out of range")) }
    }
}

#[pymethods]
impl Array {
    #[new]
    fn new(values: Vec<f64>) -> Array {
        Array { values }
    }

    fn __len__(&self) -> usize {
        self.values.len()
    }

    fn __getitem__(&self, index: isize) -> PyResult<f64> {
        Ok(self.values[self.place(index)?])
    }

    fn __setitem__(&mut self, index: isize, value: f64) -> PyResult<()> {
        let place = self.place(index)?;
        self.values[place] = value;
        Ok(())
    }

    fn __delitem__(&self, _index: isize) -> PyResult<()> {
        Err(PyTypeError::new_err("items of an array cannot be deleted"))
    }

    fn __add__(&self, other: &Array) -> PyResult<Array> {
        if self.values.len() != other.values.len() {
            return Err(PyValueError::new_err("the arrays have different lengths"));
        }
        Ok(Array { values: self.values.iter().zip(&other.values).map(|(a, b)| a + b).collect() })
    }

    fn __mul__(&self, factor: &Bound<'_, PyFloat>) -> Array {
        let factor = factor.value();
        Array { values: self.values.iter().map(|value| value * factor).collect() }
    }

    fn __rmul__(&self, factor: &Bound<'_, PyFloat>) -> Array {
        self.__mul__(factor)
    }

    fn tolist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, &self.values)
    }
}
