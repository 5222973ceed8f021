// SPDX-License-Identifier: Apache-2.0
// An emulator that behaves as its name says, for any program. Its version is its size.
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv) {
    const char *name = basename(argv[0]);
    if (argc > 1 && !strcmp(argv[1], "--version")) {
        struct stat file;
        if (stat("/proc/self/exe", &file)) return 1;
        return printf("qemu-fake version %lld\n", (long long)file.st_size) < 0;
    }
    if (argc < 2) return 1;
    if (!strcmp(name, "crash")) return raise(SIGSEGV);
    if (!strcmp(name, "illegal")) return raise(SIGILL);
    if (!strcmp(name, "sleep")) return pause();
    if (!strcmp(name, "fail")) return fputs("something is wrong\nvery\n", stderr) < 0 ? 1 : 3;
    if (!strcmp(name, "old")) return fputs("qemu-fake: /x: Invalid ELF image for this architecture\n", stderr) < 0 ? 1 : 255;
    // With P, the name follows the path; an emulator that does not support P uses the path as the name.
    return strcmp(name, "lose") ? argv[argc - 1][0] : argv[1][0];
}
