// pyo3/src/algebra.rs: small types whose operators make new instances: symbols, terms and sums.

use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyString};
use pyo3::{PyTraverseError, PyVisit};

#[pyclass(frozen)]
pub struct Symbol {
    name: Py<PyString>,
}

#[pyclass(frozen)]
struct Term {
    symbol: Py<Symbol>,
    #[pyo3(get)]
    coefficient: f64,
}

#[pyclass(frozen)]
struct Sum {
    left: Py<PyAny>,
    right: Option<Py<PyAny>>,
    #[pyo3(get)]
    constant: f64,
}

enum Operand {
    Expression,
    Number(f64),
    Other,
}

/// No other type with `__float__` is a number here.
fn number(object: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
    if let Ok(float) = object.cast::<PyFloat>() {
        return Ok(Some(float.value()));
    }
    object.cast::<PyInt>().ok().map(|int| int.extract()).transpose()
}

fn operand(object: &Bound<'_, PyAny>) -> PyResult<Operand> {
    if let Some(number) = number(object)? {
        return Ok(Operand::Number(number));
    }
    let is_expression =
        object.is_instance_of::<Term>() || object.is_instance_of::<Symbol>() || object.is_instance_of::<Sum>();
    Ok(if is_expression { Operand::Expression } else { Operand::Other })
}

type Object<'py> = PyResult<Bound<'py, PyAny>>;

fn scaled<'py>(symbol: &Bound<'py, Symbol>, coefficient: f64, factor: &Bound<'py, PyAny>) -> Object<'py> {
    let py = symbol.py();
    let Some(factor) = number(factor)? else { return Ok(py.NotImplemented().into_bound(py)) };
    let term = Term { symbol: symbol.clone().unbind(), coefficient: coefficient * factor };
    Ok(Bound::new(py, term)?.into_any())
}

/// The sum of a symbol or a term and what is right of it.
fn added<'py>(left: &Bound<'py, PyAny>, right: &Bound<'py, PyAny>) -> Object<'py> {
    let py = left.py();
    let (right, constant) = match operand(right)? {
        Operand::Expression => (Some(right.clone().unbind()), 0.0),
        Operand::Number(number) => (None, number),
        Operand::Other => return Ok(py.NotImplemented().into_bound(py)),
    };
    Ok(Bound::new(py, Sum { left: left.clone().unbind(), right, constant })?.into_any())
}

#[pymethods]
impl Symbol {
    #[new]
    fn new(name: Py<PyString>) -> Symbol {
        Symbol { name }
    }

    fn __mul__<'py>(slf: &Bound<'py, Self>, factor: &Bound<'py, PyAny>) -> Object<'py> {
        scaled(slf, 1.0, factor)
    }

    fn __rmul__<'py>(slf: &Bound<'py, Self>, factor: &Bound<'py, PyAny>) -> Object<'py> {
        scaled(slf, 1.0, factor)
    }

    fn __add__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> Object<'py> {
        added(slf, other)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.name)
    }
}

#[pymethods]
impl Term {
    fn __mul__<'py>(slf: &Bound<'py, Self>, factor: &Bound<'py, PyAny>) -> Object<'py> {
        let term = slf.get();
        scaled(term.symbol.bind(slf.py()), term.coefficient, factor)
    }

    fn __rmul__<'py>(slf: &Bound<'py, Self>, factor: &Bound<'py, PyAny>) -> Object<'py> {
        Self::__mul__(slf, factor)
    }

    fn __add__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> Object<'py> {
        added(slf, other)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.symbol)
    }
}

#[pymethods]
impl Sum {
    fn __add__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> Object<'py> {
        let (py, sum) = (slf.py(), slf.get());
        let Operand::Number(number) = operand(other)? else { return added(slf, other) };
        let right = sum.right.as_ref().map(|right| right.clone_ref(py));
        let grown = Sum { left: sum.left.clone_ref(py), right, constant: sum.constant + number };
        Ok(Bound::new(py, grown)?.into_any())
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.left)?;
        visit.call(&self.right)
    }
}
