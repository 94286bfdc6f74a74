/* hpy/version.h: the version of HPy's API that these headers are compatible with. */
#pragma once

#define HPY_VERSION "0.9.0"
#define HPY_GIT_REVISION "hpy-sys"
