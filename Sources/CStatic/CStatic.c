// SPDX-License-Identifier: Apache-2.0
// What the libraries of a fully static program call, and Debian 12 or an empty root does not have. Other programs, such
// as the tests, get nothing from this file: in them the definitions would hide those of the shared libraries.
#if defined(BINFMT_STATIC)
#include <stdlib.h>

// The arguments of this process. Swift's runtime would look for them on the stack, whose place it reads from
// /proc/self/maps in each start; where /proc is not mounted, there would be none. glibc passes them to constructors.
static char **arguments;
static int count;

__attribute__((constructor)) static void keep_arguments(int argc, char **argv) {
    arguments = argv;
    count = argc;
}

// Called for CommandLine.arguments.
char **_swift_stdlib_getUnsafeArgvArgc(int *length);
char **_swift_stdlib_getUnsafeArgvArgc(int *length) {
    *length = count;
    return arguments;
}

// Called in each start, to find the program that prints backtraces. The runtime's own function looks beside
// /proc/self/exe, and ends the process where /proc is not mounted. No such program is installed with these, so the
// answer is always that there is none.
char *swift_copyAuxiliaryExecutablePath(const char *name);
char *swift_copyAuxiliaryExecutablePath(const char *name) {
    (void)name;
    return NULL;
}

// The headers of glibc 2.38 and later, with which Debian 13's libsystemd.a was compiled, turn strtoul(3) and strtoull(3)
// into these, which read binary numbers ("0b1") as well. libsystemd reads what systemd writes, and that is decimal.
#if !__GLIBC_PREREQ(2, 38)

unsigned long __isoc23_strtoul(const char *text, char **end, int base);
unsigned long __isoc23_strtoul(const char *text, char **end, int base) { return strtoul(text, end, base); }

unsigned long long __isoc23_strtoull(const char *text, char **end, int base);
unsigned long long __isoc23_strtoull(const char *text, char **end, int base) { return strtoull(text, end, base); }

#endif
#endif
