/* abi-tests/embed/restart.c: a program that starts and ends Python several times, and runs a file each time.

   It is a library that is loaded before the interpreter's own program (LD_PRELOAD), whose functions it calls: so it needs
   no headers and no libpython, which some interpreters come without. The dynamic loader calls it before `main`. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 4

typedef void (*Initialize)(int signals);
typedef int (*RunFile)(FILE *file, const char *name, int close, void *flags);
typedef int (*Finalize)(void);

/* A function is copied from the pointer that dlsym gives. */
#define FUNCTION(type, name) type name; *(void **)&name = dlsym(RTLD_DEFAULT, #name)

__attribute__((constructor)) static void restart(void)
{
    const char *path = getenv("HPY_RESTART");
    FUNCTION(Initialize, Py_InitializeEx);
    FUNCTION(RunFile, PyRun_SimpleFileExFlags);
    FUNCTION(Finalize, Py_FinalizeEx);
    int round;
    /* Tools that start the interpreter, such as valgrind, have this library too. */
    if (path == NULL || Py_InitializeEx == NULL) {
        return;
    }
    for (round = 0; round < ROUNDS; round++) {
        FILE *file = fopen(path, "r");
        if (file == NULL) {
            perror(path);
            _Exit(2);
        }
        Py_InitializeEx(0);
        if (PyRun_SimpleFileExFlags(file, path, 1, NULL) != 0 || Py_FinalizeEx() != 0) {
            _Exit(1);
        }
    }
    fflush(NULL);
    _Exit(0);
}
