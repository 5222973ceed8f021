// SPDX-License-Identifier: Apache-2.0
import Testing

/// The script `arm64` in virtual machines that are emulated; `make test-arm64` makes what they need.
@Suite(.serialized)
struct Arm64Tests {
    static let all = Host.arm64.map { ScriptRun(name: "arm64", host: $0) }

    @Test(arguments: all)
    func runs(_ run: ScriptRun) throws { try run.check() }
}
