/* hpy/runtime/ctx_module.h: modules, which hpy/hpymodule.h describes. */
#pragma once

#include "hpy/hpymodule.h"
#include "hpy/runtime/ctx_funcs.h"
