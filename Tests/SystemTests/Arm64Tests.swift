// SPDX-License-Identifier: Apache-2.0
import Testing

/// The script `arm64` on the hosts on which MachineTests does not run it; `make test-arm64` makes what they need.
@Suite(.serialized)
struct Arm64Tests {
    static let all = Host.otherArm64.map { ScriptRun(name: "arm64", host: $0) }

    @Test(arguments: all)
    func runs(_ run: ScriptRun) throws { try run.check() }
}
