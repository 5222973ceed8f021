// SPDX-License-Identifier: Apache-2.0
// An interpreter that says under which path it was called: without the flag P that is argv[0].
#include <stdio.h>

int main(int argc, char **argv) {
    (void)argc;
    return puts(argv[0]) == EOF;
}
