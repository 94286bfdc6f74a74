#define HPY_COMPAT
#include "hpy.h"

HPyDef_SLOT(destroy, destroy_impl, HPy_tp_destroy)
static void destroy_impl(void *data)
{
    free(data);
}
