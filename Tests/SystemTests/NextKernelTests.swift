// SPDX-License-Identifier: Apache-2.0
import Testing

/// The script `next-kernel` in a virtual machine with the newest kernel that Debian has; `make test-next-kernel` fetches it.
@Suite struct NextKernelTests {
    static let all = [ScriptRun(name: "next-kernel", host: Host.next)]

    @Test(arguments: all)
    func runs(_ run: ScriptRun) throws { try run.check() }
}
