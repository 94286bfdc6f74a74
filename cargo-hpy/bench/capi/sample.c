/* capi/sample.c: the measured module, written with CPython's API as its own modules are. */
#include "sample.h"

PyObject *name_value;
PyObject *name_factor;

static int
exec(PyObject *module)
{
    PyType_Spec *const specs[] = {&point_spec, &node_spec};
    const char *const names[] = {"Point", "Node"};
    int i;
    for (i = 0; i < 2; i++) {
        PyObject *type = PyType_FromSpec(specs[i]);
        if (type == NULL) {
            return -1;
        }
        if (PyModule_AddObject(module, names[i], type) < 0) {
            Py_DECREF(type);
            return -1;
        }
    }
    if (name_value == NULL) {
        name_value = PyUnicode_InternFromString("value");
        name_factor = PyUnicode_InternFromString("factor");
    }
    return name_value != NULL && name_factor != NULL ? 0 : -1;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)exec},
    {0, NULL},
};
static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sample",
    .m_methods = functions,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_sample(void)
{
    return PyModuleDef_Init(&definition);
}
