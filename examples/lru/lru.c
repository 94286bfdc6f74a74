/* examples/lru/lru.c: a cache that forgets what was used longest ago, for HPy. */
#include "hpy.h"

#include "order.h"

typedef struct {
    HPyField key, value;
} Entry;

typedef struct {
    /* A dict: the number of each key. */
    HPyField index;
    /* Called with each key and value that is forgotten; None, or nothing, is not called. */
    HPyField callback;
    /* What the numbers of `order` are of. */
    Entry *entries;
    Order order;
    HPy_ssize_t hits, misses;
} LRU;

HPyType_HELPERS(LRU)

/* The number of a key, NOWHERE if there is none, or -2 with an exception set. */
static HPy_ssize_t find(HPyContext *ctx, HPy h_self, LRU *self, HPy key)
{
    HPy index = HPyField_Load(ctx, h_self, self->index), number;
    HPy_ssize_t at = NOWHERE;
    int found = HPyDict_GetItemRef(ctx, index, key, &number);
    HPy_Close(ctx, index);
    if (found == 1) {
        at = HPyLong_AsSsize_t(ctx, number);
        HPy_Close(ctx, number);
    }
    return found < 0 ? -2 : at;
}

/* Takes a key out, and gives what was kept of it to the caller: 1 if it was there, 0 if not, or -1 with an exception set. */
static int take(HPyContext *ctx, HPy h_self, HPy key, HPy *kept, HPy *value)
{
    LRU *self = LRU_AsStruct(ctx, h_self);
    HPy index = HPyField_Load(ctx, h_self, self->index), number;
    HPy_ssize_t at;
    int found = HPyDict_Pop(ctx, index, key, &number);
    HPy_Close(ctx, index);
    if (found == 1) {
        at = HPyLong_AsSsize_t(ctx, number);
        HPy_Close(ctx, number);
        *kept = HPyField_Load(ctx, h_self, self->entries[at].key);
        *value = HPyField_Load(ctx, h_self, self->entries[at].value);
        HPyField_Store(ctx, h_self, &self->entries[at].key, HPy_NULL);
        HPyField_Store(ctx, h_self, &self->entries[at].value, HPy_NULL);
        order_unlink(&self->order, at);
        order_give_back(&self->order, at);
    }
    return found;
}

/* Takes the entry with a number out. Returns -1 with an exception set if its key is there no more. */
static int take_at(HPyContext *ctx, HPy h_self, HPy_ssize_t at, HPy *kept, HPy *value)
{
    HPy key = HPyField_Load(ctx, h_self, LRU_AsStruct(ctx, h_self)->entries[at].key);
    int found = take(ctx, h_self, key, kept, value);
    if (found == 0) {
        HPyErr_SetObject(ctx, ctx->h_KeyError, key);
    }
    HPy_Close(ctx, key);
    return found == 1 ? 0 : -1;
}

/* Forgets the oldest entry, and tells the callback. */
static int forget_oldest(HPyContext *ctx, HPy h_self, LRU *self)
{
    HPy both[2], callback = HPy_NULL, answer = HPy_NULL;
    int failed = 0;
    if (take_at(ctx, h_self, self->order.oldest, &both[0], &both[1]) < 0) {
        return -1;
    }
    if (!HPyField_IsNull(self->callback)) {
        callback = HPyField_Load(ctx, h_self, self->callback);
        if (!HPy_Is(ctx, callback, ctx->h_None)) {
            answer = HPy_Call(ctx, callback, both, 2, HPy_NULL);
            failed = HPy_IsNull(answer);
        }
    }
    HPy_Close(ctx, answer);
    HPy_Close(ctx, callback);
    HPy_Close(ctx, both[0]);
    HPy_Close(ctx, both[1]);
    return failed ? -1 : 0;
}

static int set(HPyContext *ctx, HPy h_self, LRU *self, HPy key, HPy value)
{
    HPy index, number;
    int failed;
    HPy_ssize_t at = find(ctx, h_self, self, key);
    if (at == -2) {
        return -1;
    }
    if (at != NOWHERE) {
        order_use(&self->order, at);
        HPyField_Store(ctx, h_self, &self->entries[at].value, value);
        return 0;
    }
    while ((at = order_take(&self->order)) == NOWHERE) {
        if (forget_oldest(ctx, h_self, self) < 0) {
            return -1;
        }
    }
    index = HPyField_Load(ctx, h_self, self->index);
    number = HPyLong_FromSsize_t(ctx, at);
    failed = HPy_IsNull(number) || HPyDict_SetItem(ctx, index, key, number) < 0;
    HPy_Close(ctx, number);
    HPy_Close(ctx, index);
    if (failed) {
        order_give_back(&self->order, at);
        return -1;
    }
    HPyField_Store(ctx, h_self, &self->entries[at].key, key);
    HPyField_Store(ctx, h_self, &self->entries[at].value, value);
    order_link_newest(&self->order, at);
    return 0;
}

/* What has the memory of a new cache, which HPy_tp_destroy frees with it. */
static int fill(HPyContext *ctx, HPy h_self, LRU *self, HPy_ssize_t size, HPy callback)
{
    HPy index;
    self->entries = (Entry *)calloc((size_t)size, sizeof(Entry));
    if (self->entries == NULL || order_init(&self->order, size) < 0) {
        HPyErr_NoMemory(ctx);
        return -1;
    }
    HPyField_Store(ctx, h_self, &self->callback, callback);
    index = HPyDict_New(ctx);
    HPyField_Store(ctx, h_self, &self->index, index);
    HPy_Close(ctx, index);
    return HPy_IsNull(index) ? -1 : 0;
}

HPyDef_SLOT(LRU_new, HPy_tp_new)
static HPy LRU_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    static const char *names[] = {"size", "callback", NULL};
    HPyTracker tracker;
    HPy h_self = HPy_NULL, callback = ctx->h_None;
    HPy_ssize_t size;
    LRU *self;
    if (!HPyArg_ParseKeywordsDict(ctx, &tracker, args, nargs, kw, "n|O:LRU", names, &size, &callback)) {
        return HPy_NULL;
    }
    if (size < 1) {
        HPyErr_Format(ctx, ctx->h_ValueError, "size must be at least 1, and it is %zd", size);
    } else {
        h_self = HPy_New(ctx, cls, &self);
        if (!HPy_IsNull(h_self) && fill(ctx, h_self, self, size, callback) < 0) {
            HPy_Close(ctx, h_self);
            h_self = HPy_NULL;
        }
    }
    HPyTracker_Close(ctx, tracker);
    return h_self;
}

HPyDef_SLOT(LRU_traverse, HPy_tp_traverse)
static int LRU_traverse_impl(void *data, HPyFunc_visitproc visit, void *arg)
{
    LRU *self = (LRU *)data;
    HPy_ssize_t at;
    HPy_VISIT(&self->index);
    HPy_VISIT(&self->callback);
    for (at = 0; at < self->order.size; at++) {
        HPy_VISIT(&self->entries[at].key);
        HPy_VISIT(&self->entries[at].value);
    }
    return 0;
}

HPyDef_SLOT(LRU_destroy, HPy_tp_destroy)
static void LRU_destroy_impl(void *data)
{
    LRU *self = (LRU *)data;
    free(self->entries);
    free(self->order.links);
}

HPyDef_SLOT(LRU_length, HPy_mp_length)
static HPy_ssize_t LRU_length_impl(HPyContext *ctx, HPy h_self)
{
    HPy index = HPyField_Load(ctx, h_self, LRU_AsStruct(ctx, h_self)->index);
    HPy_ssize_t length = HPyDict_Size(ctx, index);
    HPy_Close(ctx, index);
    return length;
}

HPyDef_SLOT(LRU_contains, HPy_sq_contains)
static int LRU_contains_impl(HPyContext *ctx, HPy h_self, HPy key)
{
    HPy index = HPyField_Load(ctx, h_self, LRU_AsStruct(ctx, h_self)->index);
    int found = HPyDict_Contains(ctx, index, key);
    HPy_Close(ctx, index);
    return found;
}

/* The value of a key, which is used now: 1 if there is one, 0 if not, or -1 with an exception set. */
static int look_up(HPyContext *ctx, HPy h_self, HPy key, HPy *value)
{
    LRU *self = LRU_AsStruct(ctx, h_self);
    HPy_ssize_t at = find(ctx, h_self, self, key);
    *value = HPy_NULL;
    if (at < 0) {
        self->misses += at == NOWHERE;
        return at == NOWHERE ? 0 : -1;
    }
    self->hits++;
    order_use(&self->order, at);
    *value = HPyField_Load(ctx, h_self, self->entries[at].value);
    return 1;
}

HPyDef_SLOT(LRU_subscript, HPy_mp_subscript)
static HPy LRU_subscript_impl(HPyContext *ctx, HPy h_self, HPy key)
{
    HPy value;
    if (look_up(ctx, h_self, key, &value) == 0) {
        HPyErr_SetObject(ctx, ctx->h_KeyError, key);
    }
    return value;
}

HPyDef_SLOT(LRU_ass_subscript, HPy_mp_ass_subscript)
static int LRU_ass_subscript_impl(HPyContext *ctx, HPy h_self, HPy key, HPy value)
{
    HPy kept, old;
    int found;
    if (!HPy_IsNull(value)) {
        return set(ctx, h_self, LRU_AsStruct(ctx, h_self), key, value);
    }
    found = take(ctx, h_self, key, &kept, &old);
    if (found == 0) {
        HPyErr_SetObject(ctx, ctx->h_KeyError, key);
    }
    if (found != 1) {
        return -1;
    }
    HPy_Close(ctx, kept);
    HPy_Close(ctx, old);
    return 0;
}

HPyDef_METH(LRU_get, "get", HPyFunc_VARARGS, .doc = "get(key, default=None, /)\n--\n\nThe value of a key, or another.")
static HPy LRU_get_impl(HPyContext *ctx, HPy h_self, const HPy *args, size_t nargs)
{
    HPy key, value, instead = ctx->h_None;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "O|O:get", &key, &instead)) {
        return HPy_NULL;
    }
    return look_up(ctx, h_self, key, &value) == 0 ? HPy_Dup(ctx, instead) : value;
}

HPyDef_METH(LRU_pop, "pop", HPyFunc_VARARGS, .doc = "Takes a key out and gives its value, or another.")
static HPy LRU_pop_impl(HPyContext *ctx, HPy h_self, const HPy *args, size_t nargs)
{
    HPy key, kept, value, instead = HPy_NULL;
    int found;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "O|O:pop", &key, &instead)) {
        return HPy_NULL;
    }
    found = take(ctx, h_self, key, &kept, &value);
    if (found == 1) {
        HPy_Close(ctx, kept);
        return value;
    }
    if (found == 0 && HPy_IsNull(instead)) {
        return HPyErr_SetObject(ctx, ctx->h_KeyError, key);
    }
    return found == 0 ? HPy_Dup(ctx, instead) : HPy_NULL;
}

HPyDef_METH(LRU_popitem, "popitem", HPyFunc_KEYWORDS,
            .doc = "popitem(oldest=True)\n--\n\nTakes out the pair that was used longest ago, or last.")
static HPy LRU_popitem_impl(HPyContext *ctx, HPy h_self, const HPy *args, size_t nargs, HPy kwnames)
{
    static const char *names[] = {"oldest", NULL};
    LRU *self = LRU_AsStruct(ctx, h_self);
    HPy both[2], pair;
    int oldest = 1;
    if (!HPyArg_ParseKeywords(ctx, NULL, args, nargs, kwnames, "|p:popitem", names, &oldest)) {
        return HPy_NULL;
    }
    if (self->order.oldest == NOWHERE) {
        return HPyErr_SetString(ctx, ctx->h_KeyError, "the cache is empty");
    }
    if (take_at(ctx, h_self, oldest ? self->order.oldest : self->order.newest, &both[0], &both[1]) < 0) {
        return HPy_NULL;
    }
    pair = HPyTuple_FromArray(ctx, both, 2);
    HPy_Close(ctx, both[0]);
    HPy_Close(ctx, both[1]);
    return pair;
}

/* The keys, or with `pairs` the keys and their values, the newest first. */
static HPy list_of(HPyContext *ctx, HPy h_self, int pairs)
{
    LRU *self = LRU_AsStruct(ctx, h_self);
    HPy list = HPyList_New(ctx, 0), both[2], pair;
    HPy_ssize_t at;
    int failed = HPy_IsNull(list);
    for (at = self->order.newest; !failed && at != NOWHERE; at = self->order.links[at].older) {
        both[0] = HPyField_Load(ctx, h_self, self->entries[at].key);
        both[1] = HPyField_Load(ctx, h_self, self->entries[at].value);
        pair = pairs ? HPyTuple_FromArray(ctx, both, 2) : HPy_Dup(ctx, both[0]);
        failed = HPy_IsNull(pair) || HPyList_Append(ctx, list, pair) < 0;
        HPy_Close(ctx, pair);
        HPy_Close(ctx, both[0]);
        HPy_Close(ctx, both[1]);
    }
    if (failed) {
        HPy_Close(ctx, list);
        return HPy_NULL;
    }
    return list;
}

HPyDef_METH(LRU_keys, "keys", HPyFunc_NOARGS, .doc = "keys()\n--\n\nThe keys, the last used first.")
static HPy LRU_keys_impl(HPyContext *ctx, HPy h_self)
{
    return list_of(ctx, h_self, 0);
}

HPyDef_METH(LRU_items, "items", HPyFunc_NOARGS, .doc = "items()\n--\n\nThe pairs, the last used first.")
static HPy LRU_items_impl(HPyContext *ctx, HPy h_self)
{
    return list_of(ctx, h_self, 1);
}

HPyDef_METH(LRU_clear, "clear", HPyFunc_NOARGS, .doc = "clear()\n--\n\nForgets everything, the statistics too.")
static HPy LRU_clear_impl(HPyContext *ctx, HPy h_self)
{
    LRU *self = LRU_AsStruct(ctx, h_self);
    HPy key, value;
    while (self->order.oldest != NOWHERE) {
        if (take_at(ctx, h_self, self->order.oldest, &key, &value) < 0) {
            return HPy_NULL;
        }
        HPy_Close(ctx, key);
        HPy_Close(ctx, value);
    }
    self->hits = self->misses = 0;
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(LRU_update, "update", HPyFunc_KEYWORDS, .doc = "Sets the items of a mapping, and of keywords.")
static HPy LRU_update_impl(HPyContext *ctx, HPy h_self, const HPy *args, size_t nargs, HPy kwnames)
{
    LRU *self = LRU_AsStruct(ctx, h_self);
    HPy all, other = HPy_NULL, key, value;
    HPy_ssize_t position = 0, name, names = HPy_IsNull(kwnames) ? 0 : HPy_Length(ctx, kwnames);
    int failed;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "|O:update", &other)) {
        return HPy_NULL;
    }
    all = HPyDict_New(ctx);
    failed = HPy_IsNull(all) || (!HPy_IsNull(other) && HPyDict_Update(ctx, all, other) < 0);
    for (name = 0; !failed && name < names; name++) {
        key = HPy_GetItem_i(ctx, kwnames, name);
        failed = HPy_IsNull(key) || HPyDict_SetItem(ctx, all, key, args[nargs + (size_t)name]) < 0;
        HPy_Close(ctx, key);
    }
    while (!failed && HPyDict_Next(ctx, all, &position, &key, &value)) {
        failed = set(ctx, h_self, self, key, value) < 0;
        HPy_Close(ctx, key);
        HPy_Close(ctx, value);
    }
    HPy_Close(ctx, all);
    return failed ? HPy_NULL : HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(LRU_stats, "stats", HPyFunc_NOARGS,
            .doc = "stats()\n--\n\nHow many look-ups found something, and how many not.")
static HPy LRU_stats_impl(HPyContext *ctx, HPy h_self)
{
    LRU *self = LRU_AsStruct(ctx, h_self);
    return HPy_BuildValue(ctx, "(nn)", self->hits, self->misses);
}

HPyDef_SLOT(LRU_repr, HPy_tp_repr)
static HPy LRU_repr_impl(HPyContext *ctx, HPy h_self)
{
    HPy items = list_of(ctx, h_self, 1), text;
    if (HPy_IsNull(items)) {
        return HPy_NULL;
    }
    text = HPyUnicode_FromFormat(ctx, "<LRU of %zd: %R>", LRU_AsStruct(ctx, h_self)->order.size, items);
    HPy_Close(ctx, items);
    return text;
}

HPyDef_MEMBER(LRU_size, "size", HPyMember_HPYSSIZET, offsetof(LRU, order.size), .readonly = true,
              .doc = "How many keys are kept.")
HPyDef_MEMBER(LRU_callback, "callback", HPyMember_OBJECT, offsetof(LRU, callback),
              .doc = "Called with each key and value that is forgotten.")

static HPyDef *LRU_defines[] = {
    &LRU_new,  &LRU_traverse, &LRU_destroy, &LRU_repr, &LRU_length, &LRU_contains, &LRU_subscript, &LRU_ass_subscript,
    &LRU_size, &LRU_callback, &LRU_get,     &LRU_pop,  &LRU_popitem, &LRU_keys,    &LRU_items,     &LRU_clear,
    &LRU_update, &LRU_stats,  NULL,
};

static HPyType_Spec LRU_spec = {
    .name = "lru.LRU",
    .doc = "LRU(size, callback=None)\n--\n\nA cache that forgets what was used longest ago.",
    .basicsize = sizeof(LRU),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC,
    .builtin_shape = SHAPE(LRU),
    .defines = LRU_defines,
};

HPyDef_SLOT(lru_exec, HPy_mod_exec)
static int lru_exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "LRU", &LRU_spec, NULL) ? 0 : -1;
}

static HPyDef *lru_defines[] = {&lru_exec, NULL};
static HPyModuleDef lru = {.doc = "A cache of the things used last.", .defines = lru_defines};
HPy_MODINIT(lru, lru)
