// SPDX-License-Identifier: Apache-2.0
import Testing

/// The scripts that need another kernel than this machine's, in virtual machines: Debian's releases with their kernels,
/// Debian 13 with the newest kernel that Debian has, and an arm64 host.
@Suite(.serialized)
struct MachineTests {
    static let all = [
        ScriptRun(name: "kernel", host: .linux6x1), ScriptRun(name: "kernel", host: .linux6x12),
        ScriptRun(name: "sysext-image", host: .linux6x12), ScriptRun(name: "next-kernel", host: .linuxNext),
        ScriptRun(name: "arm64", host: .arm64),
    ]

    @Test(arguments: all)
    func runs(_ run: ScriptRun) throws { try run.check() }
}
