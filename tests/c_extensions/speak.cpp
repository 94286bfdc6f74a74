// tests/c_extensions/speak.cpp: an extension in C++, with a template, a class, and a struct that has methods.
#include "hpy.h"

#include <string>
#include <vector>

namespace {

struct Text {
    std::vector<std::string> *words;

    std::string joined() const
    {
        std::string all;
        for (const std::string &word : *words) {
            all += all.empty() ? word : " " + word;
        }
        return all;
    }
};

HPyType_HELPERS(Text)

// A handle that is closed with its scope.
class Handle {
public:
    Handle(HPyContext *context, HPy handle) : ctx(context), h(handle) {}
    ~Handle() { HPy_Close(ctx, h); }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;
    HPy get() const { return h; }
    explicit operator bool() const { return !HPy_IsNull(h); }

private:
    HPyContext *ctx;
    HPy h;
};

template <typename T>
T sum(const std::vector<T> &numbers)
{
    T total{};
    for (const T &number : numbers) {
        total += number;
    }
    return total;
}

} // namespace

HPyDef_SLOT(Text_new, HPy_tp_new)
static HPy Text_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy)
{
    const char *word;
    Text *text;
    if (!HPyArg_Parse(ctx, nullptr, args, static_cast<size_t>(nargs), "s:Text", &word)) {
        return HPy_NULL;
    }
    HPy h = HPy_New(ctx, type, &text);
    if (!HPy_IsNull(h)) {
        text->words = new std::vector<std::string>{word};
    }
    return h;
}

HPyDef_SLOT(Text_destroy, HPy_tp_destroy)
static void Text_destroy_impl(void *data)
{
    delete static_cast<Text *>(data)->words;
}

HPyDef_METH(Text_say, "say", HPyFunc_O, .doc = "Adds a word.")
static HPy Text_say_impl(HPyContext *ctx, HPy self, HPy arg)
{
    const char *word = HPyUnicode_AsUTF8AndSize(ctx, arg, nullptr);
    if (word == nullptr) {
        return HPy_NULL;
    }
    Text_AsStruct(ctx, self)->words->push_back(word);
    return HPy_Dup(ctx, self);
}

HPyDef_SLOT(Text_str, HPy_tp_str)
static HPy Text_str_impl(HPyContext *ctx, HPy self)
{
    return HPyUnicode_FromString(ctx, Text_AsStruct(ctx, self)->joined().c_str());
}

HPyDef_GET(Text_count, "count", .doc = "How many words there are.")
static HPy Text_count_get(HPyContext *ctx, HPy self, void *)
{
    return HPyLong_FromSize_t(ctx, Text_AsStruct(ctx, self)->words->size());
}

static HPyDef *text_defines[] = {&Text_new, &Text_destroy, &Text_say, &Text_str, &Text_count, nullptr};
static HPyType_Spec text_spec = {
    "speak.Text", sizeof(Text), 0, HPy_TPFLAGS_DEFAULT, SHAPE(Text), nullptr, text_defines, nullptr,
};

namespace {

// A definition may be in a namespace, too.
HPyDef_METH(total, "total", HPyFunc_O)
static HPy total_impl(HPyContext *ctx, HPy, HPy arg)
{
    std::vector<double> numbers;
    Handle iterator(ctx, HPy_GetIter(ctx, arg));
    if (!iterator) {
        return HPy_NULL;
    }
    for (;;) {
        Handle item(ctx, HPyIter_Next(ctx, iterator.get()));
        if (!item) {
            break;
        }
        numbers.push_back(HPyFloat_AsDouble(ctx, item.get()));
    }
    return HPyErr_Occurred(ctx) ? HPy_NULL : HPyFloat_FromDouble(ctx, sum(numbers));
}

} // namespace

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Text", &text_spec, nullptr) ? 0 : -1;
}

static HPyDef *defines[] = {&total, &exec, nullptr};
static HPyModuleDef definition = {"An extension in C++.", 0, nullptr, defines, nullptr};

HPy_MODINIT(speak, definition)
