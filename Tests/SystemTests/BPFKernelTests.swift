// SPDX-License-Identifier: Apache-2.0
import Testing

/// The script `bpf` in a virtual machine with a kernel that takes BPF handlers; `make test-bpf` builds it.
@Suite struct BPFKernelTests {
    static let all = [ScriptRun(name: "bpf", host: Host.bpf)]

    @Test(arguments: all)
    func runs(_ run: ScriptRun) throws { try run.check() }
}
