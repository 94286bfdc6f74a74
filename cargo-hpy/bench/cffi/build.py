# cffi/build.py: compiles the C functions that sample.py calls, in the current folder.

import cffi

builder = cffi.FFI()
builder.cdef(
    """
    typedef struct { double x, y; } Point;
    void noargs(void);
    long one(long x);
    long third(long a, long b, long c);
    long add(long a, long b);
    double norm2(const Point *point);
    double times(const Point *point, double factor);
    void fill(long *items, long size);
    long sum(const long *items, long size);
    """
)
builder.set_source(
    "_sample",
    """
    typedef struct { double x, y; } Point;
    static void noargs(void) {}
    static long one(long x) { return x; }
    static long third(long a, long b, long c) { (void)a; (void)b; return c; }
    static long add(long a, long b) { return a + b; }
    static double norm2(const Point *point) { return point->x * point->x + point->y * point->y; }
    static double times(const Point *point, double factor) { return point->x * factor; }
    static void fill(long *items, long size) { for (long i = 0; i < size; i++) items[i] = i; }
    static long sum(const long *items, long size) { long s = 0; for (long i = 0; i < size; i++) s += items[i]; return s; }
    """,
    extra_compile_args=["-O2"],
)
builder.compile()
