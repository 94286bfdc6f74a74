/* examples/lru/capi/lru.c: a cache that forgets what was used longest ago, for CPython's C API. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

#include "../order.h"

typedef struct {
    PyObject *key, *value;
} Entry;

typedef struct {
    PyObject_HEAD
    /* A dict: the number of each key. */
    PyObject *index;
    /* Called with each key and value that is forgotten, or NULL. */
    PyObject *callback;
    /* What the numbers of `order` are of. */
    Entry *entries;
    Order order;
    Py_ssize_t hits, misses;
} LRU;

/* The number of a key, NOWHERE if there is none, or -2 with an exception set. */
static Py_ssize_t find(LRU *self, PyObject *key)
{
    PyObject *number = PyDict_GetItemWithError(self->index, key);
    if (number == NULL) {
        return PyErr_Occurred() ? -2 : NOWHERE;
    }
    return PyLong_AsSsize_t(number);
}

/* Takes an entry out, and gives its key and value to the caller. */
static int take(LRU *self, Py_ssize_t at, PyObject **key, PyObject **value)
{
    Entry *entry = &self->entries[at];
    *key = entry->key;
    Py_INCREF(*key);
    if (PyDict_DelItem(self->index, *key) < 0 || entry->key != *key) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_RuntimeError, "the cache has changed while a key was compared");
        }
        Py_DECREF(*key);
        return -1;
    }
    Py_DECREF(*key);
    *value = entry->value;
    entry->key = entry->value = NULL;
    order_unlink(&self->order, at);
    order_give_back(&self->order, at);
    return 0;
}

/* Forgets the oldest entry, and tells the callback. */
static int forget_oldest(LRU *self)
{
    PyObject *key, *value, *answer, *callback = self->callback;
    if (take(self, self->order.oldest, &key, &value) < 0) {
        return -1;
    }
    if (callback == NULL || callback == Py_None) {
        answer = Py_None;
        Py_INCREF(answer);
    } else {
        Py_INCREF(callback);
        answer = PyObject_CallFunctionObjArgs(callback, key, value, NULL);
        Py_DECREF(callback);
    }
    Py_DECREF(key);
    Py_DECREF(value);
    Py_XDECREF(answer);
    return answer == NULL ? -1 : 0;
}

static int set(LRU *self, PyObject *key, PyObject *value)
{
    PyObject *number, *old;
    Py_ssize_t at = find(self, key);
    if (at == -2) {
        return -1;
    }
    if (at != NOWHERE) {
        order_use(&self->order, at);
        old = self->entries[at].value;
        Py_INCREF(value);
        self->entries[at].value = value;
        Py_DECREF(old);
        return 0;
    }
    while ((at = order_take(&self->order)) == NOWHERE) {
        if (forget_oldest(self) < 0) {
            return -1;
        }
    }
    number = PyLong_FromSsize_t(at);
    if (number == NULL || PyDict_SetItem(self->index, key, number) < 0) {
        Py_XDECREF(number);
        order_give_back(&self->order, at);
        return -1;
    }
    Py_DECREF(number);
    Py_INCREF(key);
    Py_INCREF(value);
    self->entries[at].key = key;
    self->entries[at].value = value;
    order_link_newest(&self->order, at);
    return 0;
}

static PyObject *lru_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"size", "callback", NULL};
    PyObject *callback = Py_None;
    Py_ssize_t size;
    LRU *self;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "n|O:LRU", names, &size, &callback)) {
        return NULL;
    }
    if (size < 1) {
        return PyErr_Format(PyExc_ValueError, "size must be at least 1, and it is %zd", size);
    }
    self = (LRU *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->entries = PyMem_Calloc((size_t)size, sizeof(Entry));
    if (self->entries == NULL || order_init(&self->order, size) < 0) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    if (callback != Py_None) {
        Py_INCREF(callback);
        self->callback = callback;
    }
    self->index = PyDict_New();
    if (self->index == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static int lru_traverse(LRU *self, visitproc visit, void *arg)
{
    Py_ssize_t at;
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->index);
    Py_VISIT(self->callback);
    for (at = 0; at < self->order.size; at++) {
        Py_VISIT(self->entries[at].key);
        Py_VISIT(self->entries[at].value);
    }
    return 0;
}

static int lru_clear(LRU *self)
{
    Py_ssize_t at;
    Py_CLEAR(self->index);
    Py_CLEAR(self->callback);
    for (at = 0; at < self->order.size; at++) {
        Py_CLEAR(self->entries[at].key);
        Py_CLEAR(self->entries[at].value);
    }
    return 0;
}

static void lru_dealloc(LRU *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    lru_clear(self);
    PyMem_Free(self->entries);
    free(self->order.links);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static Py_ssize_t lru_length(LRU *self)
{
    return PyDict_Size(self->index);
}

static int lru_contains(LRU *self, PyObject *key)
{
    return PyDict_Contains(self->index, key);
}

/* The value of a key, which is used now; NULL without an exception if there is none. */
static PyObject *look_up(LRU *self, PyObject *key)
{
    PyObject *value;
    Py_ssize_t at = find(self, key);
    if (at < 0) {
        self->misses += at == NOWHERE;
        return NULL;
    }
    self->hits++;
    order_use(&self->order, at);
    value = self->entries[at].value;
    Py_INCREF(value);
    return value;
}

static PyObject *lru_subscript(LRU *self, PyObject *key)
{
    PyObject *value = look_up(self, key);
    if (value == NULL && !PyErr_Occurred()) {
        PyErr_SetObject(PyExc_KeyError, key);
    }
    return value;
}

static int lru_ass_subscript(LRU *self, PyObject *key, PyObject *value)
{
    PyObject *old_key, *old_value;
    Py_ssize_t at;
    if (value != NULL) {
        return set(self, key, value);
    }
    at = find(self, key);
    if (at < 0) {
        if (at == NOWHERE) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return -1;
    }
    if (take(self, at, &old_key, &old_value) < 0) {
        return -1;
    }
    Py_DECREF(old_key);
    Py_DECREF(old_value);
    return 0;
}

static PyObject *lru_get(LRU *self, PyObject *args)
{
    PyObject *key, *value, *instead = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:get", &key, &instead)) {
        return NULL;
    }
    value = look_up(self, key);
    if (value == NULL && !PyErr_Occurred()) {
        Py_INCREF(instead);
        return instead;
    }
    return value;
}

static PyObject *lru_pop(LRU *self, PyObject *args)
{
    PyObject *key, *old_key, *value, *instead = NULL;
    Py_ssize_t at;
    if (!PyArg_ParseTuple(args, "O|O:pop", &key, &instead)) {
        return NULL;
    }
    at = find(self, key);
    if (at >= 0) {
        if (take(self, at, &old_key, &value) < 0) {
            return NULL;
        }
        Py_DECREF(old_key);
        return value;
    }
    if (at == NOWHERE && instead == NULL) {
        PyErr_SetObject(PyExc_KeyError, key);
    }
    if (at == NOWHERE) {
        Py_XINCREF(instead);
        return instead;
    }
    return NULL;
}

static PyObject *lru_popitem(LRU *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"oldest", NULL};
    PyObject *key, *value;
    int oldest = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|p:popitem", names, &oldest)) {
        return NULL;
    }
    if (self->order.oldest == NOWHERE) {
        PyErr_SetString(PyExc_KeyError, "the cache is empty");
        return NULL;
    }
    if (take(self, oldest ? self->order.oldest : self->order.newest, &key, &value) < 0) {
        return NULL;
    }
    return Py_BuildValue("(NN)", key, value);
}

/* A list of what `part` makes of each entry, the newest first. */
static PyObject *list_of(LRU *self, PyObject *(*part)(Entry *))
{
    PyObject *list = PyList_New(0), *item;
    Py_ssize_t at;
    int failed;
    for (at = self->order.newest; list != NULL && at != NOWHERE; at = self->order.links[at].older) {
        item = part(&self->entries[at]);
        failed = item == NULL || PyList_Append(list, item) < 0;
        Py_XDECREF(item);
        if (failed) {
            Py_CLEAR(list);
        }
    }
    return list;
}

static PyObject *key_of(Entry *entry)
{
    Py_INCREF(entry->key);
    return entry->key;
}

static PyObject *item_of(Entry *entry)
{
    return PyTuple_Pack(2, entry->key, entry->value);
}

static PyObject *lru_keys(LRU *self, PyObject *unused)
{
    return list_of(self, key_of);
}

static PyObject *lru_items(LRU *self, PyObject *unused)
{
    return list_of(self, item_of);
}

static PyObject *lru_clear_all(LRU *self, PyObject *unused)
{
    PyObject *key, *value;
    while (self->order.oldest != NOWHERE) {
        if (take(self, self->order.oldest, &key, &value) < 0) {
            return NULL;
        }
        Py_DECREF(key);
        Py_DECREF(value);
    }
    self->hits = self->misses = 0;
    Py_RETURN_NONE;
}

static PyObject *lru_update(LRU *self, PyObject *args, PyObject *kwargs)
{
    PyObject *all, *other = NULL, *key, *value;
    Py_ssize_t position = 0;
    int failed;
    if (!PyArg_ParseTuple(args, "|O:update", &other)) {
        return NULL;
    }
    all = PyDict_New();
    failed = all == NULL || (other != NULL && PyDict_Update(all, other) < 0) ||
             (kwargs != NULL && PyDict_Update(all, kwargs) < 0);
    while (!failed && PyDict_Next(all, &position, &key, &value)) {
        failed = set(self, key, value) < 0;
    }
    Py_XDECREF(all);
    if (failed) {
        return NULL;
    }
    Py_RETURN_NONE;
}

#ifndef LRU_PORTED
static PyObject *lru_stats(LRU *self, PyObject *unused)
{
    return Py_BuildValue("(nn)", self->hits, self->misses);
}
#endif

static PyObject *lru_repr(LRU *self)
{
    PyObject *items = lru_items(self, NULL), *text;
    if (items == NULL) {
        return NULL;
    }
    text = PyUnicode_FromFormat("<LRU of %zd: %R>", self->order.size, items);
    Py_DECREF(items);
    return text;
}

static PyMethodDef lru_methods[] = {
    {"get", (PyCFunction)lru_get, METH_VARARGS, "get(key, default=None, /)\n--\n\nThe value of a key, or another."},
    {"pop", (PyCFunction)lru_pop, METH_VARARGS, "Takes a key out and gives its value, or another."},
    {"popitem", (PyCFunction)(void (*)(void))lru_popitem, METH_VARARGS | METH_KEYWORDS,
     "popitem(oldest=True)\n--\n\nTakes out the pair that was used longest ago, or last."},
    {"keys", (PyCFunction)lru_keys, METH_NOARGS, "keys()\n--\n\nThe keys, the last used first."},
    {"items", (PyCFunction)lru_items, METH_NOARGS, "items()\n--\n\nThe pairs, the last used first."},
    {"clear", (PyCFunction)lru_clear_all, METH_NOARGS, "clear()\n--\n\nForgets everything, the statistics too."},
    {"update", (PyCFunction)(void (*)(void))lru_update, METH_VARARGS | METH_KEYWORDS,
     "Sets the items of a mapping, and of keywords."},
#ifndef LRU_PORTED
    {"stats", (PyCFunction)lru_stats, METH_NOARGS, "stats()\n--\n\nHow many look-ups found something, and how many not."},
#endif
    {NULL, NULL, 0, NULL},
};

static PyMemberDef lru_members[] = {
    {"size", T_PYSSIZET, offsetof(LRU, order.size), READONLY, "How many keys are kept."},
    {"callback", T_OBJECT, offsetof(LRU, callback), 0, "Called with each key and value that is forgotten."},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot lru_slots[] = {
    {Py_tp_doc, "LRU(size, callback=None)\n--\n\nA cache that forgets what was used longest ago."},
    {Py_tp_new, lru_new},
    {Py_tp_traverse, lru_traverse},
    {Py_tp_clear, lru_clear},
    {Py_tp_dealloc, lru_dealloc},
    {Py_tp_repr, lru_repr},
    {Py_tp_methods, lru_methods},
    {Py_tp_members, lru_members},
    {Py_mp_length, lru_length},
    {Py_mp_subscript, lru_subscript},
    {Py_mp_ass_subscript, lru_ass_subscript},
    {Py_sq_contains, lru_contains},
    {0, NULL},
};

#ifndef LRU_PORTED
static PyType_Spec lru_spec = {
    .name = "lru.LRU",
    .basicsize = sizeof(LRU),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .slots = lru_slots,
};

static int lru_exec(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&lru_spec);
    int failed = type == NULL || PyModule_AddType(module, (PyTypeObject *)type) < 0;
    Py_XDECREF(type);
    return failed ? -1 : 0;
}

static PyModuleDef_Slot lru_module_slots[] = {{Py_mod_exec, lru_exec}, {0, NULL}};

static PyModuleDef lru_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lru",
    .m_doc = "A cache of the things used last.",
    .m_slots = lru_module_slots,
};

PyMODINIT_FUNC PyInit_lru(void)
{
    return PyModuleDef_Init(&lru_module);
}
#endif
