// SPDX-License-Identifier: Apache-2.0
// A BPF handler for the tests: takes 64-bit ELF programs for aarch64 and riscv64, and runs each with the interpreter that the
// entry has under that name.

typedef unsigned char bytes[256];

struct linux_binprm {
    bytes buf;
} __attribute__((preserve_access_index));

struct binfmt_misc_ops {
    _Bool (*match)(struct linux_binprm *bprm);
    int (*load)(struct linux_binprm *bprm);
    char name[16];
};

extern int bpf_binprm_select_interp(struct linux_binprm *bprm, const char *name, unsigned long name__sz)
    __attribute__((section(".ksyms")));

static __attribute__((always_inline)) int machine(struct linux_binprm *bprm) {
    if (bprm->buf[0] != 0x7f || bprm->buf[1] != 'E' || bprm->buf[2] != 'L' || bprm->buf[3] != 'F' || bprm->buf[4] != 2)
        return 0;
    return bprm->buf[18] | bprm->buf[19] << 8;
}

__attribute__((section("struct_ops.s/match"))) int by_machine_match(struct linux_binprm **context) {
    int found = machine(*context);
    return found == 183 || found == 243;
}

__attribute__((section("struct_ops.s/load"))) int by_machine_load(struct linux_binprm **context) {
    char aarch64[] = "aarch64", riscv64[] = "riscv64";
    if (machine(*context) == 183) return bpf_binprm_select_interp(*context, aarch64, sizeof aarch64);
    return bpf_binprm_select_interp(*context, riscv64, sizeof riscv64);
}

__attribute__((section(".struct_ops.link"))) struct binfmt_misc_ops by_machine = {
    .match = (void *)by_machine_match,
    .load = (void *)by_machine_load,
    .name = "by_machine",
};

// The kernel gives the functions above to GPL-compatible programs only.
char licence[] __attribute__((section("license"))) = "GPL";
