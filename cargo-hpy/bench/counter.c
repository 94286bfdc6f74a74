/* counter.c: lets Python code under callgrind say what is counted. It is loaded with ctypes. */
#include <valgrind/callgrind.h>

void start(void)
{
    CALLGRIND_START_INSTRUMENTATION;
}

void zero(void)
{
    CALLGRIND_ZERO_STATS;
}

/* Writes what was counted since `zero`, under a name. */
void dump(const char *name)
{
    CALLGRIND_DUMP_STATS_AT(name);
}
